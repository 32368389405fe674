#pragma once
// Goods that come back: into stock at what they had cost when they left, late cost included.

#include <sales/records.h>

namespace sales {

// Refused sales.nothing_to_return, sales.shipment_not_shipped, sales.customer_differs, sales.returns_too_much.
void post_return(tessera::Transaction& tx, CustomerReturn& document);
// Refused sales.return_is_credited, inventory.goods_gone.
void reverse_return(tessera::Transaction& tx, CustomerReturn& document, Date on, const std::string& reason);

}  // namespace sales
