#include "services/as_known_at.h"

namespace inventory {

namespace valuation {

struct Row {
    std::string                       product{};
    std::string                       name{};
    std::string                       account{};
    Quantity                          quantity{};
    std::string                       unit{};
    Money                             value{};
    std::optional<tessera::UnitPrice> unit_cost{};
    std::int64_t                      product_id = 0, account_id = 0;
};

struct Found {
    std::string  product{}, name{}, account{};
    Quantity     quantity{};
    std::string  unit{};
    Money        value{};
    std::int64_t product_id = 0, account_id = 0;
};

constexpr std::string_view sql = R"sql(
    SELECT p.number, p.name, a.code, s.quantity, u.code, s.value, p.id, a.id
      FROM (SELECT t.product, t.account, sum(t.quantity) AS quantity, sum(t.value) AS value
              FROM (SELECT product, account, quantity, value FROM inventory_product_value
                    UNION ALL
                    SELECT product, account, -quantity, -value FROM inventory_month WHERE month > :month
                    UNION ALL
                    SELECT product, account, -quantity, -value FROM inventory_day WHERE day > :day AND day <= :month_end
                    UNION ALL
                    SELECT product, account, -quantity, 0 FROM inventory_quantity_entry WHERE id >= :unknown_quantity AND date <= :day
                    UNION ALL
                    SELECT product, account, 0, -amount FROM inventory_value_entry WHERE id >= :unknown_value AND date <= :day) t
             WHERE (:product = 0 OR t.product = :product) AND (:account = 0 OR t.account = :account)
             GROUP BY t.product, t.account
            HAVING sum(t.quantity) <> 0 OR sum(t.value) <> 0) s
      JOIN catalog_product p ON p.id = s.product
      JOIN catalog_unit u ON u.id = p.unit
      JOIN financials_account a ON a.id = s.account
     ORDER BY p.number, a.code)sql";

void answer(const Snapshot& tx, const tessera::Parameters& parameters, const tessera::ReportBuilder<Row>::Emit& emit) {
    const auto at = as_of(tx, parameters);
    tx.each<Found>(
        sql,
        [&](Found& f) {
            Row row{f.product, f.name,       f.account,    f.quantity,  f.unit,
                    f.value,   std::nullopt, f.product_id, f.account_id};
            if (!f.quantity.is_zero()) row.unit_cost = tessera::unit_price(f.value, f.quantity);
            emit(row);
        },
        at.month, at.day, at.month_end, at.unknown.quantity_entry, at.unknown.value_entry,
        parameters.integer("product"), parameters.integer("account"));
}

}  // namespace valuation

void declare_valuation(tessera::Kernel& kernel) {
    using valuation::Row;
    kernel.report<Row>("inventory.valuation", "Stock valuation")
        .help(
            "What the stock of each product is worth at the end of a day, by stock account. The sum of an account is "
            "its balance "
            "in the general ledger.")
        .parameter<Date>("as_of", tessera::by_default("today"))
        .parameter<tessera::Instant>("known_at", tessera::help("Only what had been recorded by then"))
        .parameter<Id<Product>>("product")
        .parameter<Id<financials::Account>>("account")
        .column("product", &Row::product, tessera::opens_record("catalog.product", "product_id"))
        .column("name", &Row::name)
        .column("account", &Row::account,
                tessera::opens("financials.general_ledger", {{"account", "account"}, {"to", ":as_of"}}))
        .column("quantity", &Row::quantity,
                tessera::opens("inventory.movements",
                               {{"product", "product_id"}, {"to", ":as_of"}, {"known_at", ":known_at"}}))
        .column("unit", &Row::unit)
        .column("value", &Row::value, tessera::total,
                tessera::opens(
                    "inventory.value_entries",
                    {{"product", "product_id"}, {"account", "account"}, {"to", ":as_of"}, {"known_at", ":known_at"}}))
        .column("unit_cost", &Row::unit_cost, tessera::meaning("Value divided by quantity, for showing"))
        .column("product_id", &Row::product_id, tessera::hidden)
        .column("account_id", &Row::account_id, tessera::hidden)
        .run(valuation::answer);
}

}  // namespace inventory
