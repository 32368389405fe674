#pragma once
// The open items of a customer as money of a day may pay them: the oldest due first.

#include "services/payment_proposal.h"

namespace financials {

struct CustomerItem {
    OpenItem      item{};
    CollectedItem collected{};
};

// Of one currency, of that day or before.
std::vector<CustomerItem> customer_items(const Snapshot& snapshot, Id<directory::Party> party, Currency currency, Date day);
CollectedItem             collected(const Snapshot& snapshot, const OpenItem& item);
// Those whose number or reference the text mentions. When it mentions none: all that are owed to us, or for money that is
// paid back (`received` negative) all credits.
std::vector<CollectedItem> collected_for(const std::vector<CustomerItem>& items, std::string_view reference, Money received);

}  // namespace financials
