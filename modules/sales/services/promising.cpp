#include "services/promising.h"

#include "services/line_price.h"

#include <inventory/availability.h>

#include <algorithm>

namespace sales {

using tessera::Snapshot;
using tessera::Transaction;

namespace promising {

struct OpenLine {
    Date              on{};
    Quantity          outstanding{};
    Id<catalog::Unit> unit{}, stock_unit{};
    std::string       number{};
    std::int64_t      order = 0;
};

void each_open_line(const Snapshot& tx, Id<catalog::Product> product, const inventory::Forecast::Emit& emit) {
    tx.each<OpenLine>(R"sql(
        SELECT coalesce(l.promised_on, o.date), l.quantity - l.shipped, l.unit, l.stock_unit, o.number, o.id
          FROM sales_order_line l JOIN sales_order o ON o.id = l.document
         WHERE l.product = :product AND l.open = 1 AND l.stocked = 1 AND l.quantity > l.shipped
         ORDER BY coalesce(l.promised_on, o.date), l.id)sql",
                      [&](const OpenLine& line) {
                          emit({line.on, -in_stock_unit(tx, product, line.outstanding, line.unit, line.stock_unit), line.number, "sales.order", line.order});
                      },
                      product);
}

}  // namespace promising

void promise_days(Transaction& tx, Order& order) {
    for (auto& line : order.lines) {
        if (!line.promised_on.empty()) continue;
        const auto wanted = std::max(order.date, line.requested_on.empty() ? order.date : line.requested_on);
        line.promised_on  = wanted;
        if (!line.stocked) continue;
        const auto quantity = in_stock_unit(tx, line.product, line.quantity, line.unit, line.stock_unit);
        const auto day = tx.service<inventory::Availability>().first_day(tx, line.product, quantity, wanted, order.date);
        line.promised_on = day.value_or(Date{});
    }
}

void contribute_demand(tessera::Kernel& kernel) { kernel.contribute(inventory::Forecast{"Sales orders", promising::each_open_line, "sales.ship"}); }

}  // namespace sales
