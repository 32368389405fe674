#pragma once
// What customers bought, when and for how much: the one log that the analysis of customers reads (customer_value.h), whoever keeps the
// purchases. A module that sells contributes its documents; what was bought before these books began is a crm.past_purchase.
//
//     kernel.contribute(crm::PurchaseSource{"sales.invoices", "Invoices", visit_invoices});
//     …
//     tx.service<crm::PurchaseLog>().each(tx, {.until = tx.today()}, [&](const crm::PurchaseFact& fact) { … });
//
// Amounts are in the currency of the books, without tax where the source knows it. A return is no purchase: a source leaves it out, or
// lowers the purchase that it undoes. Two sources must not give the same purchase.

#include <crm/timeline.h>

#include <functional>

namespace crm {

struct PurchaseFact {
    Id<Party> party{};
    Date      day{};
    Money     amount{};
};
using VisitPurchase = std::function<void(const PurchaseFact&)>;

// Which are asked for; what is empty does not narrow.
struct PurchaseQuestion {
    Id<Party> party{};
    Date      from{}, until{};  // both included
};

// Gives each purchase that is asked for, in any order.
struct PurchaseSource {
    std::string name{};   // "sales.invoices"
    std::string title{};  // "Invoices"
    void (*visit)(const Snapshot&, const PurchaseQuestion&, const VisitPurchase&) = nullptr;
};

class PurchaseLog {
public:
    virtual ~PurchaseLog() = default;
    // The purchases of all sources, in any order.
    virtual void each(const Snapshot&, const PurchaseQuestion&, const VisitPurchase&) const = 0;
};

// A purchase of before these books, from another system: entered or imported.
struct PastPurchase {                     // crm.past_purchase
    Id<PastPurchase> id{};
    Id<Party>        party{};
    Date             day{};
    Money            amount{};            // in the currency of the books
    std::string      reference{};         // its number there
};

}  // namespace crm
