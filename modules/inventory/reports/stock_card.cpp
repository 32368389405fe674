#include "services/as_known_at.h"

namespace inventory {

namespace stock_card {

struct Row {
    Date                              date{};
    std::string                       kind{};
    std::string                       document{};
    std::string                       location{};
    std::optional<Quantity>           in{};
    std::optional<Quantity>           out{};
    Quantity                          on_hand{};
    Money                             value{};
    Money                             value_on_hand{};
    std::optional<tessera::UnitPrice> unit_cost{};
    std::string                       source_entity{};
    std::int64_t                      source_id = 0;
};

struct Found {
    Date             date{};
    tessera::Instant recorded_at{};
    std::int64_t     place = 0, entry_id = 0;  // movements before changes of value alone
    std::string      kind{}, location{};
    Quantity         quantity{};
    Money            value{};
    std::string      source_entity{};
    std::int64_t     source_id = 0;
};

// A movement with the value booked in the same command is one line; what its goods cost later is a line of its own day.
constexpr std::string_view sql = R"sql(
    SELECT q.date, q.recorded_at, 0, q.id, q.kind, l.code, q.quantity,
           coalesce((SELECT sum(v.amount) FROM inventory_value_entry v
                      WHERE v.entry = q.id AND v.recorded_at = q.recorded_at AND v.id < :unknown_value), 0),
           q.source_entity, q.source_id
      FROM inventory_quantity_entry q
      JOIN inventory_location l ON l.id = q.location
     WHERE q.product = :product AND q.date <= :to AND q.id < :unknown
    UNION ALL
    SELECT v.date, v.recorded_at, 1, v.id, v.kind, l.code, 0, v.amount, v.source_entity, v.source_id
      FROM inventory_quantity_entry q
      JOIN inventory_location l ON l.id = q.location
      JOIN inventory_value_entry v ON v.entry = q.id AND v.recorded_at <> q.recorded_at
     WHERE q.product = :product AND v.date <= :to AND v.id < :unknown_value
    UNION ALL
    SELECT v.date, v.recorded_at, 1, v.id, v.kind, '', 0, v.amount, v.source_entity, v.source_id
      FROM inventory_value_entry v
     WHERE v.entry IS NULL AND v.product = :product AND v.date <= :to AND v.id < :unknown_value
     ORDER BY 1, 2, 3, 4)sql";

void complete(Row& row) {
    if (!row.on_hand.is_zero()) row.unit_cost = tessera::unit_price(row.value_on_hand, row.on_hand);
}

class Card {
public:
    Card(const Snapshot& tx, Date from, const tessera::ReportBuilder<Row>::Emit& emit)
        : tx_(tx), from_(from), emit_(emit), value_(tx.books().zero()) {}

    void add(const Found& f) {
        if (!begun_ && (from_.empty() || f.date >= from_)) begin();
        on_hand_ += f.quantity;
        value_ += f.value;
        if (!begun_) return;
        Row row{.date          = f.date,
                .kind          = f.kind,
                .document      = tx_.label_of(f.source_entity, f.source_id),
                .location      = f.location,
                .on_hand       = on_hand_,
                .value         = f.value,
                .value_on_hand = value_,
                .source_entity = f.source_entity,
                .source_id     = f.source_id};
        if (f.quantity > Quantity{}) row.in = f.quantity;
        if (f.quantity < Quantity{}) row.out = -f.quantity;
        complete(row);
        emit_(row);
    }
    void finish() {
        if (!begun_) begin();
    }

private:
    void begin() {
        begun_ = true;
        if (from_.empty()) return;
        Row row{.date          = from_,
                .kind          = "opening",
                .on_hand       = on_hand_,
                .value         = tx_.books().zero(),
                .value_on_hand = value_};
        complete(row);
        emit_(row);
    }

    const Snapshot&                          tx_;
    Date                                     from_;
    const tessera::ReportBuilder<Row>::Emit& emit_;
    Quantity                                 on_hand_{};
    Money                                    value_;
    bool                                     begun_ = false;
};

void answer(const Snapshot& tx, const tessera::Parameters& parameters, const tessera::ReportBuilder<Row>::Emit& emit) {
    const auto unknown = unknown_at(tx, parameters.instant("known_at"));
    Card       card(tx, parameters.date("from"), emit);
    tx.each<Found>(
        sql, [&](Found& f) { card.add(f); }, unknown.value_entry, parameters.integer("product"), parameters.date("to"),
        unknown.quantity_entry);
    card.finish();
}

}  // namespace stock_card

void declare_stock_card(tessera::Kernel& kernel) {
    using stock_card::Row;
    kernel.report<Row>("inventory.stock_card", "Stock card")
        .help("One product's goods and what they are worth, movement by movement, over all locations.")
        .parameter<Id<Product>>("product", tessera::required)
        .parameter<Date>("from")
        .parameter<Date>("to", tessera::by_default("today"))
        .parameter<tessera::Instant>("known_at", tessera::help("Only what had been recorded by then"))
        .column("date", &Row::date)
        .column("kind", &Row::kind)
        .column("document", &Row::document, tessera::opens_record("@source_entity", "source_id"))
        .column("location", &Row::location)
        .column("in", &Row::in)
        .column("out", &Row::out)
        .column("on_hand", &Row::on_hand)
        .column("value", &Row::value)
        .column("value_on_hand", &Row::value_on_hand)
        .column("unit_cost", &Row::unit_cost)
        .column("source_entity", &Row::source_entity, tessera::hidden)
        .column("source_id", &Row::source_id, tessera::hidden)
        .run(stock_card::answer);
}

}  // namespace inventory
