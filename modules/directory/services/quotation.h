#pragma once
// A Quotation is a rate as it was written down, and the way it is read: directly (1 EUR buys 1.10 USD, asked EUR → USD)
// or backwards (asked USD → EUR). Reading backwards divides by the written rate; it never rounds the inverse first, so
// that 150 JPY per USD turns 15,000,000 JPY into exactly 100,000 USD.

#include <tessera/money.h>

namespace directory {

struct Quotation {
    tessera::Rate rate{};
    bool          backwards = false;
};

// The quotation as a rate of ten decimals, halves away from zero.
tessera::Rate rate_of(Quotation quotation);
// first × second: from a currency to the books' own and on to another.
tessera::Rate  across(Quotation first, Quotation second);
tessera::Money convert(tessera::Money amount, Quotation quotation, tessera::Currency to);

}  // namespace directory
