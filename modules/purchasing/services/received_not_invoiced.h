#pragma once
// The subledger of goods received and not invoiced. Every movement is written as a clearing entry, and before the
// commit what the command wrote here is compared with what it posted to the account: they agree to the cent, or the
// command is refused ("purchasing.received_not_invoiced_differs"). So the account always equals its open order lines.
//
//     const auto value = worth_of_goods(tx, order, line, quantity, receipt.date);       // signed as the quantity
//     record(tx, {.purchase_order = order.id, .order_line = line.id, …, .quantity = quantity, .amount = value});

#include <purchasing/records.h>

#include <functional>

namespace purchasing {

// What `quantity` (negative: goods that go back) is worth at order price, in the books' currency. In the books'
// currency it is the step of extend(kept, price); in another one, goods already invoiced are worth what the invoice
// put on the account, others what `fresh` says, or the order price at the rate of the day.
Money worth_of_goods(const tessera::Snapshot& tx, const Order& order, const OrderLine& line, Quantity quantity, Date on,
                     const std::function<Money(Quantity)>& fresh = {});
// What invoicing `quantity` takes off the account: positive for an invoice, negative for a credit note. `taken` is what
// earlier lines of the same invoice take off for this order line and have not recorded yet.
Money worth_of_invoice(const tessera::Snapshot& tx, const Order& order, const OrderLine& line, Quantity quantity,
                       Date on, Money taken = {});
// Of an order in another currency: what undoing a movement puts on the account (both signed as credits of it), so that
// nothing stays there when nothing is open. What differs from `worth` is an exchange difference.
Money worth_of_undoing(const tessera::Snapshot& tx, const Order& order, const OrderLine& line, Quantity quantity,
                       Money worth);

void record(tessera::Transaction& tx, ClearingEntry entry);

// Told of every entry that is posted, whoever posts it.
void compare_received_not_invoiced(tessera::Transaction& tx, const financials::EntryPosted& posted);

}  // namespace purchasing
