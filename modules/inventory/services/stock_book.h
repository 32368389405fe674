#pragma once
// The StockBook is where the stock ledger is written: quantity entries, value entries, applications, and the balances
// kept beside them. It knows how to book, not what a document means; that is the stock service's business.
//
// A StockBook lives on the stack of one call; what it remembers between calls of a command is in the StockMemory.

#include "services/stock_memory.h"

namespace inventory {

// A piece of an inbound entry that an outbound one takes, or of an outbound one that waited.
struct Taken {
    Id<QuantityEntry> entry{};
    Quantity          quantity{};
    Date              date{};  // the entry's
};

class StockBook {
public:
    explicit StockBook(Transaction& tx);

    const ProductFacts&  product(Id<Product> product);
    const LocationFacts& location(Id<Location> location);
    Kept&                kept(Id<Product> product);
    bool                 is_open(Date date);

    // Guards common to every movement: stocked, positive, active.
    void check(Id<Product> product, Id<Location> location, Quantity quantity);
    // For movements that post nothing and so are not checked by the ledger. Refused "inventory.period_closed".
    void require_open(Id<Product> product, Date date);

    // Writes the entry, changes the balance at the location and company-wide. Refused "inventory.counted_since" and
    // "inventory.not_enough".
    Id<QuantityEntry> move(QuantityEntry entry, bool changes_holding = true);
    // Writes a value entry of a product (and, where it belongs to goods, of their entry) and changes what it is worth.
    void book(Id<Product> product, Id<QuantityEntry> entry, Id<Location> location, Date date, ValueKind kind,
              Money amount, const Source& source);

    // Takes from the open inbound entries of a product until `quantity` is reached: the oldest first of those whose goods
    // lie at the location, then of the others. Negative: from the outbound ones that wait. What is taken is no longer open.
    std::vector<Taken> take(Id<Product> product, Id<Location> location, Quantity quantity);
    // Takes from one inbound entry. Where its goods lie elsewhere, others that lie at the location take their place there.
    // Refused "inventory.goods_gone" when less is left of it.
    void take_from(Id<QuantityEntry> entry, Id<Product> product, Id<Location> location, Quantity quantity);
    // Makes an inbound entry (positive) or a waiting outbound one (negative) open at a location by so much more.
    void leave_open(Id<Product> product, Id<QuantityEntry> entry, Id<Location> location, Date date, Quantity quantity);
    void apply(Id<QuantityEntry> inbound, Id<QuantityEntry> outbound, Quantity quantity);

private:
    std::vector<Taken> take_at(Id<Product> product, Id<Location> location, Quantity quantity);
    void refuse_counted(const QuantityEntry& entry, Date counted_on);
    void refuse_negative(const QuantityEntry& entry, Quantity left);
    void change_holding(Id<Product> product, const Holding& change);
    void remember_account(Id<financials::Account> account);
    void watch();

    Transaction& tx_;
    StockMemory& memory_;
};

// Which account a product's goods are booked on when none of them are on hand yet: that of its category or the nearest
// one above, else the account of the role inventory.stock.
Id<financials::Account> account_of_category(const Snapshot& tx, Id<catalog::Category> category);
// What is kept of a product; an empty account when nothing ever was.
Kept kept_of(const Snapshot& tx, Id<Product> product);
// The day of the last count of a product at a location; none: never.
Date counted_on(const Snapshot& tx, Id<Product> product, Id<Location> location);

// Whether the stock ledger has ever booked on an account.
bool is_stock_account(Transaction& tx, Id<financials::Account> account);

// Compares value entries with journal lines; runs before the commit.
void compare_with_ledger(Transaction& tx);

}  // namespace inventory
