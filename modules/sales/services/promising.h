#pragma once
// When goods can leave: see inventory/availability.h. Open order lines are what sales expects to leave.

#include <sales/records.h>

namespace sales {

// Gives each stocked line without a promise the first day on which it can leave, not before it is wanted.
void promise_days(tessera::Transaction& tx, Order& order);
void contribute_demand(tessera::Kernel& kernel);

}  // namespace sales
