#include <inventory/stock.h>

namespace inventory {

namespace warehouse {

void seed(Transaction& tx, const tessera::SeedOptions&) {
    const auto main = tx.insert(Warehouse{.code = "MAIN", .name = "Main warehouse"});
    tx.insert(Location{.warehouse = main, .code = "STOCK", .name = "Stock", .kind = LocationKind::storage});
    tx.insert(
        Location{.warehouse = main, .code = "QUARANTINE", .name = "Quarantine", .kind = LocationKind::quarantine});
}

}  // namespace warehouse

void declare_warehouse(tessera::Kernel& kernel) {
    kernel.entity<Warehouse>("inventory.warehouse", "Warehouse")
        .field("code", &Warehouse::code, tessera::required, tessera::unique, tessera::searchable, tessera::longest(20))
        .field("name", &Warehouse::name, tessera::searchable)
        .field("active", &Warehouse::active)
        .display("code")
        .menu(tessera::Menu::setup);
    kernel.seed(warehouse::seed);
}

}  // namespace inventory
