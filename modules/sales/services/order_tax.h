#pragma once
// Which taxes an order bears and how much, by the sales tax rules and where the goods go.

#include <sales/records.h>

namespace sales {

// Gives each line without a tax code of its own the one of the rules, with the reason.
void  determine_taxes(tessera::Transaction& tx, Order& order);
// The tax of the lines by their codes, in the order's currency.
Money tax_of(const tessera::Snapshot& tx, const Order& order);

}  // namespace sales
