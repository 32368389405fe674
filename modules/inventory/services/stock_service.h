#pragma once
// The stock service: what each verb of the contract means for quantities, values, applications and the caller's entry.

#include "services/late_cost.h"

namespace inventory {

class StockService : public Stock {
public:
    Received receive(Transaction& tx, const Receipt& receipt, JournalEntry& entry) override;
    Issued   issue(Transaction& tx, const Issue& issue, JournalEntry& entry) override;
    void     transfer(Transaction& tx, Id<Product> product, Id<Location> from, Id<Location> to, Quantity quantity,
                      Date date, const Source& source) override;
    Placed   add_cost(Transaction& tx, const LateCost& cost, JournalEntry& entry) override;
    Reversed reverse(Transaction& tx, const Reversal& reversal, JournalEntry& entry) override;

    // A receipt that undoes an issue while other issues wait for goods.
    Received receive(Transaction& tx, const Receipt& receipt, Id<QuantityEntry> reverses, JournalEntry& entry);

    Quantity                on_hand(const Snapshot& tx, Id<Product> product, Id<Location> location) const override;
    Money                   value(const Snapshot& tx, Id<Product> product) const override;
    Id<financials::Account> stock_account(const Snapshot& tx, Id<Product> product) const override;
    Quantity                remaining(const Snapshot& tx, Id<QuantityEntry> entry) const override;
};

// Changes what a product is worth without moving goods, and posts the change against inventory.revaluation.
void revalue(Transaction& tx, Id<Product> product, Money change, Date date, const Source& source, JournalEntry& entry);

}  // namespace inventory
