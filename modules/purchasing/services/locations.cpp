#include "services/locations.h"

namespace purchasing {

using tessera::Refused;
using tessera::Snapshot;

Id<inventory::Location> default_location(const Snapshot& tx) {
    return tx
        .value<Id<inventory::Location>>(R"sql(
        SELECT l.id FROM inventory_location l LEFT JOIN inventory_warehouse w ON w.id = l.warehouse
         WHERE l.kind = 'storage' AND l.active = 1
         ORDER BY CASE WHEN w.code = 'MAIN' AND l.code = 'STOCK' THEN 0 WHEN l.code = 'STOCK' THEN 1
                ELSE 2 END, l.id LIMIT 1)sql")
        .value_or(Id<inventory::Location>{});
}

Id<inventory::Location> quarantine_for(const Snapshot& tx, Id<inventory::Location> location) {
    const auto found = tx.value<Id<inventory::Location>>(R"sql(
        SELECT q.id FROM inventory_location q LEFT JOIN inventory_location l ON l.id = :location
         WHERE q.kind = 'quarantine' AND q.active = 1 ORDER BY CASE WHEN q.warehouse = l.warehouse THEN 0
                ELSE 1 END, q.id LIMIT 1)sql",
                                                         location);
    if (!found)
        throw Refused("purchasing.no_quarantine",
                      "To receive goods that are rejected, create a location of the kind quarantine.");
    return *found;
}

}  // namespace purchasing
