// What we owe and what is owed to us: item by item, and by age.

#include "reports/items_at.h"

#include <tessera/kernel.h>
#include <tessera/report.h>

namespace financials {
namespace item_reports {

// How the two reports of a side are called.
struct Titles {
    ItemSide    side = ItemSide::payable;
    std::string ageing{}, ageing_title{}, ageing_help{};
    std::string items{}, items_title{}, items_help{};
    std::string party{};  // name of the parameter and the column
    std::string all_parties{};
};

struct ItemRow {
    std::string  party{};
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
    std::string          party{};
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

AgeingRow fresh_row(const ItemAt& item, Money zero) { return {item.number, item.name, zero, zero, zero, zero, zero, zero, item.party}; }

void run_ageing(const Snapshot& snapshot, ItemSide side, const tessera::Parameters& parameters,
                const tessera::ReportBuilder<AgeingRow>::Emit& emit) {
    const auto               day = parameters.date("as_of");
    std::optional<AgeingRow> row;
    for (const auto& item : items_at(snapshot, side, day, known_at(snapshot, parameters.instant("known_at")), {})) {
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

void run_items(const Snapshot& snapshot, const Titles& titles, const tessera::Parameters& parameters,
               const tessera::ReportBuilder<ItemRow>::Emit& emit) {
    const auto day = parameters.date("as_of");
    for (const auto& item : items_at(snapshot, titles.side, day, known_at(snapshot, parameters.instant("known_at")),
                                     parameters.reference<directory::Party>(titles.party))) {
        const bool known = !item.source_entity.empty();
        emit({item.number, item.name, item.document, item.reference, item.kind, item.date, item.due_on,
              std::max<std::int64_t>(0, day - item.due_on), item.currency, item.amount, item.open, item.held, item.open_in_books(),
              known ? item.source_entity : "financials.open_item", known ? item.source_id : item.id.value});
    }
}

void declare_ageing(tessera::Kernel& kernel, const Titles& titles) {
    using namespace tessera;
    const auto items = opens(titles.items, {{titles.party, "party_id"}, {"as_of", ":as_of"}, {"known_at", ":known_at"}});
    kernel.report<AgeingRow>(titles.ageing, titles.ageing_title)
        .help(titles.ageing_help)
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Instant>("known_at", help("As the books were known at that moment"))
        .column(titles.party, &AgeingRow::party)
        .column("name", &AgeingRow::name)
        .column("total", &AgeingRow::total, total, items)
        .column("not_due", &AgeingRow::not_due, total, items)
        .column("days_1_to_30", &AgeingRow::days_1_to_30, total, items, titled("1 to 30 days"))
        .column("days_31_to_60", &AgeingRow::days_31_to_60, total, items, titled("31 to 60 days"))
        .column("days_61_to_90", &AgeingRow::days_61_to_90, total, items, titled("61 to 90 days"))
        .column("days_over_90", &AgeingRow::days_over_90, total, items, titled("Over 90 days"))
        .column("party_id", &AgeingRow::party_id, hidden)
        .run([side = titles.side](const Snapshot& snapshot, const Parameters& parameters, const ReportBuilder<AgeingRow>::Emit& emit) {
            run_ageing(snapshot, side, parameters, emit);
        });
}

void declare_items(tessera::Kernel& kernel, const Titles& titles) {
    using namespace tessera;
    const auto source = opens_record("@source_entity", "source_id");
    kernel.report<ItemRow>(titles.items, titles.items_title)
        .help(titles.items_help)
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Instant>("known_at", help("As the books were known at that moment"))
        .parameter<Id<directory::Party>>(titles.party, help(titles.all_parties))
        .column(titles.party, &ItemRow::party)
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
        .run([titles](const Snapshot& snapshot, const Parameters& parameters, const ReportBuilder<ItemRow>::Emit& emit) {
            run_items(snapshot, titles, parameters, emit);
        });
}

}  // namespace item_reports

void declare_item_reports(tessera::Kernel& kernel) {
    const item_reports::Titles payables{
        .side         = ItemSide::payable,
        .ageing       = "financials.payables_ageing",
        .ageing_title = "Payables ageing",
        .ageing_help  = "What we owe to each supplier, by the days it is overdue, in the currency of the books.",
        .items        = "financials.open_items",
        .items_title  = "Open items",
        .items_help   = "Every vendor item that was open at the end of a day; negative in our favour.",
        .party        = "supplier",
        .all_parties  = "All suppliers when left out"};
    const item_reports::Titles receivables{
        .side         = ItemSide::receivable,
        .ageing       = "financials.receivables_ageing",
        .ageing_title = "Receivables ageing",
        .ageing_help  = "What each customer owes us, by the days it is overdue, in the currency of the books.",
        .items        = "financials.receivable_items",
        .items_title  = "Receivable items",
        .items_help   = "Every customer item that was open at the end of a day; negative in the customer's favour.",
        .party        = "customer",
        .all_parties  = "All customers when left out"};
    for (const auto& titles : {payables, receivables}) {
        item_reports::declare_ageing(kernel, titles);
        item_reports::declare_items(kernel, titles);
    }
}

}  // namespace financials
