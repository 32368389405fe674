#include "services/margin.h"

#include <algorithm>
#include <map>

namespace sales {

using tessera::Snapshot;

namespace margin_query {

// The entries of the stock ledger that sales caused, each with the order line it belongs to.
constexpr auto moves = R"sql(
    WITH moves AS (
        SELECT l.order_line AS order_line, l.product AS product, l.stock_entry AS entry
          FROM sales_shipment_line l WHERE l.stock_entry IS NOT NULL
        UNION ALL
        SELECT l.order_line, l.product, l.stock_entry FROM sales_customer_return_line l WHERE l.stock_entry IS NOT NULL
        UNION ALL
        SELECT l.order_line, l.product, q.id
          FROM sales_shipment s JOIN sales_shipment_line l ON l.document = s.id
          JOIN inventory_quantity_entry q ON q.product = l.product AND q.date >= s.date AND q.reverses = l.stock_entry
         WHERE s.state = 'reversed'
        UNION ALL
        SELECT l.order_line, l.product, q.id
          FROM sales_customer_return s JOIN sales_customer_return_line l ON l.document = s.id
          JOIN inventory_quantity_entry q ON q.product = l.product AND q.date >= s.date AND q.reverses = l.stock_entry
         WHERE s.state = 'reversed'{})
)sql";

constexpr auto lost = R"sql(
        UNION ALL
        SELECT 0, q.product, q.id FROM inventory_quantity_entry q WHERE q.kind IN ('count_loss', 'count_gain'))sql";

constexpr auto facts = R"sql(
    SELECT coalesce(l.order_line, 0) AS order_line, l.product AS product, i.customer AS customer, e.date AS date,
           CASE WHEN n.stocked = 1 THEN 0 WHEN e.id = i.entry THEN l.quantity ELSE -l.quantity END AS quantity,
           CASE WHEN e.id = i.entry THEN l.book_amount ELSE -l.book_amount END AS revenue, 0 AS cost,
           'sales.invoice' AS source_entity, i.id AS source_id
      FROM sales_invoice i JOIN sales_invoice_line l ON l.document = i.id LEFT JOIN sales_order_line n ON n.id = l.order_line
      JOIN financials_journal_entry e ON e.source_entity = 'sales.invoice' AND e.source_id = i.id AND (e.id = i.entry OR e.reverses = i.entry)
     WHERE (:from IS NULL OR e.date >= :from) AND (:to IS NULL OR e.date <= :to) AND (:known_at IS NULL OR e.recorded_at <= :known_at)
    UNION ALL
    SELECT m.order_line, m.product, 0, q.date, -q.quantity, 0, 0, q.source_entity, q.source_id
      FROM moves m JOIN inventory_quantity_entry q ON q.id = m.entry
     WHERE (:from IS NULL OR q.date >= :from) AND (:to IS NULL OR q.date <= :to) AND (:known_at IS NULL OR q.recorded_at <= :known_at)
    UNION ALL
    SELECT m.order_line, m.product, 0, v.date, 0, 0, -v.amount, v.source_entity, v.source_id
      FROM moves m JOIN inventory_value_entry v ON v.entry = m.entry
     WHERE (:from IS NULL OR v.date >= :from) AND (:to IS NULL OR v.date <= :to) AND (:known_at IS NULL OR v.recorded_at <= :known_at)
)sql";

struct Grouping {
    const char* key;
    const char* name;
    const char* join;
    const char* entity;
};

constexpr auto customer_of = "CASE WHEN f.customer > 0 THEN f.customer ELSE o.customer END";

Grouping grouping_of(MarginBy by) {
    switch (by) {
        case MarginBy::line:
            return {"n.id", "o.number || ' ' || n.description", "", "sales.order_line"};
        case MarginBy::order:
            return {"o.id", "o.number", "", "sales.order"};
        case MarginBy::customer:
            return {customer_of, "c.name", "LEFT JOIN directory_party c ON c.id = CASE WHEN f.customer > 0 THEN f.customer ELSE o.customer END", "directory.party"};
        case MarginBy::product:
            return {"p.id", "p.name", "", "catalog.product"};
        case MarginBy::category:
        case MarginBy::top_category:
            return {"g.id", "g.name", "LEFT JOIN catalog_category g ON g.id = p.category", "catalog.category"};
        case MarginBy::territory:
            return {"t.id", "t.name", "LEFT JOIN sales_territory t ON t.id = o.territory", "sales.territory"};
        case MarginBy::sales_person:
            return {"s.id", "s.name", "LEFT JOIN directory_employee s ON s.id = o.sales_person", "directory.employee"};
        case MarginBy::special_offer:
            return {"y.id", "y.name", "LEFT JOIN sales_special_offer y ON y.id = n.offer", "sales.special_offer"};
        case MarginBy::month:
            return {"0 + 0", "substr(f.date, 1, 7)", "", ""};
    }
    return {};
}

struct Part {
    std::int64_t id = 0;
    std::string  name{};
    Quantity     quantity{};
    Money        revenue{}, cost{};
};

struct Category {
    std::string  name{};
    std::int64_t parent = 0;
};
using Categories = std::map<std::int64_t, Category>;

struct CategoryRow {
    std::int64_t id = 0;
    std::string  name{};
    std::int64_t parent = 0;
};

Categories categories(const Snapshot& tx) {
    Categories all;
    tx.each<CategoryRow>("SELECT id, name, parent FROM catalog_category", [&](const CategoryRow& row) { all[row.id] = {row.name, row.parent}; });
    return all;
}

bool is_below(const Categories& all, std::int64_t category, std::int64_t above) {
    for (std::size_t steps = 0; category && steps <= all.size(); ++steps, category = all.at(category).parent)
        if (category == above) return true;
    return false;
}

std::int64_t top_of(const Categories& all, std::int64_t category) {
    for (std::size_t steps = 0; steps <= all.size() && category && all.at(category).parent; ++steps) category = all.at(category).parent;
    return category;
}

std::string within(const Snapshot& tx, Id<catalog::Category> category) {
    if (!category) return "";
    const auto  all = categories(tx);
    std::string ids;
    for (const auto& [id, one] : all)
        if (is_below(all, id, category.value)) ids += (ids.empty() ? "" : ",") + std::to_string(id);
    return fmt::format(" AND p.category IN ({})", ids.empty() ? "0" : ids);
}

constexpr auto rest = R"sql(
      FROM ({facts}) f
      LEFT JOIN sales_order_line n ON n.id = f.order_line LEFT JOIN sales_order o ON o.id = n.document
      LEFT JOIN catalog_product p ON p.id = f.product {join}
     WHERE (:customer IS NULL OR {customer} = :customer) AND (:product IS NULL OR f.product = :product) AND (:line IS NULL OR n.id = :line)
       AND (:order IS NULL OR o.id = :order) AND (:in_category IS NULL OR p.category = :in_category)
       AND (:territory IS NULL OR o.territory = :territory) AND (:sales_person IS NULL OR o.sales_person = :sales_person)
       AND (:special_offer IS NULL OR n.offer = :special_offer){within})sql";

std::string sql_of(const Snapshot& tx, const MarginQuestion& question, std::string_view columns, std::string_view join, std::string_view end) {
    return fmt::format(moves, question.losses ? lost : "") + "SELECT " + std::string(columns) +
           fmt::format(rest, fmt::arg("facts", facts), fmt::arg("join", join), fmt::arg("customer", customer_of), fmt::arg("within", within(tx, question.category))) +
           std::string(end);
}

template <class Row, class Visit>
void ask(const Snapshot& tx, const MarginQuestion& q, const std::string& sql, const Visit& visit) {
    tx.each<Row>(sql, visit, q.from, q.to, q.known_at, q.customer, q.product, q.line, q.order, q.in_category, q.territory, q.sales_person, q.special_offer);
}

std::vector<Part> parts(const Snapshot& tx, const MarginQuestion& question) {
    const auto        grouping = grouping_of(question.by);
    std::vector<Part> all;
    ask<Part>(tx, question,
              sql_of(tx, question, fmt::format("{}, {}, sum(f.quantity), sum(f.revenue), sum(f.cost)", grouping.key, grouping.name), grouping.join,
                     fmt::format(" GROUP BY {0}, {1} ORDER BY {1}, {0}", grouping.key, grouping.name)),
              [&](Part& part) { all.push_back(std::move(part)); });
    return all;
}

std::vector<Part> by_top_category(const Snapshot& tx, std::vector<Part> parts) {
    const auto                   all = categories(tx);
    std::map<std::int64_t, Part> tops;
    for (const auto& part : parts) {
        const auto id  = top_of(all, part.id);
        auto&      top = tops[id];
        top.id         = id;
        if (id) top.name = all.at(id).name;
        top.quantity += part.quantity;
        top.revenue += part.revenue;
        top.cost += part.cost;
    }
    std::vector<Part> folded;
    for (auto& [id, top] : tops) folded.push_back(std::move(top));
    std::ranges::stable_sort(folded, {}, &Part::name);
    return folded;
}

void name_row(MarginRow& row, MarginBy by) {
    switch (by) {
        case MarginBy::line:
            row.line_id = row.id;
            break;
        case MarginBy::order:
            row.order_id = row.id;
            break;
        case MarginBy::customer:
            row.customer_id = row.id;
            break;
        case MarginBy::product:
            row.product_id = row.id;
            break;
        case MarginBy::category:
            row.category_id = row.id;
            break;
        case MarginBy::top_category:
            row.top_category_id = row.id;
            break;
        case MarginBy::territory:
            row.territory_id = row.id;
            break;
        case MarginBy::sales_person:
            row.sales_person_id = row.id;
            break;
        case MarginBy::special_offer:
            row.special_offer_id = row.id;
            break;
        case MarginBy::month:
            row.from = Date::parse(row.name + "-01");
            row.to   = row.from.last_of_month();
            break;
    }
}

MarginRow row_of(const MarginQuestion& question, const Part& part) {
    MarginRow row{part.name.empty() ? "-" : part.name, part.quantity, part.revenue, part.cost, part.revenue - part.cost, {}, part.id};
    row.margin = margin_percent(row.profit, row.revenue);
    row.from   = question.from;
    row.to     = question.to;
    if (part.id) row.entity = grouping_of(question.by).entity;
    if (part.id || question.by == MarginBy::month) name_row(row, question.by);
    return row;
}

}  // namespace margin_query

Percent margin_percent(Money profit, Money revenue) {
    if (revenue.is_zero()) return {};
    const auto hundredths = tessera::divide(tessera::Wide{profit.minor()} * 10000, revenue.minor());
    return Percent::raw(tessera::narrow(tessera::Wide{hundredths} * 10000));
}

void margin(const Snapshot& tx, const MarginQuestion& question, const std::function<void(const MarginRow&)>& emit) {
    auto parts = margin_query::parts(tx, question);
    if (question.by == MarginBy::top_category) parts = margin_query::by_top_category(tx, std::move(parts));
    for (const auto& part : parts) {
        if (part.quantity.is_zero() && part.revenue.is_zero() && part.cost.is_zero()) continue;
        emit(margin_query::row_of(question, part));
    }
}

void margin_entries(const Snapshot& tx, const MarginQuestion& question, const std::function<void(const MarginEntry&)>& emit) {
    const auto columns = "f.date, '', o.number, p.name, f.quantity, f.revenue, f.cost, f.source_entity, f.source_id, o.id";
    margin_query::ask<MarginEntry>(tx, question, margin_query::sql_of(tx, question, columns, "", " ORDER BY f.date, f.source_entity, f.source_id, coalesce(f.order_line, 0), coalesce(f.product, 0), abs(f.quantity) DESC, f.quantity, f.revenue, f.cost"), [&](MarginEntry& entry) {
        if (!entry.source_entity.empty()) entry.document = tx.label_of(entry.source_entity, entry.source_id);
        emit(entry);
    });
}

}  // namespace sales
