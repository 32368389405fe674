//     draft --post--> posted --reverse--> reversed

#include "workflow/reversal.h"

#include <financials/manual_entry.h>

namespace financials {
namespace manual_entry_posting {

using tessera::Refused;

void post(Transaction& tx, ManualEntry& manual) {
    if (manual.lines.empty())
        throw Refused("financials.no_lines", "To post the entry \"{}\", give it lines.", manual.memo);
    JournalEntry entry{.date    = manual.date,
                       .journal = std::string(tessera::name_of(manual.journal)),
                       .memo    = manual.memo,
                       .source  = tx.source_of(manual)};
    for (const auto& line : manual.lines)
        entry.lines.push_back({.account = line.account,
                               .debit   = line.debit,
                               .credit  = line.credit,
                               .party   = line.party,
                               .memo    = line.memo});
    manual.entry = tx.service<Ledger>().post(tx, entry);
    if (!manual.entry)
        throw Refused("financials.no_lines", "To post the entry \"{}\", give it lines that do not cancel out.",
                      manual.memo);
    manual.number = tx.number("ME", manual.date);
}

void reverse(Transaction& tx, ManualEntry& manual, const Reversal& input) {
    tx.because(input.reason);
    auto& ledger = tx.service<Ledger>();
    ledger.reverse(tx, manual.entry, ledger.reversal_date(tx, manual.date, input.date), input.reason);
}

}  // namespace manual_entry_posting

void declare_manual_entry_posting(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&ManualEntry::state)
        .transition("post", ManualEntryState::draft, ManualEntryState::posted, needs("financials.post"),
                    manual_entry_posting::post)
        .transition("reverse", ManualEntryState::posted, ManualEntryState::reversed, needs("financials.post"),
                    destructive, explained("Posts the mirror image of the entry."), manual_entry_posting::reverse);
}

}  // namespace financials
