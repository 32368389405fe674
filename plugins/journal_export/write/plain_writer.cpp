#include "write/plain_writer.h"

#include "text/escapes.h"

namespace journal_export {
namespace plain_writer {

// hledger wants a decimal mark even where there are no decimals.
std::string sample(Currency currency, bool always_a_mark) {
    const auto text = Money{1000 * tessera::power_of_ten(currency.decimals()), currency}.str();
    return text + (always_a_mark && currency.decimals() == 0 ? "." : "");
}

char letter_of(financials::Kind kind) {
    switch (kind) {
        case financials::Kind::asset: return 'A';
        case financials::Kind::liability: return 'L';
        case financials::Kind::equity: return 'E';
        case financials::Kind::income: return 'R';
        case financials::Kind::expense: return 'X';
    }
    return 'A';
}

std::string text_of(const Amount& amount) { return amount.str() + ' ' + amount.commodity; }
std::string without_sign(const Amount& amount) { return text_of({std::abs(amount.units), amount.decimals, amount.commodity}); }

}  // namespace plain_writer

void PlainWriter::declare(Currency currency) {
    using plain_writer::sample;
    if (syntax_ == Syntax::hledger)
        out_ += fmt::format("commodity {} {}\n", sample(currency, true), currency.code());
    else
        out_ += fmt::format("commodity {0}\n    format {1} {0}\n", currency.code(), sample(currency, false));
}

void PlainWriter::declare(const DeclaredAccount& account) {
    out_ += "account " + account.name;
    if (syntax_ == Syntax::hledger) out_ += fmt::format("  ; type:{}", plain_writer::letter_of(account.kind));
    out_ += '\n';
}

void PlainWriter::heading(const Heading& heading) {
    out_ += fmt::format("; {}\n; {} to {}, kept in {}\n\n", escaped(heading.company, Place::tag), heading.first_day, heading.last_day,
                        heading.books.code());
    if (syntax_ == Syntax::hledger) out_ += "decimal-mark .\n";
    declare(heading.books);
    for (const auto other : heading.others) declare(other);
    out_ += '\n';
    for (const auto tag : {journal_tag, source_tag, document_tag, reverses_tag, party_tag, party_name_tag, memo_tag})
        out_ += fmt::format("tag {}\n", tag);
    out_ += '\n';
    for (const auto& account : heading.accounts) declare(account);
}

void PlainWriter::tags(const std::vector<Tag>& tags) {
    for (const auto& tag : tags)
        if (!tag.value.empty()) out_ += fmt::format("    ; {}: {}\n", tag.name, escaped(tag.value, Place::tag));
}

void PlainWriter::entry(const Entry& entry) {
    using namespace plain_writer;
    out_ += fmt::format("\n{} *", entry.date);
    if (!entry.code.empty()) out_ += fmt::format(" ({})", escaped(entry.code, Place::code));
    if (!entry.memo.empty()) out_ += ' ' + escaped(entry.memo, Place::description);
    out_ += '\n';
    tags(entry.tags);
    for (const auto& posting : entry.postings) {
        out_ += fmt::format("    {}    {}", posting.account, text_of(*posting.amount));
        if (posting.cost) out_ += " @@ " + without_sign(*posting.cost);
        out_ += '\n';
        tags(posting.tags);
    }
}

void PlainWriter::balances(Date day, const std::vector<Holding>& holdings) {
    using plain_writer::text_of;
    if (holdings.empty()) return;
    out_ += fmt::format("\n{} * Balances\n", day);
    for (const auto& holding : holdings) {
        const Amount nothing{0, holding.amount.decimals, holding.amount.commodity};
        out_ += fmt::format("    {}    {} = {}\n", holding.account, text_of(nothing), text_of(holding.amount));
    }
}

}  // namespace journal_export
