#pragma once
// Planned calls for the next purchase move with what the model says now.

#include <tessera/job.h>

namespace crm {

// Those that are due on the day that was reckoned for them; never to a day that has passed.
void retime_calls(tessera::JobRun& run);

}  // namespace crm
