#include "services/coverage.h"

#include "services/line_price.h"

#include <inventory/availability.h>

#include <algorithm>

namespace sales {

using tessera::Snapshot;

namespace coverage {

struct OpenLine {
    Id<catalog::Product> product{};
    std::int64_t         line = 0;
    Date                 on{};
    Quantity             outstanding{};
    Id<catalog::Unit>    unit{}, stock_unit{};
};

constexpr auto lines_sql = R"sql(
    SELECT l.product, l.id, coalesce(l.promised_on, o.date), l.quantity - l.shipped, l.unit, l.stock_unit
      FROM sales_order_line l JOIN sales_order o ON o.id = l.document
     WHERE l.open = 1 AND l.stocked = 1 AND l.quantity > l.shipped {}
     ORDER BY l.product, coalesce(l.promised_on, o.date), l.id)sql";

using ByProduct = std::map<Id<catalog::Product>, std::vector<OpenLine>>;

ByProduct open_lines(const Snapshot& tx, Id<Order> of_order) {
    ByProduct  products;
    const auto take = [&](const OpenLine& line) { products[line.product].push_back(line); };
    if (of_order)
        tx.each<OpenLine>(fmt::format(lines_sql, "AND l.product IN (SELECT w.product FROM sales_order_line w WHERE w.document = :of_order)"), take, of_order);
    else
        tx.each<OpenLine>(fmt::format(lines_sql, ""), take);
    return products;
}

// Goods in quarantine or on their way are not to be sold.
Quantity on_hand(const Snapshot& tx, Id<catalog::Product> product, const std::vector<Id<inventory::Location>>& storage) {
    Quantity sum;
    for (const auto location : storage) sum += tx.service<inventory::Stock>().on_hand(tx, product, location);
    return sum;
}

struct Dated {
    Date   on{};
    Demand demand{};
};

// What others take out comes between the customers by its day.
void add_forecasts(const Snapshot& tx, Id<catalog::Product> product, std::vector<Supply>& supplies, std::vector<Dated>& demands) {
    for (const auto& forecast : tx.contributions<inventory::Forecast>())
        forecast.each(tx, product, [&](const inventory::Expected& one) {
            if (one.source_entity == "sales.order") return;
            if (one.quantity.is_negative())
                demands.push_back({one.on, {0, -one.quantity}});
            else
                supplies.push_back({one.quantity, one.on, one.document, one.source_entity, one.source_id, forecast.permission});
        });
    std::ranges::stable_sort(supplies, {}, &Supply::on);
    std::ranges::stable_sort(demands, {}, &Dated::on);
}

void cover_product(const Snapshot& tx, Id<catalog::Product> product, const std::vector<OpenLine>& lines, Quantity on_hand, Coverage& coverage) {
    std::vector<Supply> supplies;
    std::vector<Dated>  dated;
    for (const auto& line : lines) dated.push_back({line.on, {line.line, in_stock_unit(tx, product, line.outstanding, line.unit, line.stock_unit)}});
    add_forecasts(tx, product, supplies, dated);
    std::vector<Demand> demands;
    for (const auto& one : dated) demands.push_back(one.demand);
    auto covers = cover(on_hand, std::move(supplies), demands);
    for (std::size_t at = 0; at < demands.size(); ++at)
        if (demands[at].line) coverage[demands[at].line] = std::move(covers[at]);
}

}  // namespace coverage

std::vector<Cover> cover(Quantity on_hand, std::vector<Supply> supplies, const std::vector<Demand>& demands) {
    std::vector<Cover> covers;
    auto               next = supplies.begin();
    on_hand                 = std::max(on_hand, Quantity{});
    for (const auto& demand : demands) {
        auto& one = covers.emplace_back(Cover{.wanted = demand.quantity, .on_hand = std::min(on_hand, demand.quantity)});
        on_hand -= one.on_hand;
        one.missing = demand.quantity - one.on_hand;
        while (!one.missing.is_zero() && next != supplies.end()) {
            auto part     = *next;
            part.quantity = std::min(next->quantity, one.missing);
            next->quantity -= part.quantity;
            one.missing -= part.quantity;
            if (next->quantity.is_zero()) ++next;
            if (!part.quantity.is_zero()) one.expected.push_back(std::move(part));
        }
    }
    return covers;
}

Coverage coverage_of_open_lines(const Snapshot& tx, Id<Order> of_order) {
    Coverage   coverage;
    const auto storage = tx.rows<Id<inventory::Location>>("SELECT id FROM inventory_location WHERE kind = 'storage' ORDER BY id");
    for (const auto& [product, lines] : coverage::open_lines(tx, of_order))
        coverage::cover_product(tx, product, lines, coverage::on_hand(tx, product, storage), coverage);
    return coverage;
}

}  // namespace sales
