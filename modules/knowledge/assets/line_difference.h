#pragma once
// How one text became another, line by line: which lines are kept, which were removed, which added. Lines that stand once in both are
// taken as fixed points first (the "patience" method), so that a moved bracket does not tear a paragraph apart; between them as many
// lines are kept as can be.
//
//     line_difference("a\nb\nc", "a\nx\nc")        // kept a, removed b, added x, kept c

#include <tessera/names.h>

#include <string>
#include <string_view>
#include <vector>

namespace knowledge {

enum class LineChange { kept, added, removed };
constexpr auto names_of(LineChange) { return tessera::names("kept", "added", "removed"); }

struct DifferenceLine {
    LineChange  change = LineChange::kept;
    std::string text{};

    friend bool operator==(const DifferenceLine&, const DifferenceLine&) = default;
};

std::vector<DifferenceLine> line_difference(std::string_view before, std::string_view after);

}  // namespace knowledge
