#pragma once
// The JSON Schema of the tracking view, for the description of the API. It names every member the view writes.

#include <string>

namespace sales {

std::string schema_of_tracking();

}  // namespace sales
