#include "services/deferring.h"

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

namespace deferral_entity {

void check(tessera::Transaction& tx, RevenueRecognition& document) {
    if (document.state != PostingState::draft) return;
    if (document.up_to.empty()) document.up_to = tx.today();
    list_what_is_earned(tx, document);
}

}  // namespace deferral_entity

void declare_deferral(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Deferral>("sales.deferral", "Deferred revenue")
        .plural("Deferred revenue")
        .path("deferrals")
        .field("invoice", &Deferral::invoice, required, indexed)
        .field("invoice_line", &Deferral::invoice_line, not_in_list)
        .field("customer", &Deferral::customer)
        .field("description", &Deferral::description)
        .field("earned_from", &Deferral::earned_from)
        .field("earned_to", &Deferral::earned_to)
        .field("amount", &Deferral::amount)
        .field("earned", &Deferral::earned, help("Posted to revenue so far"))
        .field("basis_from", &Deferral::basis_from, not_in_list, help("From here on the rest is spread evenly"))
        .field("basis_earned", &Deferral::basis_earned, not_in_list, help("Earned before it"))
        .field("account", &Deferral::account, not_in_list, help("Where it is earned; that of sales.revenue when none"))
        .field("state", &Deferral::state)
        .display("description")
        .help("What is invoiced and earned later, day by day")
        .menu(Menu::ledgers)
        .made_by_commands();
    kernel.schema("CREATE INDEX IF NOT EXISTS sales_deferral_open ON sales_deferral (id) WHERE state = 'open'");
    kernel.entity<EarnedEntry>("sales.earned_entry", "Earned revenue entry")
        .plural("Earned revenue entries")
        .field("deferral", &EarnedEntry::deferral, indexed)
        .field("date", &EarnedEntry::date)
        .field("recorded_at", &EarnedEntry::recorded_at)
        .field("amount", &EarnedEntry::amount)
        .field("source_entity", &EarnedEntry::source_entity, not_in_list)
        .field("source_id", &EarnedEntry::source_id, not_in_list)
        .help("What of deferred revenue was earned, and taken back")
        .menu(Menu::ledgers)
        .append_only();
    kernel.entity<RevenueRecognitionLine>("sales.revenue_recognition_line", "Revenue recognition line")
        .part_of(&RevenueRecognitionLine::document)
        .field("deferral", &RevenueRecognitionLine::deferral, read_only)
        .field("invoice", &RevenueRecognitionLine::invoice, read_only)
        .field("amount", &RevenueRecognitionLine::amount, read_only)
        .display("deferral");
    kernel.entity<RevenueRecognition>("sales.revenue_recognition", "Revenue recognition")
        .needs("sales.recognise")
        .worth("amount")
        .field("number", &RevenueRecognition::number, read_only, unique, searchable, help("Given when it is posted"))
        .field("up_to", &RevenueRecognition::up_to, help("What was earned until that day; today when left out"))
        .field("amount", &RevenueRecognition::amount, read_only)
        .field("state", &RevenueRecognition::state, read_only)
        .field("reversed_on", &RevenueRecognition::reversed_on, read_only, not_in_list)
        .field("entry", &RevenueRecognition::entry, read_only, not_in_list)
        .lines("lines", &RevenueRecognition::lines)
        .display("number")
        .help("Posts what was earned of deferred revenue up to a day")
        .editable_while(PostingState::draft)
        .validate(deferral_entity::check);
}

}  // namespace sales
