#pragma once
// The seal of a journal entry: SHA-256, in hexadecimal, over the previous entry's seal and every column of the entry and
// of its lines. Changing, adding or removing anything in the past breaks every seal after it.
//
// Version 1 hashes these texts one after another, each written as its number of bytes, a colon, the bytes and a comma
// ("4:JE-1,"), numbers as decimal digits, none as the empty text:
//
//     previous seal, company, number, date, recorded at (microseconds since 1970), journal, memo, source entity, source
//     id, reversed entry, user, number of lines; then for each line in the order of ids: account, date, amount (minor
//     units, positive debit), party, memo, currency, foreign amount (minor units)

#include <financials/ledger.h>

#include <span>

namespace financials {

struct SealedLine {
    std::int64_t     account = 0;
    Date             date{};
    std::int64_t     amount = 0;
    std::int64_t     party  = 0;
    std::string_view memo{};
    std::string_view currency{};
    std::int64_t     foreign_amount = 0;
};

// The text that is hashed; for whoever wants to follow it by hand.
std::string sealed_text(std::string_view previous, const PostedEntry& entry, std::span<const SealedLine> lines);
std::string seal(std::string_view previous, const PostedEntry& entry, std::span<const SealedLine> lines);

}  // namespace financials
