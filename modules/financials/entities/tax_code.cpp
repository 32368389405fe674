// Purchase tax codes.

#include <financials/ledger.h>

namespace financials {
namespace tax_code {

using tessera::Refused;

void check(Transaction&, TaxCode& code) {
    if (code.rate.is_negative() || code.rate > tessera::Percent::of(100))
        throw Refused("financials.tax_rate", "To save tax code {}, give a rate from 0 to 100 percent.", code.code)
            .with_status(422)
            .with_field("rate");
    if (code.deductible.is_negative() || code.deductible > tessera::Percent::of(100))
        throw Refused("financials.tax_rate", "To save tax code {}, give a deductible part from 0 to 100 percent.",
                      code.code)
            .with_status(422)
            .with_field("deductible");
    if (!code.valid_from.empty() && !code.valid_to.empty() && code.valid_to < code.valid_from)
        throw Refused("financials.tax_dates", "To save tax code {}, let it end after it begins.", code.code)
            .with_status(422)
            .with_field("valid_to");
}

}  // namespace tax_code

void declare_tax_codes(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<TaxCode>("financials.tax_code", "Tax code")
        .help("A purchase tax: its rate, how much of it may be deducted, and the days it is valid.")
        .menu(Menu::setup)
        .field("code", &TaxCode::code, required, unique, searchable, longest(20))
        .field("name", &TaxCode::name, required, searchable, longest(120))
        .field("rate", &TaxCode::rate, help("Percent of the net"))
        .field("deductible", &TaxCode::deductible, help("Percent of the tax that is recovered; the rest is cost"))
        .field("valid_from", &TaxCode::valid_from)
        .field("valid_to", &TaxCode::valid_to)
        .field("active", &TaxCode::active)
        .needs("financials.set_up")
        .validate(tax_code::check);
}

}  // namespace financials
