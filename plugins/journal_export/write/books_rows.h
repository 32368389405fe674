#pragma once
// What an export asks of the ledger, in SQL: the lines of a span with their entries, and what accounts held before a day.

#include <journal_export/records.h>

namespace journal_export {

// A line of a posted entry, with the entry beside it. Foreign is in `currency`, which is that of the books where the
// document was in it.
struct LedgerLine {
    std::int64_t entry = 0;
    std::string  number{};
    Date         date{};
    std::string  journal{};
    std::string  memo{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
    std::string  reverses{};  // the number of the entry it reverses
    std::int64_t account = 0;
    std::string  party{}, party_name{};
    std::string  line_memo{};
    Money        amount{};
    Currency     currency{};
    Money        foreign{};
};

// What an account holds of one currency, and what that is worth in the books.
struct Sum {
    std::int64_t account = 0;
    Money        amount{};
    Currency     currency{};
    Money        foreign{};
};

Date                    day_of_first_entry(const Snapshot& tx);
std::int64_t            count_lines(const Snapshot& tx, Date first_day, Date last_day);
std::vector<LedgerLine> lines_of(const Snapshot& tx, Date first_day, Date last_day);  // by day, entry and line
std::vector<Sum>        sums_before(const Snapshot& tx, Date day);                    // by account and currency, in no order

}  // namespace journal_export
