// An export: a span of days whose text is attached to it once it is written.
//
//     draft --write--> written

#include <journal_export/records.h>

#include "write/books_text.h"

#include <tessera/attachments.h>

namespace journal_export {
namespace exports {

using tessera::Refused;

void complete(Transaction& tx, Export& wanted) {
    if (!wanted.last_day.empty() && wanted.last_day < wanted.first_day)
        throw Refused("journal_export.dates_reversed", "To export {} to {}, choose a last day that is not before the first.",
                      wanted.first_day, wanted.last_day)
            .with_status(422)
            .with_field("last_day");
    if (wanted.number.empty()) wanted.number = tx.number("JX", tx.today());
}

void write(Transaction& tx, Export& wanted) {
    auto text        = books_text(tx, {.syntax = wanted.format, .first_day = wanted.first_day, .last_day = wanted.last_day});
    wanted.first_day = text.first_day;
    wanted.last_day  = text.last_day;
    wanted.entries   = text.entries;
    wanted.file      = fmt::format("books_{}_{}.{}", text.first_day, text.last_day, tessera::name_of(wanted.format));
    tessera::attachments::attach(tx, tx.source_of(wanted),
                                 {.name = wanted.file, .media_type = "text/plain", .bytes = std::move(text.text)});
}

}  // namespace exports

void declare_exports(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Export>("journal_export.export", "Journal export")
        .help("The entries of a span of days as text for hledger, ledger or beancount. The file is attached when it is written.")
        .field("number", &Export::number, read_only, unique, searchable)
        .field("format", &Export::format, help("The program that is to read it"))
        .field("first_day", &Export::first_day,
               help("The day of the first entry when left empty; what was before becomes opening balances"))
        .field("last_day", &Export::last_day, help("Inclusive; the day on which it is written when left empty"))
        .field("file", &Export::file, read_only)
        .field("entries", &Export::entries, read_only)
        .field("state", &Export::state, read_only)
        .display("number")
        .editable_while(ExportState::draft)
        .not_deletable()
        // The file says what the ledger says: who may not see the one does not see the other.
        .read_needs("financials.read")
        .needs("journal_export.write")
        .validate(exports::complete);

    kernel.workflow(&Export::state)
        .transition("write", ExportState::draft, ExportState::written, needs("journal_export.write"),
                    explained("Attaches the text of the books."), exports::write);
}

}  // namespace journal_export
