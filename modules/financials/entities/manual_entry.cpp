// What accountants type, as a document.

#include <financials/manual_entry.h>

namespace financials {
namespace manual_entry {

using tessera::Refused;

void check(Transaction&, ManualEntry& entry) {
    for (std::size_t i = 0; i < entry.lines.size(); ++i) {
        const auto& line = entry.lines[i];
        if (line.debit.is_zero() == line.credit.is_zero())
            throw Refused("financials.one_side", "To save line {}, give either a debit or a credit.", i + 1)
                .with_status(422)
                .with_field(fmt::format("lines[{}].debit", i));
    }
}

void check_removal(Transaction&, const ManualEntry& entry) {
    if (entry.state != ManualEntryState::draft)
        throw Refused("financials.entry_posted", "To undo manual entry {}, reverse it: it is posted.", entry.number);
}

}  // namespace manual_entry

void declare_manual_entries(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<ManualEntryLine>("financials.manual_entry_line", "Manual entry line")
        .part_of(&ManualEntryLine::document)
        .field("account", &ManualEntryLine::account, required)
        .field("debit", &ManualEntryLine::debit, not_negative)
        .field("credit", &ManualEntryLine::credit, not_negative)
        .field("party", &ManualEntryLine::party)
        .field("memo", &ManualEntryLine::memo);

    kernel.entity<ManualEntry>("financials.manual_entry", "Manual entry")
        .plural("Manual entries")
        .path("manual_entries")
        .help("An entry typed by an accountant. Posting puts it into the journal, where only a reversal undoes it.")
        .menu(Menu::documents)
        .field("number", &ManualEntry::number, read_only, unique, searchable)
        .field("date", &ManualEntry::date, required)
        .field("journal", &ManualEntry::journal)
        .field("memo", &ManualEntry::memo, required, searchable)
        .field("state", &ManualEntry::state, read_only)
        .field("entry", &ManualEntry::entry, read_only)
        .lines("lines", &ManualEntry::lines)
        .display("number")
        .editable_while(ManualEntryState::draft)
        .needs("financials.post")
        .validate(manual_entry::check)
        .before_remove(manual_entry::check_removal);
}

}  // namespace financials
