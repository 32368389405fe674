#pragma once
// How much a customer may owe. Exposure is what it owes for invoices less what it has paid, and what is on order and not invoiced
// yet, in the currency of the books. It is asked inside the command that confirms an order, so two orders cannot both use the
// last of a limit.

#include <sales/records.h>

namespace sales {

struct Exposure {
    Money invoiced{};      // open items
    Money on_order{};      // confirmed, held orders not included, still to be invoiced
    Money total() const { return invoiced + on_order; }
};
Exposure    exposure_of(const tessera::Snapshot& tx, Id<directory::Party> customer);
// Why this order has to wait; empty: it need not.
std::string credit_objection(const tessera::Snapshot& tx, const Order& order);

}  // namespace sales
