// Scores are statistics.
#include "people/expert_score.h"

#include <tessera/text.h>

#include <algorithm>
#include <cmath>

namespace knowledge {

namespace expert_score {

constexpr double half_life_days = 365;

// Compared as fractions, exactly: score / (1 + open questions).
bool asked_before(const Expert& a, const Expert& b) {
    if (a.can_be_asked != b.can_be_asked) return a.can_be_asked;
    const auto left = tessera::Wide{a.score.raw()} * (1 + b.open_questions), right = tessera::Wide{b.score.raw()} * (1 + a.open_questions);
    if (left != right) return left > right;
    return a.open_questions != b.open_questions ? a.open_questions < b.open_questions : a.employee < b.employee;
}

}  // namespace expert_score

double faded(double points, std::int64_t days) { return points * std::exp2(-static_cast<double>(std::max<std::int64_t>(days, 0)) / expert_score::half_life_days); }

tessera::Quantity score_of(double points) { return tessera::Quantity::raw(std::llround(points * 100) * 10'000); }

void sort_by_whom_to_ask(std::vector<Expert>& experts) { std::ranges::sort(experts, expert_score::asked_before); }

bool speaks(std::string_view languages, std::string_view language) {
    if (language.empty() || languages.empty()) return true;
    for (std::size_t from = 0; from <= languages.size();) {
        const auto to = std::min(languages.find(',', from), languages.size());
        if (tessera::lower_ascii(tessera::trim(languages.substr(from, to - from))) == tessera::lower_ascii(language)) return true;
        from = to + 1;
    }
    return false;
}

}  // namespace knowledge
