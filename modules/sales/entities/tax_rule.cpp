#include <sales/records.h>

#include "declare.h"

namespace sales {

using tessera::Refused;

namespace tax_rule_entity {

void check(tessera::Transaction&, TaxRule& rule) {
    if (!rule.region.empty() && rule.country.empty())
        throw Refused("sales.region_without_country", "To tax in {}, name its country too.", rule.region).with_status(422).with_field("country");
    if (!rule.valid_from.empty() && !rule.valid_to.empty() && rule.valid_to < rule.valid_from)
        throw Refused("sales.dates_reversed", "To save a tax rule, let it end after it begins.").with_status(422).with_field("valid_to");
}

}  // namespace tax_rule_entity

void declare_tax_rule(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<TaxRule>("sales.tax_rule", "Sales tax rule")
        .field("country", &TaxRule::country, longest(2), help("Where the goods go, ISO 3166; anywhere when left out"))
        .field("region", &TaxRule::region, longest(120), help("As addresses write it; the whole country when left out"))
        .field("category", &TaxRule::category, help("With all below it; every product when left out"))
        .field("tax_code", &TaxRule::tax_code, help("No tax when left out"))
        .field("valid_from", &TaxRule::valid_from)
        .field("valid_to", &TaxRule::valid_to)
        .help("Which tax an order line bears; the most specific rule that fits is taken")
        .menu(Menu::setup)
        .needs("sales.price")
        .validate(tax_rule_entity::check);
}

}  // namespace sales
