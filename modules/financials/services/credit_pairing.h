#pragma once
// Which credit note pays which invoice when a payment takes credits into account: credits are used up in the order of
// the lines, on the invoices in the order of the lines. What they leave of each other the payment itself settles.

#include <tessera/money.h>

namespace financials {

struct CreditPair {
    std::size_t    invoice = 0;  // places in the list of lines
    std::size_t    credit  = 0;
    tessera::Money amount{};  // positive
};

// `settled` is what each line settles, negative for credits.
struct CreditPairing {
    std::vector<CreditPair>     pairs{};
    std::vector<tessera::Money> rest{};  // per line, what is left for the payment; negative for credits
};
CreditPairing pair_credits(const std::vector<tessera::Money>& settled);

}  // namespace financials
