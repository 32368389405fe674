#include "services/locations.h"

namespace purchasing {

using tessera::Refused;
using tessera::Snapshot;

Id<inventory::Location> default_location(const Snapshot& tx) {
    for (const std::string_view condition : {"l.code = 'STOCK' AND w.code = 'MAIN'", "l.code = 'STOCK'", "l.id > 0"})
        if (const auto found = tx.value<Id<inventory::Location>>(fmt::format(
                "SELECT l.id FROM inventory_location l LEFT JOIN inventory_warehouse w ON w.id = l.warehouse"
                " WHERE l.kind = 'storage' AND l.active = 1 AND {} ORDER BY l.id LIMIT 1",
                condition)))
            return *found;
    return {};
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
