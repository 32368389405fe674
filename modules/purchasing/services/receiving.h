#pragma once
// Posting a goods receipt: the accepted goods go to their location, the rejected ones to quarantine, all of it at
// order price against received-not-invoiced, in one journal entry. And its reversal, while nothing hangs on it.

#include <purchasing/records.h>

namespace purchasing {

// Refused, in this order: purchasing.nothing_to_receive, purchasing.order_not_open, purchasing.supplier_differs,
// purchasing.rejects_too_much, purchasing.receives_too_much, then what the stock and the ledger refuse.
void post_receipt(tessera::Transaction& tx, GoodsReceipt& receipt);
// Refused purchasing.receipt_is_matched, purchasing.receipt_is_returned, purchasing.receipt_bears_cost.
void reverse_receipt(tessera::Transaction& tx, GoodsReceipt& receipt, Date on, const std::string& reason);

// A draft that receives all that is outstanding on an order, not yet inserted. Refused purchasing.nothing_to_receive.
GoodsReceipt receipt_of_everything(tessera::Transaction& tx, const Order& order, Date on);

}  // namespace purchasing
