#include <sales/records.h>

#include "declare.h"
#include "reports/in_books.h"
#include "services/line_price.h"

#include <map>

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace orders_by_product {

struct Row {
    std::int64_t year = 0;
    std::string  category{};
    std::string  product{};
    std::string  name{};
    std::int64_t lines = 0;
    Quantity     quantity{};
    Money        revenue{};
    Money        cost{};
    Money        profit{};
    std::int64_t id = 0;
};

// The lines of one day of one product in one unit and currency.
struct Ordered {
    Id<catalog::Product> product{};
    Date                 date{};
    Id<catalog::Unit>    unit{};
    Id<catalog::Unit>    stock_unit{};
    std::int64_t         lines = 0;
    Quantity             quantity{};
    Currency             currency{};
    Money                amount{};
};

struct Cost {
    Id<catalog::Product> product{};
    std::string          year{};
    Money                cost{};
};

struct Product {
    Id<catalog::Product>  id{};
    std::string           number{};
    std::string           name{};
    Id<catalog::Category> category{};
};

struct Category {
    Id<catalog::Category> id{};
    std::string           name{};
    Id<catalog::Category> parent{};
};

constexpr auto ordered_sql = R"sql(
    SELECT l.product, o.date, l.unit, l.stock_unit, count(*), sum(l.quantity), o.currency, sum(l.amount)
      FROM sales_order_line l JOIN sales_order o ON o.id = l.document
     WHERE o.state NOT IN ('draft', 'held', 'cancelled') AND (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to)
     GROUP BY l.product, o.date, l.unit, l.stock_unit, o.currency)sql";

// What left stock for these orders, late cost included, less what came back.
constexpr auto cost_sql = R"sql(
    SELECT s.product, substr(o.date, 1, 4), -sum(v.amount)
      FROM sales_shipment_line s
      JOIN sales_shipment d ON d.id = s.document
      JOIN sales_order o ON o.id = s.sales_order
      JOIN inventory_value_entry v ON v.entry = s.stock_entry
     WHERE d.state = 'shipped' AND (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to)
     GROUP BY s.product, substr(o.date, 1, 4)
    UNION ALL
    SELECT s.product, substr(o.date, 1, 4), -sum(v.amount)
      FROM sales_customer_return_line s
      JOIN sales_customer_return d ON d.id = s.document
      JOIN sales_order o ON o.id = s.sales_order
      JOIN inventory_value_entry v ON v.entry = s.stock_entry
     WHERE d.state = 'posted' AND (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to)
     GROUP BY s.product, substr(o.date, 1, 4))sql";

using Rows = std::map<std::pair<std::int64_t, std::int64_t>, Row>;  // by year and product

Row& row_of(const Snapshot& tx, Rows& rows, std::int64_t year, Id<catalog::Product> product) {
    auto& row = rows.try_emplace({year, product.value}, Row{.revenue = tx.books().zero(), .cost = tx.books().zero()}).first->second;
    row.year  = year;
    row.id    = product.value;
    return row;
}

Rows figures(const Snapshot& tx, const Parameters& parameters) {
    Rows rows;
    tx.each<Ordered>(
        ordered_sql,
        [&](const Ordered& ordered) {
            auto& row = row_of(tx, rows, ordered.date.year(), ordered.product);
            row.lines += ordered.lines;
            row.quantity += in_stock_unit(tx, ordered.product, ordered.quantity, ordered.unit, ordered.stock_unit);
            row.revenue += in_books(tx, ordered.amount, ordered.date);
        },
        parameters.date("from"), parameters.date("to"));
    tx.each<Cost>(
        cost_sql, [&](const Cost& cost) { row_of(tx, rows, static_cast<std::int64_t>(tessera::parse_decimal(cost.year, 0)), cost.product).cost += cost.cost; },
        parameters.date("from"), parameters.date("to"));
    return rows;
}

// The topmost category above each.
std::map<std::int64_t, std::string> top_categories(const Snapshot& tx) {
    std::map<std::int64_t, Category>    all;
    std::map<std::int64_t, std::string> top;
    for (auto& category : tx.rows<Category>("SELECT id, name, parent FROM catalog_category ORDER BY id")) all[category.id.value] = std::move(category);
    for (const auto& [id, category] : all) {
        auto at = id;
        for (std::size_t step = 0; step < all.size() && all.contains(all[at].parent.value); ++step) at = all[at].parent.value;
        top[id] = all[at].name;
    }
    return top;
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    auto                            rows       = figures(tx, parameters);
    const auto                      categories = top_categories(tx);
    std::map<std::int64_t, Product> products;
    for (auto& product : tx.rows<Product>("SELECT id, number, name, category FROM catalog_product ORDER BY id")) products[product.id.value] = std::move(product);
    for (auto& [key, row] : rows) {
        const auto& product = products[key.second];
        row.product         = product.number;
        row.name            = product.name;
        if (const auto category = categories.find(product.category.value); category != categories.end()) row.category = category->second;
        row.profit = row.revenue - row.cost;
        emit(row);
    }
}

}  // namespace orders_by_product

void declare_orders_by_product(tessera::Kernel& kernel) {
    using namespace tessera;
    using orders_by_product::Row;
    kernel.report<Row>("sales.orders_by_product", "Sales orders by year and product")
        .help("What was ordered of each product in the year of the order, and what the goods that left for it had cost, late cost included. In the books' currency")
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .column("year", &Row::year)
        .column("category", &Row::category, meaning("The topmost category"))
        .column("product", &Row::product, opens_record("catalog.product", "id"))
        .column("name", &Row::name)
        .column("lines", &Row::lines, total)
        .column("quantity", &Row::quantity, meaning("Ordered, in the product's unit"))
        .column("revenue", &Row::revenue, total)
        .column("cost", &Row::cost, total, meaning("Of what has left, less what came back"))
        .column("profit", &Row::profit, total)
        .column("id", &Row::id, hidden)
        .run(orders_by_product::answer);
}

}  // namespace sales
