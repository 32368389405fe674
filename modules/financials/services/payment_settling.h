#pragma once
// What payments to suppliers and of customers share: one entry, an open item of the payment itself, the settlements; and
// how all of it is undone.

#include "services/payment_posting.h"

namespace financials {

struct PaymentFacts {
    ItemSide              side = ItemSide::payable;
    Source                source{};
    std::string           number{};
    std::string           memo{};  // of the entry
    Id<directory::Party>  party{};
    Date                  date{};
    Id<Account>           bank_account{};
    std::string           reference{};
    Currency              currency{};
    Money                 on_account{};
    Money                 total{};
    bool                  refund = false;  // money of a supplier comes back
    std::vector<PaidLine> lines{};
};

// Refused financials.nothing_to_pay, financials.settles_too_much, financials.item_held, financials.settled_before.
Id<PostedEntry> post_payment(Transaction& tx, const PaymentFacts& payment);
// Refused "financials.used_elsewhere" when another document has used what it left on account.
void undo_payment(Transaction& tx, const PaymentFacts& payment, Id<PostedEntry> entry, Date date, const std::string& reason);

}  // namespace financials
