// What we owe: item by item, and by age.

#include "reports/items_at.h"

#include <tessera/kernel.h>
#include <tessera/report.h>

namespace financials {
namespace payables_reports {

struct ItemRow {
    std::string  supplier{};
    std::string  name{};
    std::string  document{};
    std::string  reference{};
    ItemKind     kind = ItemKind::invoice;
    Date         date{};
    Date         due_on{};
    std::int64_t days_overdue = 0;
    Currency     currency{};
    Money        amount{};
    Money        open{};
    Money        held{};
    Money        open_in_books{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
};

struct AgeingRow {
    std::string          supplier{};
    std::string          name{};
    Money                total{};
    Money                not_due{};
    Money                days_1_to_30{};
    Money                days_31_to_60{};
    Money                days_61_to_90{};
    Money                days_over_90{};
    Id<directory::Party> party_id{};
};

Money& bucket(AgeingRow& row, int days_overdue) {
    if (days_overdue <= 0) return row.not_due;
    if (days_overdue <= 30) return row.days_1_to_30;
    if (days_overdue <= 60) return row.days_31_to_60;
    return days_overdue <= 90 ? row.days_61_to_90 : row.days_over_90;
}

AgeingRow fresh_row(const ItemAt& item, Money zero) {
    return {item.number, item.name, zero, zero, zero, zero, zero, zero, item.party};
}

void run_ageing(const Snapshot& snapshot, const tessera::Parameters& parameters,
                const tessera::ReportBuilder<AgeingRow>::Emit& emit) {
    const auto               day = parameters.date("as_of");
    std::optional<AgeingRow> row;
    for (const auto& item : items_at(snapshot, ItemSide::payable, day, known_at(snapshot, parameters.instant("known_at")), {})) {
        if (row && row->party_id != item.party) {
            emit(*row);
            row.reset();
        }
        if (!row) row = fresh_row(item, snapshot.books().zero());
        bucket(*row, day - item.due_on) += item.open_in_books();
        row->total += item.open_in_books();
    }
    if (row) emit(*row);
}

void run_items(const Snapshot& snapshot, const tessera::Parameters& parameters,
               const tessera::ReportBuilder<ItemRow>::Emit& emit) {
    const auto day = parameters.date("as_of");
    for (const auto& item : items_at(snapshot, ItemSide::payable, day, known_at(snapshot, parameters.instant("known_at")),
                                     parameters.reference<directory::Party>("supplier"))) {
        const bool known = !item.source_entity.empty();
        emit({item.number, item.name, item.document, item.reference, item.kind, item.date, item.due_on,
              std::max<std::int64_t>(0, day - item.due_on), item.currency, item.amount, item.open, item.held,
              item.open_in_books(), known ? item.source_entity : "financials.open_item",
              known ? item.source_id : item.id.value});
    }
}

}  // namespace payables_reports

void declare_payables_reports(tessera::Kernel& kernel) {
    using namespace tessera;
    using payables_reports::AgeingRow;
    using payables_reports::ItemRow;
    const auto items =
        opens("financials.open_items", {{"supplier", "party_id"}, {"as_of", ":as_of"}, {"known_at", ":known_at"}});
    const auto source = opens_record("@source_entity", "source_id");

    kernel.report<AgeingRow>("financials.payables_ageing", "Payables ageing")
        .help("What we owe to each supplier, by the days it is overdue, in the currency of the books.")
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Instant>("known_at", help("As the books were known at that moment"))
        .column("supplier", &AgeingRow::supplier)
        .column("name", &AgeingRow::name)
        .column("total", &AgeingRow::total, total, items)
        .column("not_due", &AgeingRow::not_due, total, items)
        .column("days_1_to_30", &AgeingRow::days_1_to_30, total, items, titled("1 to 30 days"))
        .column("days_31_to_60", &AgeingRow::days_31_to_60, total, items, titled("31 to 60 days"))
        .column("days_61_to_90", &AgeingRow::days_61_to_90, total, items, titled("61 to 90 days"))
        .column("days_over_90", &AgeingRow::days_over_90, total, items, titled("Over 90 days"))
        .column("party_id", &AgeingRow::party_id, hidden)
        .run(payables_reports::run_ageing);

    kernel.report<ItemRow>("financials.open_items", "Open items")
        .help("Every vendor item that was open at the end of a day; negative in our favour.")
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Instant>("known_at", help("As the books were known at that moment"))
        .parameter<Id<directory::Party>>("supplier", help("All suppliers when left out"))
        .column("supplier", &ItemRow::supplier)
        .column("name", &ItemRow::name)
        .column("document", &ItemRow::document, source)
        .column("reference", &ItemRow::reference)
        .column("kind", &ItemRow::kind)
        .column("date", &ItemRow::date)
        .column("due_on", &ItemRow::due_on)
        .column("days_overdue", &ItemRow::days_overdue)
        .column("currency", &ItemRow::currency)
        .column("amount", &ItemRow::amount, source)
        .column("open", &ItemRow::open, source)
        .column("held", &ItemRow::held, meaning("Held today, whatever the day of the report"))
        .column("open_in_books", &ItemRow::open_in_books, total, source)
        .column("source_entity", &ItemRow::source_entity, hidden)
        .column("source_id", &ItemRow::source_id, hidden)
        .run(payables_reports::run_items);
}

}  // namespace financials
