// Terms of payment.

#include <financials/payment_terms.h>

namespace financials {
namespace payment_terms {

using tessera::Percent;
using tessera::Refused;

void check(Transaction&, PaymentTerms& terms) {
    const auto part_of_a_whole = [](Percent percent) { return !percent.is_negative() && percent <= Percent::of(100); };
    if (!part_of_a_whole(terms.discount_percent) || !part_of_a_whole(terms.tolerance_percent))
        throw Refused("financials.terms_percent", "To save the terms {}, give percentages from 0 to 100.", terms.name)
            .with_status(422)
            .with_field(part_of_a_whole(terms.discount_percent) ? "tolerance_percent" : "discount_percent");
    if (terms.grace_days > 0 && terms.discount_percent.is_zero())
        throw Refused("financials.terms_grace", "To save the terms {}, give a discount or no days of grace: grace is for the discount.",
                      terms.name)
            .with_status(422)
            .with_field("grace_days");
}

}  // namespace payment_terms

void declare_payment_terms(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<PaymentTerms>("financials.payment_terms", "Payment terms")
        .plural("Payment terms")
        .path("payment_terms")
        .help("When a document is due, what paying early takes off, and by how much a payment may miss it.")
        .menu(Menu::setup)
        .field("name", &PaymentTerms::name, required, unique, searchable, longest(120))
        .field("days", &PaymentTerms::days, not_negative, help("From the date of the document until it is due"))
        .field("discount_percent", &PaymentTerms::discount_percent, help("Taken off the whole when it is paid in time"))
        .field("discount_days", &PaymentTerms::discount_days, not_negative, help("From the date of the document"))
        .field("grace_days", &PaymentTerms::grace_days, not_negative, help("After those, while a late discount may be granted"))
        .field("tolerance_percent", &PaymentTerms::tolerance_percent, help("By how much a payment may miss what is due"))
        .field("tolerance_amount", &PaymentTerms::tolerance_amount, not_negative, help("The largest tolerance; none: the percentage alone"))
        .field("active", &PaymentTerms::active)
        .display("name")
        .needs("financials.set_up")
        .validate(payment_terms::check);
}

}  // namespace financials
