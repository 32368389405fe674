#pragma once
// What the files about guides declare; declare_guides() calls the others in this order.

#include <tessera/kernel.h>

namespace knowledge {

void declare_guides(tessera::Kernel&);

void declare_guide(tessera::Kernel&);
void declare_guide_workflow(tessera::Kernel&);
void declare_walk(tessera::Kernel&);
void declare_walk_view(tessera::Kernel&);
void declare_guide_success(tessera::Kernel&);

}  // namespace knowledge
