#include "services/tax_choice.h"

#include <algorithm>
#include <tuple>

namespace sales {
namespace tax_choice {

bool fits(const TaxRule& rule, const TaxQuestion& question) {
    if (!rule.country.empty() && rule.country != question.country) return false;
    if (!rule.region.empty() && rule.region != question.region) return false;
    if (rule.category && std::ranges::find(question.categories, rule.category) == question.categories.end()) return false;
    return (rule.valid_from.empty() || question.on >= rule.valid_from) && (rule.valid_to.empty() || question.on <= rule.valid_to);
}

auto rank(const TaxRule& rule) { return std::tuple(!rule.region.empty(), !rule.country.empty(), static_cast<bool>(rule.category), rule.valid_from, rule.id.value); }

std::string name_of(const TaxRule& rule) {
    std::string where = rule.country.empty() ? "anywhere" : rule.country;
    if (!rule.region.empty()) where += ", " + rule.region;
    return fmt::format("Rule {}: {}{}", rule.id, where, rule.category ? ", of its category" : "");
}

}  // namespace tax_choice

TaxAnswer choose_tax(const std::vector<TaxRule>& rules, const TaxQuestion& question) {
    const TaxRule* best = nullptr;
    for (const auto& rule : rules)
        if (tax_choice::fits(rule, question) && (!best || tax_choice::rank(rule) > tax_choice::rank(*best))) best = &rule;
    if (!best) return {{}, "No rule fits"};
    return {best->tax_code, tax_choice::name_of(*best)};
}

}  // namespace sales
