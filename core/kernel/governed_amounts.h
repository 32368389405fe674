#pragma once
// A currency governs the amounts declared after it, and none means that of the books. What is read follows this by
// itself; here a record that was made in memory is brought to what reading it back would give.

#include <tessera/entity.h>

namespace tessera {

void govern_amounts(const EntityDescription& entity, void* record, const Books& books);

}  // namespace tessera
