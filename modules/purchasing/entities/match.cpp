#include <purchasing/records.h>

#include "declare.h"

namespace purchasing {

void declare_match(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<MatchAllocation>("purchasing.match_allocation", "Match allocation")
        .field("purchase_order", &MatchAllocation::purchase_order, indexed)
        .field("order_line", &MatchAllocation::order_line)
        .field("receipt_line", &MatchAllocation::receipt_line)
        .field("invoice_line", &MatchAllocation::invoice_line)
        .field("quantity", &MatchAllocation::quantity, help("Negative: taken back"))
        .field("cost", &MatchAllocation::cost, help("Price difference added to these goods"))
        .field("date", &MatchAllocation::date)
        .field("recorded_at", &MatchAllocation::recorded_at, not_in_list)
        .field("source_entity", &MatchAllocation::source_entity, not_in_list)
        .field("source_id", &MatchAllocation::source_id, not_in_list)
        .help("Which received goods an invoice line pays for")
        .menu(Menu::ledgers)
        .append_only();
    kernel.entity<ClearingEntry>("purchasing.clearing_entry", "Received-not-invoiced entry")
        .plural("Received-not-invoiced entries")
        .field("purchase_order", &ClearingEntry::purchase_order, indexed)
        .field("order_line", &ClearingEntry::order_line)
        .field("kind", &ClearingEntry::kind)
        .field("date", &ClearingEntry::date)
        .field("recorded_at", &ClearingEntry::recorded_at, not_in_list)
        .field("quantity", &ClearingEntry::quantity)
        .field("amount", &ClearingEntry::amount, help("Credit of the account, at order price"))
        .field("price_variance", &ClearingEntry::price_variance, help("Booked beside it"))
        .field("exchange_difference", &ClearingEntry::exchange_difference, help("Booked beside it"))
        .field("source_entity", &ClearingEntry::source_entity, not_in_list)
        .field("source_id", &ClearingEntry::source_id, not_in_list)
        .field("source_line", &ClearingEntry::source_line, not_in_list)
        .help("What each document put on received-not-invoiced, by order line")
        .menu(Menu::ledgers)
        .append_only();
    kernel.entity<MatchHold>("purchasing.match_hold", "Match hold")
        .field("invoice", &MatchHold::invoice, required, indexed)
        .field("invoice_line", &MatchHold::invoice_line, not_in_list)
        .field("purchase_order", &MatchHold::purchase_order, indexed)
        .field("order_line", &MatchHold::order_line, not_in_list)
        .field("reason", &MatchHold::reason)
        .field("blocking", &MatchHold::blocking, help("No: a warning, nothing is held"))
        .field("quantity", &MatchHold::quantity)
        .field("currency", &MatchHold::currency, not_in_list)
        .field("amount", &MatchHold::amount, help("At stake"))
        .field("since", &MatchHold::since)
        .field("state", &MatchHold::state)
        .field("clears_when", &MatchHold::clears_when, help("What clears it"))
        .field("may_release", &MatchHold::may_release, not_in_list, help("The permission that releasing it takes"))
        .field("released_by", &MatchHold::released_by, not_in_list)
        .field("release_reason", &MatchHold::release_reason, not_in_list)
        .field("ended_on", &MatchHold::ended_on, not_in_list, help("When it was released or cleared"))
        .display("reason")
        .help("Why part of an invoice is not paid yet; who may release holds may release it")
        .menu(Menu::ledgers)
        .made_by_commands();
    kernel.entity<HoldEntry>("purchasing.hold_entry", "Hold entry")
        .plural("Hold entries")
        .field("hold", &HoldEntry::hold, indexed)
        .field("date", &HoldEntry::date)
        .field("recorded_at", &HoldEntry::recorded_at)
        .field("state", &HoldEntry::state)
        .field("blocking", &HoldEntry::blocking)
        .field("quantity", &HoldEntry::quantity)
        .field("currency", &HoldEntry::currency, not_in_list)
        .field("amount", &HoldEntry::amount, help("At stake from then on"))
        .field("clears_when", &HoldEntry::clears_when, not_in_list, help("What clears it"))
        .help("What became of each hold, and when: placed, changed, released or cleared")
        .menu(Menu::ledgers)
        .append_only();
}

}  // namespace purchasing
