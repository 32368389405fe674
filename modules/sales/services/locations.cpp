#include "services/locations.h"

namespace sales {

Id<inventory::Location> default_location(const tessera::Snapshot& tx) {
    return tx
        .value<Id<inventory::Location>>(R"sql(
        SELECT l.id FROM inventory_location l LEFT JOIN inventory_warehouse w ON w.id = l.warehouse
         WHERE l.kind = 'storage' AND l.active = 1
         ORDER BY CASE WHEN l.code = 'STOCK' AND w.code = 'MAIN' THEN 0 WHEN l.code = 'STOCK' THEN 1 ELSE 2 END, l.id LIMIT 1)sql")
        .value_or(Id<inventory::Location>{});
}

}  // namespace sales
