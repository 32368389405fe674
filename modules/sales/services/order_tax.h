#pragma once
// Which taxes an order, or a term of a subscription, bears and how much, by the sales tax rules and where the goods go.

#include "services/tax_choice.h"

namespace sales {

// The tax that a customer's purchase of a product bears on a day by the rules, and why; none where there are no rules.
TaxAnswer tax_on(const tessera::Snapshot& tx, Id<directory::Party> customer, Id<catalog::Product> product, Date on);
// Gives each line without a tax code of its own the one of the rules, with the reason.
void  determine_taxes(tessera::Transaction& tx, Order& order);
// The tax of the lines by their codes, in the order's currency.
Money tax_of(const tessera::Snapshot& tx, const Order& order);

}  // namespace sales
