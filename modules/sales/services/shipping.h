#pragma once
// Goods that leave: stock is issued, its cost is the cost of sales, the order lines know what has left.

#include <sales/records.h>

namespace sales {

// Refused sales.nothing_to_ship, sales.order_not_open, sales.customer_differs, sales.ships_too_much, sales.ships_complete,
// inventory.not_enough.
void     ship(tessera::Transaction& tx, Shipment& shipment);
// Refused sales.shipment_is_invoiced, sales.shipment_is_returned.
void     reverse_shipment(tessera::Transaction& tx, Shipment& shipment, Date on, const std::string& reason);
// A draft of all that is outstanding on an order. Refused sales.nothing_to_ship.
Shipment shipment_of_everything(const Order& order, Date on);

}  // namespace sales
