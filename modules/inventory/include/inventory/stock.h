#pragma once
// The stock ledger: what lies where, what it is worth, and which receipt each issue took its goods from. Three
// append-only tables: quantity entries (goods move), value entries (money follows, also later), applications (which
// inbound entry an outbound one consumed). Late cost is a new value entry, never a change.
//
//     JournalEntry entry{.date = receipt.date, …};
//     const auto in = tx.service<Stock>().receive(tx, {.product = p, .location = l, .quantity = q, .date = d, .cost = value,
//                         .counter_role = "purchasing.received_not_invoiced", .source = tx.source_of(receipt, line)}, entry);
//     tx.service<financials::Ledger>().post(tx, entry);
//
// Every verb appends its lines to the caller's entry, so that a document is one entry; the caller posts it in the same
// transaction. The kernel's commit is refused unless the value entries of the command and the lines posted to stock
// accounts agree, account by account ("inventory.value_differs_from_ledger").

#include <catalog/records.h>
#include <financials/ledger.h>

namespace inventory {

using catalog::Product;
using financials::JournalEntry;
using tessera::Date;
using tessera::Id;
using tessera::Money;
using tessera::Quantity;
using tessera::Snapshot;
using tessera::Source;
using tessera::Transaction;

struct Warehouse {                   // inventory.warehouse
    Id<Warehouse> id{};
    std::string   code{};
    std::string   name{};
    bool          active = true;
};

enum class LocationKind { storage, quarantine, transit, production };
constexpr auto names_of(LocationKind) { return tessera::names("storage", "quarantine", "transit", "production"); }

struct Location {                    // inventory.location; value is kept per product over all locations of a company
    Id<Location>  id{};
    Id<Warehouse> warehouse{};
    std::string   code{};
    std::string   name{};
    LocationKind  kind = LocationKind::storage;
    bool          negative_allowed = false;
    bool          active = true;
};

enum class EntryKind { receipt, issue, transfer_out, transfer_in, count_gain, count_loss, supplier_return, return_in };
constexpr auto names_of(EntryKind) {
    return tessera::names("receipt", "issue", "transfer_out", "transfer_in", "count_gain", "count_loss", "supplier_return", "return_in");
}

struct QuantityEntry {               // inventory.quantity_entry
    Id<QuantityEntry> id{};
    std::int64_t      company = 1;
    Id<Product>       product{};
    Id<Location>      location{};
    Date              date{};
    tessera::Instant  recorded_at{};
    EntryKind         kind = EntryKind::receipt;
    Quantity          quantity{};            // positive in, negative out
    Id<financials::Account> account{};       // the stock account its product was booked on
    std::string       counter_role{};        // what stood against it: late cost of goods gone goes there
    std::string       source_entity{};
    std::int64_t      source_id   = 0;
    std::int64_t      source_line = 0;
    Id<QuantityEntry> reverses{};            // the entry this one undoes
};

enum class ValueKind { cost, late_cost, variance, revaluation, rounding };
constexpr auto names_of(ValueKind) { return tessera::names("cost", "late_cost", "variance", "revaluation", "rounding"); }

struct ValueEntry {                  // inventory.value_entry
    Id<ValueEntry>          id{};
    Id<QuantityEntry>       entry{};
    Id<Product>             product{};
    Id<financials::Account> account{};       // the stock account it is booked on
    Date                    date{};
    tessera::Instant        recorded_at{};
    ValueKind               kind = ValueKind::cost;
    Money                   amount{};        // signed change of the stock's value
    std::string             source_entity{};
    std::int64_t            source_id = 0;
};

struct Application {                 // inventory.application
    Id<Application>   id{};
    Id<QuantityEntry> inbound{};
    Id<QuantityEntry> outbound{};
    Quantity          quantity{};
};

struct Receipt {
    Id<Product>  product{};
    Id<Location> location{};
    Quantity     quantity{};                 // > 0
    Date         date{};
    Money        cost{};                     // what it costs, in the books' currency
    std::string  counter_role{};             // credited with `cost`
    std::string  variance_role = "inventory.price_variance";   // standard cost: cost − standard goes there
    Source       source{};
    EntryKind    kind = EntryKind::receipt;
};
struct Received {
    Id<QuantityEntry> entry{};
    Money             value{};               // booked to stock
    Money             variance{};            // cost − value
};

struct Issue {
    Id<Product>       product{};
    Id<Location>      location{};
    Quantity          quantity{};            // > 0
    Date              date{};
    std::string       counter_role{};        // debited with the goods' cost
    Source            source{};
    EntryKind         kind = EntryKind::issue;
    Id<QuantityEntry> from{};                // take exactly these goods, at what they cost (supplier return); else the oldest there, at the average
    std::optional<Money> value{};            // debit the counter role with this instead; the difference to variance_role
    std::string       variance_role = "inventory.price_variance";
};
struct Issued {
    Id<QuantityEntry> entry{};
    Money             cost{};                // taken out of stock
};

struct LateCost {
    Id<QuantityEntry> entry{};               // the receipt it belongs to
    Money             amount{};              // signed
    Date              date{};                // moved to the first open day
    std::string       counter_role{};        // credited with the amount
    std::string       variance_role = "inventory.price_variance";   // where the share of goods gone goes when their period is closed
    Source            source{};
    tessera::Quantity quantity{};            // the part of the receipt it concerns; its goods are alike, so it is spread over all
};
struct Placed {
    Money to_stock{};                        // for goods still here
    Money to_issues{};                       // for goods issued while their period is open: to the account of that issue
    Money to_variance{};
};

// Undoes one entry: the goods go back where they came from, or come back, at the cost they had.
struct Reversal {
    Id<QuantityEntry>    entry{};
    Date                 date{};
    std::optional<Money> value{};            // what its counter role was booked with, where that was not the goods' cost
    std::string          variance_role = "inventory.price_variance";
    Source               source{};
};
struct Reversed {
    Id<QuantityEntry> entry{};
    Money             value{};               // signed change of the stock's value
};

class Stock {
public:
    virtual ~Stock() = default;
    virtual Received receive(Transaction&, const Receipt&, JournalEntry& entry) = 0;
    // Refused "inventory.not_enough" unless the location allows negative stock.
    virtual Issued   issue(Transaction&, const Issue&, JournalEntry& entry) = 0;
    // Moves goods between locations: two quantity entries, no change of value. The oldest that lie there go along.
    virtual void     transfer(Transaction&, Id<Product>, Id<Location> from, Id<Location> to, Quantity, Date, const Source&) = 0;
    // Architecture policy 1 and 2: a late cost (invoice variance, freight) is its own dated event, split between stock
    // on hand and goods already issued. Products at standard cost: all of it is variance.
    virtual Placed   add_cost(Transaction&, const LateCost&, JournalEntry& entry) = 0;
    // The mirror image of an entry. A receipt can be undone while all its goods are here (else refused
    // "inventory.goods_gone"); an issue gives back what it took, from the receipts it took it from.
    virtual Reversed reverse(Transaction&, const Reversal&, JournalEntry& entry) = 0;
    virtual Quantity on_hand(const Snapshot&, Id<Product>, Id<Location> location = {}) const = 0;
    virtual Money    value(const Snapshot&, Id<Product>) const = 0;
    virtual Id<financials::Account> stock_account(const Snapshot&, Id<Product>) const = 0;
    // How much of a receipt's goods is still here.
    virtual Quantity remaining(const Snapshot&, Id<QuantityEntry>) const = 0;
};

}  // namespace inventory
