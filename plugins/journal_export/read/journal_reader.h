#pragma once
// Reads the text of a journal: its transactions, and a problem for every line that is not understood. Nothing is thrown,
// whatever the bytes are, and nothing is looked up: a journal that reads well may still name accounts that nobody knows.
//
//     Problems   problems;
//     const auto entries = read_journal(Syntax::ledger, text, problems);
//
// What all three have in common is read: dated transactions with status, code, description, comments, tags and postings, one of
// which may leave out its amount; declarations of accounts and commodities; balance assertions, which are passed over, because
// the books may hold more than the file. What would change the meaning of other lines is refused: include, automated and
// periodic transactions, virtual postings, aliases, lots, arithmetic.

#include "read/problems.h"
#include "text/journal.h"

namespace journal_export {

inline constexpr std::size_t bytes_max        = 4 << 20;
inline constexpr std::size_t transactions_max = 5'000;
inline constexpr std::size_t line_bytes_max   = 20'000;

std::vector<Entry> read_journal(Syntax syntax, std::string_view text, Problems& problems);

}  // namespace journal_export
