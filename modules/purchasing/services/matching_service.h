#pragma once
// The Matching service, and how documents that are being posted ask for the same judgement with the order at hand.

#include <purchasing/matching.h>

namespace purchasing {

struct JudgedNow {
    Date              on{};
    Id<VendorInvoice> invoice{};  // being posted: judged with the posted ones, its held amount set by the caller
    Id<VendorInvoice> removed_invoice{};  // being reversed: no longer judged
};

// Judges the invoices of an order as its lines stand in memory. Places, changes and clears holds, and brings the held
// amounts of the other invoices' open items in step.
void judge_order(tessera::Transaction& tx, const Order& order, const JudgedNow& now);

// Keeps beside a hold that was just inserted or saved what it is from that day on.
void record(tessera::Transaction& tx, const MatchHold& hold, Date on);

// The sum of what blocks an invoice.
Money held_of(const tessera::Snapshot& tx, Id<VendorInvoice> invoice, Currency currency);
// Brings a posted invoice and its open item in step with its holds.
void refresh_held(tessera::Transaction& tx, Id<VendorInvoice> invoice);
// "On PO-2026-00002 line 1 (Chain) 10 were invoiced and 8 accepted"
std::string why_of(const tessera::Snapshot& tx, const MatchHold& hold);

class MatchingService : public Matching {
public:
    std::string explain(const tessera::Snapshot& tx, Id<VendorInvoice> invoice) const override;
    void        judge(tessera::Transaction& tx, Id<Order> order) override;
};

}  // namespace purchasing
