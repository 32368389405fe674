#include "assets/line_difference.h"

#include <algorithm>
#include <cstdint>
#include <map>

namespace knowledge {

namespace lines {

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
    Lines all;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        all.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

struct Pair {
    std::size_t before = 0, after = 0;
};

// Lines that stand once in both, as many as come in the same order.
std::vector<Pair> fixed_points(const Lines& before, const Lines& after, std::size_t a, std::size_t a_end, std::size_t b, std::size_t b_end) {
    struct Counted {
        int         before = 0, after = 0;
        std::size_t at = 0;
    };
    std::map<std::string_view, Counted> counted;
    for (auto i = a; i < a_end; ++i) ++counted[before[i]].before;
    for (auto i = b; i < b_end; ++i) {
        auto& one = counted[after[i]];
        ++one.after;
        one.at = i;
    }
    std::vector<Pair>        pairs;
    std::vector<std::size_t> tops, previous;      // of piles: the pair on top; of each pair: the top of the pile before
    constexpr auto           none = static_cast<std::size_t>(-1);
    for (auto i = a; i < a_end; ++i) {
        const auto& one = counted[before[i]];
        if (one.before != 1 || one.after != 1) continue;
        const auto pile = std::ranges::lower_bound(tops, one.at, {}, [&](std::size_t top) { return pairs[top].after; });
        previous.push_back(pile == tops.begin() ? none : *(pile - 1));
        pile == tops.end() ? tops.push_back(pairs.size()) : void(*pile = pairs.size());
        pairs.push_back({i, one.at});
    }
    std::vector<Pair> chosen;
    for (auto at = tops.empty() ? none : tops.back(); at != none; at = previous[at]) chosen.push_back(pairs[at]);
    std::ranges::reverse(chosen);
    return chosen;
}

class Comparison {
public:
    Comparison(std::string_view before, std::string_view after) : before_(lines_of(before)), after_(lines_of(after)) {}

    std::vector<DifferenceLine> made() {
        compare(0, before_.size(), 0, after_.size());
        return std::move(made_);
    }

private:
    static constexpr std::size_t table_max = 1'000'000;

    void add(LineChange change, std::string_view text) { made_.push_back({change, std::string(text)}); }

    void compare(std::size_t a, std::size_t a_end, std::size_t b, std::size_t b_end) {
        while (a < a_end && b < b_end && before_[a] == after_[b]) {
            add(LineChange::kept, before_[a++]);
            ++b;
        }
        const auto same_end = a_end;
        while (a < a_end && b < b_end && before_[a_end - 1] == after_[b_end - 1]) --a_end, --b_end;
        if (const auto fixed = fixed_points(before_, after_, a, a_end, b, b_end); !fixed.empty()) between(fixed, a, a_end, b, b_end);
        else if ((a_end - a) * (b_end - b) <= table_max) keep_most(a, a_end, b, b_end);
        else replace(a, a_end, b, b_end);
        for (auto i = a_end; i < same_end; ++i) add(LineChange::kept, before_[i]);
    }
    void between(const std::vector<Pair>& fixed, std::size_t a, std::size_t a_end, std::size_t b, std::size_t b_end) {
        for (const auto& [at, to] : fixed) {
            compare(a, at, b, to);
            add(LineChange::kept, before_[at]);
            a = at + 1;
            b = to + 1;
        }
        compare(a, a_end, b, b_end);
    }
    void replace(std::size_t a, std::size_t a_end, std::size_t b, std::size_t b_end) {
        for (; a < a_end; ++a) add(LineChange::removed, before_[a]);
        for (; b < b_end; ++b) add(LineChange::added, after_[b]);
    }
    // The longest common subsequence, by the table of how long it is from each place on.
    void keep_most(std::size_t a, std::size_t a_end, std::size_t b, std::size_t b_end) {
        const auto                 rows = a_end - a, columns = b_end - b;
        std::vector<std::uint32_t> longest((rows + 1) * (columns + 1));
        const auto                 at = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return longest[i * (columns + 1) + j]; };
        for (auto i = rows; i-- > 0;)
            for (auto j = columns; j-- > 0;) at(i, j) = before_[a + i] == after_[b + j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
        std::size_t i = 0, j = 0;
        while (i < rows && j < columns) {
            if (before_[a + i] == after_[b + j]) {
                add(LineChange::kept, before_[a + i++]);
                ++j;
            } else if (at(i + 1, j) >= at(i, j + 1)) {
                add(LineChange::removed, before_[a + i++]);
            } else {
                add(LineChange::added, after_[b + j++]);
            }
        }
        replace(a + i, a_end, b + j, b_end);
    }

    Lines                       before_, after_;
    std::vector<DifferenceLine> made_{};
};

}  // namespace lines

std::vector<DifferenceLine> line_difference(std::string_view before, std::string_view after) { return lines::Comparison(before, after).made(); }

}  // namespace knowledge
