#pragma once
// What a payment may not do, of either side.

#include "services/payment_settling.h"

namespace financials {

// Refused when a line goes beyond what is open, into what is held, or into what did not exist yet.
void check_paid_line(const PaymentFacts& payment, const OpenItem& item, const PaidLine& line);
// `settled` is what all lines settle together.
void check_settled(const PaymentFacts& payment, Money settled);
// Refused when what the payment's own item kept on account has been used since.
void check_unused(const PaymentFacts& payment, const OpenItem& own);

}  // namespace financials
