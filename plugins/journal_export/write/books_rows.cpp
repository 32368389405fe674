#include "write/books_rows.h"

namespace journal_export {

Date day_of_first_entry(const Snapshot& tx) {
    return tx.value<Date>("SELECT min(date) FROM financials_journal_entry WHERE company = :company", tx.company()).value_or(Date{});
}

std::int64_t count_lines(const Snapshot& tx, Date first_day, Date last_day) {
    return tx
        .value<std::int64_t>(R"sql(
            SELECT count(*)
              FROM financials_journal_entry e JOIN financials_journal_line l ON l.entry = e.id
             WHERE e.company = :company AND e.date >= :first_day AND e.date <= :last_day)sql",
                             tx.company(), first_day, last_day)
        .value_or(0);
}

std::vector<LedgerLine> lines_of(const Snapshot& tx, Date first_day, Date last_day) {
    return tx.rows<LedgerLine>(R"sql(
        SELECT e.id, e.number, e.date, e.journal, e.memo, e.source_entity, e.source_id, r.number,
               l.account, p.number, p.name, l.memo, l.amount, l.currency, l.foreign_amount
          FROM financials_journal_entry e
          JOIN financials_journal_line l ON l.entry = e.id
          LEFT JOIN financials_journal_entry r ON r.id = e.reverses
          LEFT JOIN directory_party p ON p.id = l.party
         WHERE e.company = :company AND e.date >= :first_day AND e.date <= :last_day
         ORDER BY e.date, e.id, l.id)sql",
                               tx.company(), first_day, last_day);
}

std::vector<Sum> sums_before(const Snapshot& tx, Date day) {
    return tx.rows<Sum>(R"sql(
        SELECT l.account, sum(l.amount), l.currency, sum(l.foreign_amount)
          FROM financials_journal_entry e JOIN financials_journal_line l ON l.entry = e.id
         WHERE e.company = :company AND e.date < :day
         GROUP BY l.account, l.currency)sql",
                        tx.company(), day);
}

}  // namespace journal_export
