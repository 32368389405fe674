#pragma once
// What the files of this module declare; module.cpp calls them in this order.

#include <tessera/kernel.h>

namespace knowledge {

void declare_topic(tessera::Kernel&);
void declare_published(tessera::Kernel&);

}  // namespace knowledge
