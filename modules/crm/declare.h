#pragma once
// What the files of this module declare; module.cpp calls them in this order.

#include <tessera/kernel.h>

namespace crm {

void declare_duties(tessera::Kernel&);

void declare_touchpoint(tessera::Kernel&);

}  // namespace crm
