#pragma once
// Where goods leave from when a document does not say: STOCK in MAIN, else the first active storage location.

#include <sales/records.h>

namespace sales {

Id<inventory::Location> default_location(const tessera::Snapshot& tx);

}  // namespace sales
