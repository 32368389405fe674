#include <sales/records.h>

#include "declare.h"

namespace sales {

using tessera::Refused;

namespace customer_terms {

void check_percent(const directory::Party& party, Percent percent, const char* field, const char* what) {
    if (!percent.is_negative() && percent <= Percent::of(100)) return;
    throw Refused("sales.percent_out_of_range", "To save the terms of {}, let {} be from 0 to 100 percent.", party.name, what)
        .with_status(422)
        .with_field(field);
}

void check(tessera::Transaction&, const directory::Party& party, CustomerTerms& terms) {
    check_percent(party, terms.over_delivery, "sales_over_delivery", "what may be delivered too much");
    check_percent(party, terms.under_delivery, "sales_under_delivery", "what may be missing");
    if (terms.credit_limit && terms.credit_limit->is_negative())
        throw Refused("sales.credit_limit_negative", "To limit the credit of {}, give an amount of zero or more, or none for no limit.", party.name)
            .with_status(422)
            .with_field("sales_credit_limit");
    if (terms.overdue_days && *terms.overdue_days < 0)
        throw Refused("sales.overdue_days_negative", "To save the terms of {}, give zero or more days, or none.", party.name)
            .with_status(422)
            .with_field("sales_overdue_days");
}

}  // namespace customer_terms

void declare_customer_terms(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.extend<directory::Party, CustomerTerms>()
        .field("territory", &CustomerTerms::territory, indexed)
        .field("sales_person", &CustomerTerms::sales_person, not_in_list)
        .field("price_list", &CustomerTerms::price_list, not_in_list, help("Looked at before the general lists"))
        .field("payment_terms", &CustomerTerms::payment_terms, not_in_list, help("The days to pay of the party when left out"))
        .field("credit_limit", &CustomerTerms::credit_limit, not_in_list, help("What may be owed and on order together, in the currency of the books; empty: no limit"))
        .field("overdue_days", &CustomerTerms::overdue_days, not_in_list, label("Days overdue until orders wait"), help("Empty: orders never wait for that"))
        .field("ships_complete", &CustomerTerms::ships_complete, not_in_list, help("An order leaves in one shipment"))
        .field("over_delivery", &CustomerTerms::over_delivery, not_in_list, help("Percent of a line that may be delivered too much"))
        .field("under_delivery", &CustomerTerms::under_delivery, not_in_list, help("Percent of a line that may be missing when it is done"))
        .field("tax_exempt", &CustomerTerms::tax_exempt, not_in_list)
        .validate(customer_terms::check);
}

}  // namespace sales
