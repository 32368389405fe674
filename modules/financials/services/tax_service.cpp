#include "services/tax_service.h"

#include <algorithm>

namespace financials {
namespace tax_service {

struct Group {
    Id<TaxCode>        code{};
    std::vector<Money> nets{};
};

// In the order in which the codes first appear; lines without a code bear no tax.
std::vector<Group> by_code(const std::vector<TaxBase>& lines) {
    std::vector<Group> groups;
    for (const auto& line : lines) {
        if (!line.code) continue;
        auto group = std::ranges::find(groups, line.code, &Group::code);
        if (group == groups.end()) group = groups.insert(groups.end(), Group{line.code, {}});
        group->nets.push_back(line.net);
    }
    return groups;
}

void check_valid(const TaxCode& code, Date on) {
    const bool began = code.valid_from.empty() || on >= code.valid_from;
    const bool ended = !code.valid_to.empty() && on > code.valid_to;
    if (code.active && began && !ended) return;
    throw tessera::Refused(
        "financials.tax_code_not_valid", "To tax on {}, choose a code that is valid then: {} is valid {}{}{}.", on,
        code.code, code.valid_from.empty() ? "" : "from " + code.valid_from.str(),
        code.valid_to.empty() ? "" : (code.valid_from.empty() ? "until " : " to ") + code.valid_to.str(),
        code.active ? (code.valid_from.empty() && code.valid_to.empty() ? "always" : "") : " and no longer active");
}

}  // namespace tax_service

TaxAmount tax_of(const TaxCode& code, std::span<const Money> nets, TaxRounding rounding) {
    TaxAmount result{.code = code.id};
    for (const auto& net : nets) {
        result.base += net;
        if (rounding == TaxRounding::sum_of_rounded_lines) result.tax += percent_of(net, code.rate);
    }
    if (rounding == TaxRounding::rounded_sum) result.tax = percent_of(result.base, code.rate);
    result.deductible = percent_of(result.tax, code.deductible);
    return result;
}

std::vector<TaxAmount> TaxService::of(const Snapshot& snapshot, const std::vector<TaxBase>& lines, TaxRounding rounding,
                                      Date on) const {
    std::vector<TaxAmount> amounts;
    for (const auto& group : tax_service::by_code(lines)) {
        const auto code = snapshot.load(group.code);
        tax_service::check_valid(code, on);
        amounts.push_back(tax_of(code, group.nets, rounding));
    }
    return amounts;
}

}  // namespace financials
