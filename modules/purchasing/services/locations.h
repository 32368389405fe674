#pragma once
// Where goods go when a document does not say.

#include <purchasing/records.h>

namespace purchasing {

// STOCK in MAIN, else the first active storage location; none when there is none.
Id<inventory::Location> default_location(const tessera::Snapshot& tx);
// The quarantine location of the warehouse of `location`, else the first one. Refused "purchasing.no_quarantine".
Id<inventory::Location> quarantine_for(const tessera::Snapshot& tx, Id<inventory::Location> location);

}  // namespace purchasing
