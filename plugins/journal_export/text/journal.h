#pragma once
// A transaction as the text of a journal has it: what the writers get and the readers give. Nothing here knows the books.
//
//     2026-01-31 * (JE-2026-00001) Rent January         date, code, memo
//         ; journal: general                            a tag of the entry
//         expenses:6050 Rent    900.00 USD              a posting
//         ; memo: Second floor                          a tag of that posting
//         assets:1010 Bank    -800.00 EUR @@ 900.00 USD     an amount and what all of it cost

#include <journal_export/records.h>

namespace journal_export {

// An exact number and what it counts: units / 10^decimals. The commodity is empty where the text names none.
struct Amount {
    std::int64_t units    = 0;
    int          decimals = 0;
    std::string  commodity{};
    std::string  str() const { return tessera::format_decimal(units, decimals, decimals); }
};
inline Amount amount_of(Money money) { return {money.minor(), money.currency().decimals(), std::string(money.currency().code())}; }

struct Tag {
    std::string name{};
    std::string value{};
};

struct Posting {
    std::string           account{};
    std::optional<Amount> amount{};  // none: what the other postings leave
    std::optional<Amount> cost{};
    std::vector<Tag>      tags{};
    std::int64_t          line     = 0;
    bool                  asserted = false;  // a balance is asserted beside it
};

struct Entry {
    Date                 date{};
    std::string          code{};
    std::string          memo{};
    std::vector<Tag>     tags{};
    std::vector<Posting> postings{};
    std::int64_t         line  = 0;
    bool                 whole = true;  // false: a problem was found, and some of it was not understood
};

// "" when there is no such tag.
std::string tag_of(const std::vector<Tag>& tags, std::string_view name);

// The tags this plugin writes. An entry that has the tag journal was written by it, with the escapes of escapes.h.
inline constexpr std::string_view journal_tag = "journal", source_tag = "source", document_tag = "document", reverses_tag = "reverses",
                                  number_tag = "number", party_tag = "party", party_name_tag = "party_name", memo_tag = "memo";

}  // namespace journal_export
