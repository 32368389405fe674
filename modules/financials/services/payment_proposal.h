#pragma once
// Which items a customer's money pays, decided on values alone.
//
// An item of 1,000.00 with a discount of 20.00 until the 15th, grace until the 20th, tolerance 5.00:
//     975.00 to 985.00 on the 15th     closes it: discount 20.00, written off from 5.00 to -5.00
//     1,000.00 on the 15th             closes it with 980.00; 20.00 are left
//     995.00 to 1,005.00 on the 21st   closes it: written off from 5.00 to -5.00
//     980.00 on the 21st               pays a part; 20.00 stay open
//
// Items are paid in their order. Less than is due, beyond the tolerance, pays a part without discount. More than is due
// goes to the next item; only on the last is it kept within the tolerance.

#include "services/payment_posting.h"

namespace financials {

struct CollectedItem {
    Id<OpenItem> item{};
    Money        open{};      // negative: a credit, which is used for the others
    Money        discount{};  // still possible
    Date         discount_until{};
    Date         discount_grace_until{};
    Money        tolerance{};
};

enum class LateDiscount { refused, accepted };  // what happens in the days of grace

// The discount that an item has on a day.
Money discount_on(const CollectedItem& item, Date day, LateDiscount late);

struct ProposedPayment {
    std::vector<PaidLine> lines{};
    Money                 left{};  // to be kept on account
};

// `received` is negative when money is paid back: then only credits are taken.
ProposedPayment propose_payment(const std::vector<CollectedItem>& items, Money received, Date day, LateDiscount late);

}  // namespace financials
