#pragma once
// What the people of the lantern works know: how lamps are mended, why deliveries broke, what was decided; written down, verified, used on
// complaints, objected to and retired.

#include "demo/demo_setup.h"

namespace tessera::demo {

void write_down(DemoBooks& books, const Ground& ground, Date today);

}  // namespace tessera::demo
