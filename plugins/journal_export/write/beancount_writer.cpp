#include "write/beancount_writer.h"

#include "text/escapes.h"

#include "write/plain_writer.h"

namespace journal_export {
namespace beancount_writer {

std::string text_of(const Amount& amount) { return amount.str() + ' ' + amount.commodity; }

// A tenth of the smallest unit.
std::string tolerance(Currency currency) { return tessera::format_decimal(1, currency.decimals() + 1, currency.decimals() + 1); }

}  // namespace beancount_writer

void BeancountWriter::heading(const Heading& heading) {
    using namespace beancount_writer;
    out_ += fmt::format("option \"title\" {}\n", quoted(heading.company));
    out_ += fmt::format("option \"operating_currency\" \"{}\"\n", heading.books.code());
    out_ += fmt::format("option \"inferred_tolerance_default\" \"{}:{}\"\n", heading.books.code(), tolerance(heading.books));
    out_ += fmt::format("; {} to {}\n\n", heading.first_day, heading.last_day);
    out_ += fmt::format("{} commodity {}\n", heading.opened_on, heading.books.code());
    for (const auto other : heading.others) out_ += fmt::format("{} commodity {}\n", heading.opened_on, other.code());
    out_ += '\n';
    for (const auto& account : heading.accounts)
        out_ += fmt::format("{} open {}\n  code: {}\n  name: {}\n", heading.opened_on, account.name, quoted(account.code),
                            quoted(account.title));
}

void BeancountWriter::tags(const std::vector<Tag>& tags, std::string_view indent) {
    for (const auto& tag : tags)
        if (!tag.value.empty()) out_ += fmt::format("{}{}: {}\n", indent, tag.name, quoted(tag.value));
}

void BeancountWriter::entry(const Entry& entry) {
    using beancount_writer::text_of;
    out_ += fmt::format("\n{} * {}\n", entry.date, quoted(entry.memo));
    if (!entry.code.empty()) tags({{std::string(number_tag), entry.code}}, "  ");
    tags(entry.tags, "  ");
    for (const auto& posting : entry.postings) {
        out_ += fmt::format("  {}    {}", posting.account, text_of(*posting.amount));
        if (posting.cost) out_ += " @@ " + text_of({std::abs(posting.cost->units), posting.cost->decimals, posting.cost->commodity});
        out_ += '\n';
        tags(posting.tags, "    ");
    }
}

void BeancountWriter::balances(Date day, const std::vector<Holding>& holdings) {
    const auto next = day.plus_days(1);
    if (!holdings.empty()) out_ += '\n';
    for (const auto& [account, amount] : holdings) {
        const Amount nothing{0, amount.decimals, amount.commodity};
        out_ += fmt::format("{} balance {}    {} ~ {} {}\n", next, account, amount.str(), nothing.str(), amount.commodity);
    }
}

std::unique_ptr<JournalWriter> journal_writer(Syntax syntax, std::string& out) {
    if (syntax == Syntax::beancount) return std::make_unique<BeancountWriter>(out);
    return std::make_unique<PlainWriter>(syntax, out);
}

}  // namespace journal_export
