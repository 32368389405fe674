#pragma once
// Purchase tax. The decision is a function of values; the service only fetches the codes.

#include <financials/ledger.h>

#include <span>

namespace financials {

// The tax of one code on some nets: every line rounded and summed, or the sum rounded once.
TaxAmount tax_of(const TaxCode& code, std::span<const Money> nets, TaxRounding rounding);

class TaxService : public Taxes {
public:
    std::vector<TaxAmount> of(const Snapshot& snapshot, const std::vector<TaxBase>& lines, TaxRounding rounding,
                              Date on) const override;
};

}  // namespace financials
