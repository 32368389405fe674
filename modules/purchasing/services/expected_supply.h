#pragma once
// What is on order and still to come, as inventory forecasts it (inventory/availability.h). A line that nobody has given a day
// is not counted on.

#include <tessera/kernel.h>

namespace purchasing {

void contribute_supply(tessera::Kernel& kernel);

}  // namespace purchasing
