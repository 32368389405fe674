#pragma once
// When goods that left become cost of sales: as they leave, or with their invoice (sales.settings). In the second case their cost
// stands on sales.shipped_not_invoiced, and of every order line the part that belongs to what is invoiced is moved on:
//
//     10 left for 100.00; 4 are invoiced: 40.00 is cost of sales; late freight of 10.00: 4.00 more; one comes back: …
//
// What is to be recognised is computed anew whenever goods, invoices or costs of a line change, and the difference is posted. Goods
// that come back are no cost any more, whether they are credited yet or not.

#include "services/orders_at_work.h"

namespace sales {

// The role against which goods leave, by the settings.
std::string_view role_of_cost(const tessera::Snapshot& tx);
// That of goods which left already; a return goes against it.
std::string      role_of_cost(const tessera::Snapshot& tx, Id<inventory::QuantityEntry> entry);

// What a document does to sales.shipped_not_invoiced: made before the stock ledger appends to its entry, asked afterwards.
class CostWatch {
public:
    explicit CostWatch(const financials::JournalEntry& entry);
    // Enters the change for a line of which `quantity` left (negative: came back).
    void enter(tessera::Transaction& tx, Id<OrderLine> line, Quantity quantity) const;

private:
    const financials::JournalEntry& entry_;
    Money                           before_{};
};

// How much of what stands on the account for a line stays there: `moved` for `quantity` goods.
Money not_invoiced(const OrderLine& line, Money moved, Quantity quantity);

// Moves what is to be recognised of the lines of these orders; an entry of its own when there is any.
void recognise_cost(tessera::Transaction& tx, const OrdersAtWork& orders, Date on, const tessera::Source& source, const std::string& memo);
void contribute_cost_recognition(tessera::Kernel& kernel);

}  // namespace sales
