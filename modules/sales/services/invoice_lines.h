#pragma once
// The lines of an invoice as their order lines say, and what the order has besides them.

#include "services/orders_at_work.h"

namespace sales {

// Product, price, discount, tax and amount of a line that names an order line, unless they were given.
void  follow_order_line(tessera::Transaction& tx, Invoice& invoice, InvoiceLine& line, OrdersAtWork& orders);
// The share of each order's freight, agreed tax and rounding that its lines on this invoice bring along.
void  take_extras(tessera::Transaction& tx, Invoice& invoice, OrdersAtWork& orders);
Money tax_by_codes(const tessera::Snapshot& tx, const Invoice& invoice);

}  // namespace sales
