// What customers were invoiced and credited, document by document.

#include "reports/window.h"

#include <financials/open_items.h>

#include <tessera/kernel.h>

namespace financials {
namespace invoiced_report {

struct InvoicedRow {
    Date         date{};
    std::string  customer{};
    std::string  name{};
    std::string  document{};
    ItemKind     kind = ItemKind::invoice;
    Date         due_on{};
    Money        in_books{};
    Currency     currency{};
    Money        amount{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
};

void run(const Snapshot& snapshot, const tessera::Parameters& parameters, const tessera::ReportBuilder<InvoicedRow>::Emit& emit) {
    const auto window = window_of(snapshot, parameters);
    snapshot.each<InvoicedRow>(R"sql(
        SELECT i.date, p.number, p.name, i.document, i.kind, i.due_on, i.book_amount, i.currency, i.amount,
               coalesce(i.source_entity, 'financials.open_item'), CASE WHEN i.source_entity IS NULL THEN i.id ELSE i.source_id END
        FROM financials_open_item i JOIN directory_party p ON p.id = i.party
        WHERE i.side = 'receivable' AND i.kind <> 'payment' AND i.date >= :from AND i.date <= :to AND i.id < :first_unknown
          AND (:customer IS NULL OR i.party = :customer)
        ORDER BY i.date, i.id)sql",
                               [&](const InvoicedRow& row) { emit(row); }, window.from, window.to, window.known.first_unknown_item,
                               parameters.reference<directory::Party>("customer"));
}

}  // namespace invoiced_report

void declare_invoiced_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using invoiced_report::InvoicedRow;
    const auto source = opens_record("@source_entity", "source_id");
    auto&&     report = kernel.report<InvoicedRow>("financials.invoiced", "Invoiced to customers");
    report.help("Every invoice to a customer and every credit note, with tax.")
        .parameter<Id<directory::Party>>("customer", help("All customers when left out"));
    with_window(std::move(report))
        .column("date", &InvoicedRow::date)
        .column("customer", &InvoicedRow::customer)
        .column("name", &InvoicedRow::name)
        .column("document", &InvoicedRow::document, source)
        .column("kind", &InvoicedRow::kind)
        .column("due_on", &InvoicedRow::due_on)
        .column("in_books", &InvoicedRow::in_books, total, source)
        .column("currency", &InvoicedRow::currency)
        .column("amount", &InvoicedRow::amount, source)
        .column("source_entity", &InvoicedRow::source_entity, hidden)
        .column("source_id", &InvoicedRow::source_id, hidden)
        .run(invoiced_report::run);
}

}  // namespace financials
