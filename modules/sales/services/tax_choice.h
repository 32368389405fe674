#pragma once
// Which tax an order line bears: of the rules that are valid on the day and fit where the goods go and what they are, the most
// specific one: with a region before with a country before without, with a category before without, then the latest.

#include <sales/records.h>

namespace sales {

struct TaxQuestion {
    std::string                        country{};
    std::string                        region{};
    std::vector<Id<catalog::Category>> categories{};   // of the product and all above it
    Date                               on{};
};
struct TaxAnswer {
    Id<financials::TaxCode> code{};
    std::string             reason{};                  // "Rule 3: US, California"
};
TaxAnswer choose_tax(const std::vector<TaxRule>& rules, const TaxQuestion& question);

}  // namespace sales
