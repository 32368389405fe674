#include "services/expected_supply.h"

#include <inventory/availability.h>
#include <purchasing/records.h>

namespace purchasing {

using tessera::Snapshot;

namespace expected_supply {

struct OpenLine {
    Date              on{};
    Quantity          outstanding{};
    Id<catalog::Unit> unit{}, stock_unit{};
    std::string       number{};
    std::int64_t      order = 0;
};

Quantity in_stock_unit(const Snapshot& tx, Id<catalog::Product> product, const OpenLine& line) {
    if (!line.unit || !line.stock_unit || line.unit == line.stock_unit) return line.outstanding;
    return tx.service<catalog::Units>().convert(tx, product, line.outstanding, line.unit, line.stock_unit);
}

void each_open_line(const Snapshot& tx, Id<catalog::Product> product, const inventory::Forecast::Emit& emit) {
    tx.each<OpenLine>(R"sql(
        SELECT coalesce(l.due_on, o.expected_on), l.quantity - l.received + l.rejected, l.unit, l.stock_unit, o.number, o.id
          FROM purchasing_order_line l JOIN purchasing_order o ON o.id = l.document
         WHERE l.product = :product AND l.stocked = 1 AND o.state IN ('approved', 'part_received')
           AND l.quantity > l.received - l.rejected AND coalesce(l.due_on, o.expected_on) IS NOT NULL
         ORDER BY coalesce(l.due_on, o.expected_on), l.id)sql",
                      [&](const OpenLine& line) { emit({line.on, in_stock_unit(tx, product, line), line.number, "purchasing.order", line.order}); }, product);
}

}  // namespace expected_supply

void contribute_supply(tessera::Kernel& kernel) {
    kernel.contribute(inventory::Forecast{"Purchase orders", expected_supply::each_open_line, "purchasing.receive"});
}

}  // namespace purchasing
