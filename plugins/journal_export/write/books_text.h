#pragma once
// The books of a span of days as the text of a journal: every entry posted in it, before them what the accounts held, after
// them what they hold.
//
//     const auto text = books_text(tx, {.syntax = Syntax::ledger, .first_day = "2026-01-01"_date, .last_day = tx.today()});
//
// It needs no more than a snapshot and depends on nothing but the books: the same books give the same bytes.
//
// Refused, in this order: journal_export.partly_seen (403), journal_export.dates_reversed (422), journal_export.too_large (413),
// journal_export.books_damaged.

#include <journal_export/records.h>

namespace journal_export {

struct Span {
    Syntax syntax = Syntax::hledger;
    Date   first_day{};  // none: that of the first entry
    Date   last_day{};   // none: today

    std::int64_t lines_max = 250'000;  // of the journal
};

struct BooksText {
    Date         first_day{}, last_day{};
    std::int64_t entries = 0;
    std::string  text{};
};

BooksText books_text(const Snapshot& tx, const Span& span);

}  // namespace journal_export
