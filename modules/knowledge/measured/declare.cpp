// What knowledge has changed.
#include "measured/declare.h"

namespace knowledge {

void declare_measured(tessera::Kernel& kernel) { declare_complaint_rate(kernel); }

}  // namespace knowledge
