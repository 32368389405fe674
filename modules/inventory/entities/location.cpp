#include <inventory/stock.h>

namespace inventory {

namespace location {

using tessera::Refused;

void refuse_while_negative(Transaction& tx, const Location& location) {
    if (location.negative_allowed || !location.id) return;
    const auto negative = tx.value<std::string>(
        "SELECT p.number FROM inventory_stock_balance b JOIN catalog_product p ON p.id = b.product"
        " WHERE b.location = :location AND b.quantity < 0 ORDER BY p.number LIMIT 1",
        location.id);
    if (negative)
        throw Refused("inventory.location_negative",
                      "To forbid negative stock at {}, bring in what is missing first: {} is below zero there.",
                      location.code, *negative)
            .with_field("negative_allowed");
}

void refuse_while_stocked(Transaction& tx, const Location& location) {
    if (location.active || !location.id) return;
    const auto stocked = tx.value<std::string>(
        "SELECT p.number FROM inventory_stock_balance b JOIN catalog_product p ON p.id = b.product"
        " WHERE b.location = :location AND b.quantity <> 0 ORDER BY p.number LIMIT 1",
        location.id);
    if (stocked)
        throw Refused("inventory.location_not_empty", "To close {}, move its stock elsewhere first: {} is still there.",
                      location.code, *stocked)
            .with_field("active");
}

void check(Transaction& tx, Location& location) {
    if (location.name.empty()) location.name = location.code;
    refuse_while_negative(tx, location);
    refuse_while_stocked(tx, location);
}

}  // namespace location

void declare_location(tessera::Kernel& kernel) {
    kernel.entity<Location>("inventory.location", "Location")
        .help("A place in a warehouse. What goods are worth is kept per product over all places.")
        .field("warehouse", &Location::warehouse, tessera::required, tessera::indexed)
        .field("code", &Location::code, tessera::required, tessera::searchable, tessera::longest(40))
        .field("name", &Location::name, tessera::searchable)
        .field("kind", &Location::kind)
        .field("negative_allowed", &Location::negative_allowed,
               tessera::help("Goods may leave before they are recorded as come in; their cost waits until then"))
        .field("active", &Location::active)
        .display("code")
        .menu(tessera::Menu::setup)
        .unique_together({"warehouse", "code"})
        .validate(location::check);
}

}  // namespace inventory
