#pragma once
// Matching compares what was ordered, what was accepted and what is asked for, and holds what does not agree. It never
// stops an invoice from being posted; it holds the amount at stake from being paid, until a receipt, a return with its
// debit note, a credit note or a person clears it.
//
//     const auto why = tx.service<purchasing::Matching>().explain(tx, invoice);
//     // "VI-2026-00004 is held for 25.00 of 125.00: 10 Chain invoiced on PO-2026-00002, 8 accepted. Receive 2 more, or
//     //  have the supplier credit 25.00."

#include <purchasing/records.h>

namespace purchasing {

class Matching {
public:
    virtual ~Matching() = default;
    // One sentence (or one per hold) that says why an invoice is held and what clears it, or that it is not.
    virtual std::string explain(const tessera::Snapshot&, Id<VendorInvoice> invoice) const = 0;
    // Judges every posted invoice of an order again; places, changes and clears holds and keeps the open items in
    // step. Called by purchasing itself whenever goods or invoices move; calling it once more changes nothing.
    virtual void judge(tessera::Transaction&, Id<Order> order) = 0;
};

}  // namespace purchasing
