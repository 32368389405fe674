#include "services/as_known_at.h"

namespace inventory {

namespace value_entries {

struct Row {
    Date             date{};
    std::string      product{};
    std::string      account{};
    std::string      kind{};
    std::string      document{};
    Money            amount{};
    Money            running{};
    tessera::Instant recorded_at{};
    std::string      source_entity{};
    std::int64_t     source_id = 0;
    std::int64_t     entry_id  = 0;
};

struct Found {
    Date             date{};
    std::string      product{}, account{}, kind{};
    Money            amount{};
    tessera::Instant recorded_at{};
    std::string      source_entity{};
    std::int64_t     source_id = 0, entry_id = 0;
};

// By way of the product's goods, whose index is there; changes of value alone name no goods.
constexpr std::string_view of_one_product = R"sql(
    SELECT v.date, p.number, a.code, v.kind, v.amount, v.recorded_at, v.source_entity, v.source_id, v.id
      FROM inventory_value_entry v
      JOIN catalog_product p ON p.id = v.product
      JOIN financials_account a ON a.id = v.account
     WHERE (v.id IN (SELECT e.id
                       FROM inventory_quantity_entry q
                       JOIN inventory_value_entry e ON e.entry = q.id
                      WHERE q.product = :product)
            OR (v.entry IS NULL AND v.product = :product))
       AND (:account = 0 OR v.account = :account)
       AND (:from IS NULL OR v.date >= :from) AND v.date <= :to AND v.id < :unknown
     ORDER BY v.date, v.id)sql";

constexpr std::string_view of_all = R"sql(
    SELECT v.date, p.number, a.code, v.kind, v.amount, v.recorded_at, v.source_entity, v.source_id, v.id
      FROM inventory_value_entry v
      JOIN catalog_product p ON p.id = v.product
      JOIN financials_account a ON a.id = v.account
     WHERE :product = 0
       AND (:account = 0 OR v.account = :account)
       AND (:from IS NULL OR v.date >= :from) AND v.date <= :to AND v.id < :unknown
     ORDER BY v.date, v.id)sql";

void answer(const Snapshot& tx, const tessera::Parameters& parameters, const tessera::ReportBuilder<Row>::Emit& emit) {
    const auto product = parameters.integer("product");
    auto       running = tx.books().zero();
    tx.each<Found>(
        product ? of_one_product : of_all,
        [&](Found& f) {
            running += f.amount;
            emit({f.date, f.product, f.account, f.kind, tx.label_of(f.source_entity, f.source_id), f.amount, running,
                  f.recorded_at, f.source_entity, f.source_id, f.entry_id});
        },
        product, parameters.integer("account"), parameters.date("from"), parameters.date("to"),
        unknown_at(tx, parameters.instant("known_at")).value_entry);
}

}  // namespace value_entries

void declare_value_entries(tessera::Kernel& kernel) {
    using value_entries::Row;
    kernel.report<Row>("inventory.value_entries", "Value entries")
        .help("Every change of what goods are worth, with the document that caused it.")
        .parameter<Id<Product>>("product")
        .parameter<Id<financials::Account>>("account")
        .parameter<Date>("from")
        .parameter<Date>("to", tessera::by_default("today"))
        .parameter<tessera::Instant>("known_at", tessera::help("Only what had been recorded by then"))
        .column("date", &Row::date)
        .column("product", &Row::product)
        .column("account", &Row::account)
        .column("kind", &Row::kind)
        .column("document", &Row::document, tessera::opens_record("@source_entity", "source_id"))
        .column("amount", &Row::amount, tessera::total, tessera::opens_record("inventory.value_entry", "entry_id"))
        .column("running", &Row::running, tessera::meaning("The sum of the amounts so far"))
        .column("recorded_at", &Row::recorded_at)
        .column("source_entity", &Row::source_entity, tessera::hidden)
        .column("source_id", &Row::source_id, tessera::hidden)
        .column("entry_id", &Row::entry_id, tessera::hidden)
        .run(value_entries::answer);
}

}  // namespace inventory
