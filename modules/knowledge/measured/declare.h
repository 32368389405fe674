#pragma once
// What the files about measuring declare; declare_measured() calls the others in this order.

#include <tessera/kernel.h>

namespace knowledge {

void declare_measured(tessera::Kernel&);

void declare_complaint_rate(tessera::Kernel&);

}  // namespace knowledge
