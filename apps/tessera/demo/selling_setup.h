#pragma once
// What the demonstration company has to sell: customers with their terms, a price list for dealers, special offers, the sales
// tax of its state, and lanterns in stock.

#include "demo/demo_setup.h"

namespace tessera::demo {

void set_up_selling(DemoBooks& books, Ground& ground, Date on, int scale);

}  // namespace tessera::demo
