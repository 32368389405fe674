#pragma once
// Undoing a posted payment from within another document, as its own transition "reverse" does.

#include "workflow/reversal.h"

#include <financials/customer_payment.h>
#include <financials/payment.h>

namespace financials {

void reverse_payment(Transaction& tx, Id<Payment> payment, const Reversal& input);
void reverse_customer_payment(Transaction& tx, Id<CustomerPayment> payment, const Reversal& input);

}  // namespace financials
