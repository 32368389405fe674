// The journal: entries, their lines, and the balances kept beside them.

#include "services/kept_balances.h"

namespace financials {

void declare_journal(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<PostedEntry>("financials.journal_entry", "Journal entry")
        .plural("Journal entries")
        .path("journal_entries")
        .help("What was posted, by a document or by hand. Never changed; a correction is another entry.")
        .menu(Menu::ledgers)
        .field("company", &PostedEntry::company, not_in_list)
        .field("number", &PostedEntry::number, unique, searchable)
        .field("date", &PostedEntry::date, indexed)
        .field("recorded_at", &PostedEntry::recorded_at)
        .field("journal", &PostedEntry::journal)
        .field("memo", &PostedEntry::memo, searchable)
        .field("source_entity", &PostedEntry::source_entity, not_in_list)
        .field("source_id", &PostedEntry::source_id, not_in_list)
        .field("reverses", &PostedEntry::reverses)
        .field("recorded_by", &PostedEntry::user)
        .field("hash", &PostedEntry::hash, not_in_list,
               help("SHA-256 over the previous entry's hash and this entry with its lines"))
        .field("hash_version", &PostedEntry::hash_version, not_in_list)
        .display("number")
        .index({"source_entity", "source_id"})
        .unique_together({"reverses"}, "reverses IS NOT NULL")
        .append_only();

    kernel.entity<PostedLine>("financials.journal_line", "Journal line")
        .help("One side of an entry; the amount is positive for debit, negative for credit.")
        .menu(Menu::ledgers)
        .field("entry", &PostedLine::entry, indexed)
        .field("account", &PostedLine::account)
        .field("date", &PostedLine::date)
        .field("amount", &PostedLine::amount)
        .field("party", &PostedLine::party)
        .field("memo", &PostedLine::memo)
        .field("currency", &PostedLine::currency)
        .field("foreign_amount", &PostedLine::foreign_amount)
        .index({"account", "date"})
        .append_only();

    kernel.schema(
        "CREATE INDEX IF NOT EXISTS financials_journal_line_of_party ON financials_journal_line (party, date) WHERE "
        "party IS NOT NULL");
    kernel.balance<PeriodBalance>("financials.period_balance")
        .key("account", &PeriodBalance::account)
        .key("period_start", &PeriodBalance::period_start)
        .sum("debit", &PeriodBalance::debit)
        .sum("credit", &PeriodBalance::credit);
    // Sums of a day lie together: a day's postings touch one place.
    kernel.balance<DailyBalance>("financials.daily_balance")
        .key("date", &DailyBalance::date)
        .key("account", &DailyBalance::account)
        .sum("debit", &DailyBalance::debit)
        .sum("credit", &DailyBalance::credit);

    kernel.event<EntryPosted>("financials.entry_posted")
        .field("entry", &EntryPosted::entry)
        .field("date", &EntryPosted::date);
}

}  // namespace financials
