#include "services/tolerance.h"

#include <tessera/text.h>

#include <algorithm>
#include <limits>

namespace purchasing {

namespace tolerance {

constexpr std::int64_t hundred_percent = 100'000'000;

struct NamedSide {
    std::string_view name;
    Side MatchPolicy::*side;
};
constexpr NamedSide sides[] = {{"price below", &MatchPolicy::price_below},
                               {"price above", &MatchPolicy::price_above},
                               {"quantity below", &MatchPolicy::quantity_below},
                               {"quantity above", &MatchPolicy::quantity_above}};

// 0: does not apply; the higher, the more specific.
int specificity(const Tolerance& t, const ToleranceQuestion& q) {
    if (!t.valid_from.empty() && q.on < t.valid_from) return 0;
    if (!t.valid_to.empty() && q.on > t.valid_to) return 0;
    switch (t.scope) {
        case ToleranceScope::product:
            return t.product == q.product ? 1000 : 0;
        case ToleranceScope::category:
            for (std::size_t i = 0; i < q.categories.size(); ++i)
                if (q.categories[i] == t.category) return 900 - static_cast<int>(std::min<std::size_t>(i, 800));
            return 0;
        case ToleranceScope::supplier:
            return t.supplier == q.supplier ? 50 : 0;
        case ToleranceScope::company:
            return 10;
    }
    return 0;
}

Side below_of(const Tolerance& t) { return {t.lower_percent, t.lower_absolute, t.below}; }
Side above_of(const Tolerance& t) { return {t.upper_percent, t.upper_absolute, t.above}; }

std::string text_of(const Side& side) {
    std::string text;
    if (side.percent) text += " " + side.percent->str() + "%";
    if (side.absolute) text += " " + side.absolute->str();
    return text + " " + std::string(tessera::name_of(side.beyond));
}

Side side_of(std::string_view text) {
    Side side;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (word.empty()) continue;
        if (word.back() == '%')
            side.percent = Percent::parse(word.substr(0, word.size() - 1));
        else if (word.front() >= 'a')
            side.beyond = tessera::value_named<Outcome>(word);
        else
            side.absolute = Quantity::parse(word);
    }
    return side;
}

}  // namespace tolerance

Outcome judge_deviation(const Side& side, std::int64_t deviation, std::int64_t base) {
    if (deviation <= 0) return Outcome::ok;
    if (side.percent && Wide{deviation} * tolerance::hundred_percent > Wide{base} * side.percent->raw())
        return side.beyond;
    if (side.absolute && deviation > side.absolute->raw()) return side.beyond;
    return Outcome::ok;
}

std::optional<Quantity> upper_limit(const Side& side, Quantity base) {
    if (side.beyond != Outcome::block || (!side.percent && !side.absolute)) return std::nullopt;
    std::int64_t more = std::numeric_limits<std::int64_t>::max();
    if (side.percent)
        more = tessera::divide(Wide{base.raw()} * side.percent->raw(), tolerance::hundred_percent,
                               tessera::Rounding::down);
    if (side.absolute) more = std::min(more, side.absolute->raw());
    return base + Quantity::raw(more);
}

const Tolerance* applicable(std::span<const Tolerance> tolerances, ToleranceKind kind,
                            const ToleranceQuestion& question) {
    const Tolerance* best  = nullptr;
    int              score = 0;
    for (const auto& t : tolerances) {
        if (t.kind != kind) continue;
        const int its = tolerance::specificity(t, question);
        if (its == 0 || its < score) continue;
        if (best && its == score && t.valid_from < best->valid_from) continue;
        best  = &t;
        score = its;
    }
    return best;
}

MatchPolicy resolve(std::span<const Tolerance> tolerances, const ToleranceQuestion& question) {
    MatchPolicy policy;
    if (const auto* price = applicable(tolerances, ToleranceKind::price, question)) {
        policy.price_below = tolerance::below_of(*price);
        policy.price_above = tolerance::above_of(*price);
    }
    if (const auto* quantity = applicable(tolerances, ToleranceKind::quantity, question)) {
        policy.quantity_below = tolerance::below_of(*quantity);
        policy.quantity_above = tolerance::above_of(*quantity);
    }
    return policy;
}

std::string text_of(const MatchPolicy& policy) {
    if (policy == MatchPolicy{}) return {};
    std::string text;
    for (const auto& one : tolerance::sides) {
        if (!text.empty()) text += "; ";
        text += one.name;
        text += tolerance::text_of(policy.*one.side);
    }
    return text;
}

MatchPolicy policy_of(std::string_view text) {
    MatchPolicy policy;
    while (!text.empty()) {
        const auto part = tessera::trim(text.substr(0, text.find(';')));
        text.remove_prefix(
            std::min(text.size(), text.find(';') == std::string_view::npos ? text.size() : text.find(';') + 1));
        for (const auto& one : tolerance::sides)
            if (part.starts_with(one.name)) policy.*one.side = tolerance::side_of(part.substr(one.name.size()));
    }
    return policy;
}

}  // namespace purchasing
