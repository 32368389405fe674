#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"
#include "reports/in_books.h"

#include <map>
#include <unordered_set>

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

enum class PeriodLength { year, month };
constexpr auto names_of(PeriodLength) { return tessera::names("year", "month"); }

namespace by_period {

struct Row {
    std::string  period{};
    std::string  territory{};
    std::int64_t orders = 0;
    std::int64_t customers = 0;
    Money        revenue{};
    Money        freight{};
    Money        tax{};
    Money        total{};
    std::optional<std::int64_t> territory_id{};
    Date         from{}, to{};
};

struct OneOrder {
    Date         date{};
    std::int64_t territory = 0;
    std::string  territory_name{};
    std::int64_t customer = 0;
    Currency     currency{};
    Money        net{}, freight{}, tax{}, total{};
};

constexpr auto orders_sql = R"sql(
    SELECT o.date, o.territory, t.name, o.customer, o.currency, o.subtotal + o.rounding, o.freight, o.tax, o.total
      FROM sales_order o LEFT JOIN sales_territory t ON t.id = o.territory
     WHERE o.state NOT IN ('draft', 'held', 'cancelled') AND (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to)
       AND (:territory IS NULL OR o.territory = :territory) AND (:customer IS NULL OR o.customer = :customer))sql";

struct Group {
    Row                              row{};
    std::unordered_set<std::int64_t> customers{};
};

void begin(Group& group, const OneOrder& order, bool by_year) {
    const auto year    = order.date.year();
    group.row.from     = by_year ? Date(year, 1, 1) : order.date.first_of_month();
    group.row.to       = by_year ? Date(year, 12, 31) : order.date.last_of_month();
    group.row.period   = group.row.from.str().substr(0, by_year ? 4 : 7);
    group.row.territory = order.territory ? order.territory_name : "-";
    if (order.territory) group.row.territory_id = order.territory;
}

void add(const Snapshot& tx, Group& group, const OneOrder& order) {
    auto& row = group.row;
    ++row.orders;
    group.customers.insert(order.customer);
    row.revenue += in_books(tx, order.net, order.date);
    row.freight += in_books(tx, order.freight, order.date);
    row.tax += in_books(tx, order.tax, order.date);
    row.total = row.revenue + row.freight + row.tax;
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const bool by_year        = parameters.choice<PeriodLength>("by").value_or(PeriodLength::month) == PeriodLength::year;
    const bool by_territory   = parameters.flag("territories");
    std::map<std::pair<std::int64_t, std::string>, Group> groups;
    tx.each<OneOrder>(
        orders_sql,
        [&](OneOrder& order) {
            if (!by_territory) order.territory = 0;
            const auto period = by_year ? order.date.year() : order.date.year() * 100 + order.date.month();
            auto&      group  = groups[{period, order.territory ? order.territory_name : ""}];
            if (group.row.orders == 0) begin(group, order, by_year);
            add(tx, group, order);
        },
        parameters.date("from"), parameters.date("to"), parameters.reference<Territory>("territory"), parameters.reference<directory::Party>("customer"));
    for (auto& [key, group] : groups) {
        group.row.customers = static_cast<std::int64_t>(group.customers.size());
        emit(group.row);
    }
}

}  // namespace by_period

void declare_by_period(tessera::Kernel& kernel) {
    using namespace tessera;
    using by_period::Row;
    const auto orders = opens("sales.open_orders", {{"from", "from"}, {"to", "to"}, {"territory", "territory_id"}, {"customer", ":customer"}, {"all", "=true"}});
    kernel.report<Row>("sales.by_period", "Sales by period")
        .help("What was ordered, by the month or year of the order, and by territory when asked for; in the books' currency at the rate of the order's day. "
              "Orders that are drafts, held or cancelled do not count")
        .parameter<PeriodLength>("by", by_default("month"))
        .parameter<bool>("territories", by_default("true"), tessera::help("A line for each territory"))
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .parameter<Id<Territory>>("territory")
        .parameter<Id<directory::Party>>("customer")
        .column("period", &Row::period)
        .column("territory", &Row::territory, opens_record("sales.territory", "territory_id"))
        .column("orders", &Row::orders, total, orders)
        .column("customers", &Row::customers, orders, meaning("That ordered in it"))
        .column("revenue", &Row::revenue, total, orders, meaning("Net of freight and tax"))
        .column("freight", &Row::freight, total, orders)
        .column("tax", &Row::tax, total, orders)
        .column("total", &Row::total, total, orders)
        .column("territory_id", &Row::territory_id, hidden)
        .column("from", &Row::from, hidden)
        .column("to", &Row::to, hidden)
        .run(by_period::answer);
}

}  // namespace sales
