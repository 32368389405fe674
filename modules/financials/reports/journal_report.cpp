// The journal: what was posted, entry by entry, in the order of days.

#include "reports/window.h"

#include <tessera/kernel.h>

namespace financials {
namespace journal_report {

struct Row {
    Date                 date{};
    std::string          entry{};
    std::string          journal{};
    std::string          memo{};
    std::string          account{};
    std::string          name{};
    std::string          party{};
    std::optional<Money> debit{};
    std::optional<Money> credit{};
    tessera::Instant     recorded_at{};
    std::string          recorded_by{};
    std::string          source_entity{};
    std::int64_t         source_id = 0;
    std::int64_t         entry_id  = 0;
};

void run(const Snapshot& snapshot, const tessera::Parameters& parameters,
         const tessera::ReportBuilder<Row>::Emit& emit) {
    const auto window  = window_of(snapshot, parameters);
    const auto journal = parameters.text("journal");
    snapshot.each<Row>(R"sql(
        SELECT e.date, e.number, e.journal, coalesce(l.memo, e.memo), a.code, a.name, p.name,
               CASE WHEN l.amount > 0 THEN l.amount END, CASE WHEN l.amount < 0 THEN -l.amount END, e.recorded_at, e.recorded_by,
               coalesce(e.source_entity, 'financials.journal_entry'), CASE WHEN e.source_entity IS NULL THEN e.id ELSE e.source_id END, e.id
        FROM financials_journal_entry e
        JOIN financials_journal_line l ON l.entry = e.id
        JOIN financials_account a ON a.id = l.account
        LEFT JOIN directory_party p ON p.id = l.party
        WHERE e.date >= :from AND e.date <= :to AND e.id < :first_unknown AND (:journal IS NULL OR e.journal = :journal)
        ORDER BY e.date, e.id, l.id)sql",
                       emit, window.from, window.to, window.known.first_unknown_entry, journal);
}

}  // namespace journal_report

void declare_journal_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using journal_report::Row;
    const auto source = opens_record("@source_entity", "source_id");
    auto&&     report = kernel.report<Row>("financials.journal", "Journal");
    report.help("Every entry with its lines.")
        .parameter<std::string>("journal",
                                help("general, purchases, payments, inventory, closing, …; all when left out"));
    with_window(std::move(report))
        .column("date", &Row::date)
        .column("entry", &Row::entry, opens_record("financials.journal_entry", "entry_id"))
        .column("journal", &Row::journal)
        .column("memo", &Row::memo)
        .column("account", &Row::account)
        .column("name", &Row::name)
        .column("party", &Row::party)
        .column("debit", &Row::debit, total, source)
        .column("credit", &Row::credit, total, source)
        .column("recorded_at", &Row::recorded_at)
        .column("recorded_by", &Row::recorded_by)
        .column("source_entity", &Row::source_entity, hidden)
        .column("source_id", &Row::source_id, hidden)
        .column("entry_id", &Row::entry_id, hidden)
        .run(journal_report::run);
}

}  // namespace financials
