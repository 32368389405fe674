#include "services/stock_book.h"

#include "services/stock_balances.h"

#include <algorithm>

namespace inventory {

using tessera::Refused;

namespace stock_book {

struct OpenRow {
    Id<QuantityEntry> entry{};
    Id<Location>      location{};
    Date              date{};
    Quantity          remaining{};
};

bool is_empty(const Holding& holding) { return holding.quantity.is_zero() && holding.value.is_zero(); }

// No location: wherever they are.
std::vector<OpenRow> some_open(const Transaction& tx, Id<Product> product, Id<Location> location, std::int64_t sign,
                               std::int64_t how_many) {
    if (location)
        return tx.rows<OpenRow>(
            "SELECT entry, location, date, remaining FROM inventory_open_entry"
            " WHERE product = :product AND location = :location AND remaining * :sign > 0"
            " ORDER BY date, entry LIMIT :how_many",
            product, location, sign, how_many);
    return tx.rows<OpenRow>(
        "SELECT entry, location, date, remaining FROM inventory_open_entry"
        " WHERE product = :product AND remaining * :sign > 0 ORDER BY date, entry, location LIMIT :how_many",
        product, sign, how_many);
}

void change_remaining(Transaction& tx, Id<Product> product, const OpenRow& open, Quantity left) {
    if (left.is_zero())
        tx.execute(
            "DELETE FROM inventory_open_entry WHERE product = :product AND location = :location AND date = :date AND entry = :entry",
            product, open.location, open.date, open.entry);
    else
        tx.execute(
            "UPDATE inventory_open_entry SET remaining = :left"
            " WHERE product = :product AND location = :location AND date = :date AND entry = :entry",
            left, product, open.location, open.date, open.entry);
}

}  // namespace stock_book

Id<financials::Account> account_of_category(const Snapshot& tx, Id<catalog::Category> category) {
    struct Row {
        Id<financials::Account> account{};
        Id<catalog::Category>   parent{};
    };
    for (int depth = 0; category && depth < 100; ++depth) {
        const auto row = tx.row<Row>(
            "SELECT a.account, c.parent FROM catalog_category c"
            " LEFT JOIN inventory_category_account a ON a.category = c.id WHERE c.id = :category",
            category);
        if (!row) break;
        if (row->account) return row->account;
        category = row->parent;
    }
    return tx.service<financials::Ledger>().account_of(tx, "inventory.stock");
}

Kept kept_of(const Snapshot& tx, Id<Product> product) {
    const auto account = tx.value<Id<financials::Account>>("SELECT account FROM inventory_product_account WHERE product = :product", product);
    if (!account) return {.holding = {.value = tx.books().zero()}};
    const auto now = tx.balance(ProductValue{.product = product, .account = *account});
    return {*account, {now.quantity, now.value}, true};
}

Date counted_on(const Snapshot& tx, Id<Product> product, Id<Location> location) {
    return tx.value<Date>("SELECT day FROM inventory_counted_on WHERE product = :product AND location = :location", product, location).value_or(Date{});
}

StockBook::StockBook(Transaction& tx) : tx_(tx), memory_(tx.scratch<StockMemory>()) {}

const ProductFacts& StockBook::product(Id<Product> product) {
    auto [it, fresh] = memory_.products.try_emplace(product.value);
    if (!fresh) return it->second;
    auto facts = tx_.row<ProductFacts>(
        "SELECT number, stocked, costing, standard_cost, category FROM catalog_product WHERE id = :id", product);
    if (!facts) {
        memory_.products.erase(it);
        throw Refused("inventory.no_product", "To move stock, choose a product that exists; {} does not.", product)
            .with_status(422);
    }
    return it->second = std::move(*facts);
}

const LocationFacts& StockBook::location(Id<Location> location) {
    auto [it, fresh] = memory_.locations.try_emplace(location.value);
    if (!fresh) return it->second;
    auto facts = tx_.row<LocationFacts>("SELECT code, negative_allowed, active FROM inventory_location WHERE id = :id",
                                        location);
    if (!facts) {
        memory_.locations.erase(it);
        throw Refused("inventory.no_location", "To move stock, choose a location that exists; {} does not.", location)
            .with_status(422);
    }
    return it->second = std::move(*facts);
}

// Goods stay on the account they came in on until they are gone, so that a changed mapping never splits one stock.
Kept& StockBook::kept(Id<Product> product) {
    auto [it, fresh] = memory_.kept.try_emplace(product.value);
    auto& kept       = it->second;
    if (fresh) {
        kept = kept_of(tx_, product);
        if (!stock_book::is_empty(kept.holding)) return kept;
        const auto account = account_of_category(tx_, this->product(product).category);
        kept.account_kept  = kept.account_kept && account == kept.account;
        kept.account       = account;
    }
    return kept;
}

bool StockBook::is_open(Date date) {
    auto [it, fresh] = memory_.open_days.try_emplace(date.days());
    if (fresh) it->second = tx_.service<financials::Ledger>().is_open(tx_, date);
    return it->second;
}

void StockBook::check(Id<Product> product, Id<Location> location, Quantity quantity) {
    const auto& facts = this->product(product);
    const auto& place = this->location(location);
    if (!facts.stocked)
        throw Refused("inventory.not_stocked", "To move {}, make it a stocked product first: no stock is kept of it.",
                      facts.number);
    if (quantity <= Quantity{})
        throw Refused("inventory.quantity_not_positive", "To move {}, give a quantity above zero, not {}.",
                      facts.number, quantity)
            .with_status(422)
            .with_field("quantity");
    if (!place.active)
        throw Refused("inventory.location_inactive", "To move {}, choose another location: {} is no longer used.",
                      facts.number, place.code);
}

void StockBook::require_open(Id<Product> product, Date date) {
    if (is_open(date)) return;
    throw Refused("inventory.period_closed", "To move {} on {}, reopen that period or choose a later date.",
                  this->product(product).number, date);
}

void StockBook::watch() {
    if (memory_.watched) return;
    memory_.watched = true;
    tx_.before_commit("inventory.ledger", compare_with_ledger);
}

void StockBook::refuse_counted(const QuantityEntry& e, Date counted_on) {
    throw Refused("inventory.counted_since",
                  "To move {} at {} on {}, choose {} or later: it was counted there that day.",
                  product(e.product).number, location(e.location).code, e.date, counted_on);
}

void StockBook::refuse_negative(const QuantityEntry& e, Quantity left) {
    throw Refused("inventory.not_enough", "To take {} of {} from {}, bring in more first: {} are on hand there.",
                  e.quantity.magnitude(), product(e.product).number, location(e.location).code, left - e.quantity);
}

Id<QuantityEntry> StockBook::move(QuantityEntry e, bool changes_holding) {
    const auto day = counted_on(tx_, e.product, e.location);
    if (!day.empty() && e.date < day) refuse_counted(e, day);
    tx_.add(StockBalance{e.product, e.location, e.quantity});
    const auto left = tx_.balance(StockBalance{e.product, e.location}).quantity;
    if (e.quantity.is_negative() && left.is_negative() && !location(e.location).negative_allowed) refuse_negative(e, left);

    auto& kept    = this->kept(e.product);
    e.company     = tx_.company();
    e.recorded_at = tx_.now();
    e.account     = kept.account;
    tx_.insert(e);
    add_to_history(tx_, {.day = e.date, .product = e.product, .location = e.location, .account = kept.account, .quantity = e.quantity, .value = tx_.books().zero()});
    watch();
    if (changes_holding) change_holding(e.product, {.quantity = e.quantity, .value = tx_.books().zero()});
    return e.id;
}

void StockBook::remember_account(Id<financials::Account> account) {
    if (is_stock_account(tx_, account)) return;
    tx_.execute("INSERT INTO inventory_stock_account (account) VALUES (:account)", account);
    memory_.stock_accounts->push_back(account.value);
}

void StockBook::book(Id<Product> product, Id<QuantityEntry> entry, Id<Location> location, Date date, ValueKind kind,
                     Money amount, const Source& source) {
    if (amount.is_zero()) return;
    auto& kept = this->kept(product);
    tx_.insert(ValueEntry{.entry         = entry,
                          .product       = product,
                          .account       = kept.account,
                          .date          = date,
                          .recorded_at   = tx_.now(),
                          .kind          = kind,
                          .amount        = amount,
                          .source_entity = source.entity,
                          .source_id     = source.id});
    change_holding(product, {.value = amount});
    add_to_history(tx_, {.day = date, .product = product, .location = location, .account = kept.account, .value = amount});
    remember_account(kept.account);
    memory_.accounts[kept.account.value].entries += amount.minor();
    watch();
}

void StockBook::change_holding(Id<Product> product, const Holding& change) {
    auto& kept = this->kept(product);
    kept.holding.quantity += change.quantity;
    kept.holding.value += change.value;
    tx_.add(ProductValue{product, kept.account, change.quantity, change.value});
    if (kept.account_kept) return;
    tx_.execute("INSERT INTO inventory_product_account (product, account) VALUES (:product, :account)"
                " ON CONFLICT (product) DO UPDATE SET account = excluded.account",
                product, kept.account);
    kept.account_kept = true;
}

// At most `quantity`, and less where less is open.
std::vector<Taken> StockBook::take_at(Id<Product> product, Id<Location> location, Quantity quantity) {
    const std::int64_t sign   = quantity.is_negative() ? -1 : 1;
    auto               wanted = quantity.magnitude();
    std::vector<Taken> taken;
    // Most issues are covered by one receipt or two; the more it takes, the more are looked at together.
    for (std::int64_t how_many = 2; wanted > Quantity{}; how_many *= 4) {
        const auto some = stock_book::some_open(tx_, product, location, sign, how_many);
        if (some.empty()) break;
        for (const auto& open : some) {
            const auto part = std::min(wanted, open.remaining.magnitude());
            if (part.is_zero()) break;
            stock_book::change_remaining(tx_, product, open, sign < 0 ? open.remaining + part : open.remaining - part);
            taken.push_back({open.entry, part, open.date});
            wanted -= part;
        }
    }
    return taken;
}

std::vector<Taken> StockBook::take(Id<Product> product, Id<Location> location, Quantity quantity) {
    const auto rest_of = [](Quantity wanted, const std::vector<Taken>& taken) {
        for (const auto& one : taken) wanted += wanted.is_negative() ? one.quantity : -one.quantity;
        return wanted;
    };
    auto taken = take_at(product, location, quantity);
    if (const auto rest = rest_of(quantity, taken); !rest.is_zero()) {
        const auto elsewhere = take_at(product, {}, rest);
        if (!rest_of(rest, elsewhere).is_zero())
            throw std::logic_error("the open entries of a product do not add up to its stock");
        taken.insert(taken.end(), elsewhere.begin(), elsewhere.end());
    }
    return taken;
}

void StockBook::take_from(Id<QuantityEntry> entry, Id<Product> product, Id<Location> location, Quantity quantity) {
    const auto open = tx_.rows<stock_book::OpenRow>(
        "SELECT entry, location, date, remaining FROM inventory_open_entry"
        " WHERE product = :product AND entry = :entry AND remaining > 0 ORDER BY location <> :location, location",
        product, entry, location);
    Quantity left{};
    for (const auto& one : open) left += one.remaining;
    if (left < quantity)
        throw Refused("inventory.goods_gone",
                      "To take back {} of {}, choose at most {}: the rest of what came on {} is gone.", quantity,
                      this->product(product).number, left, tx_.load(entry).date);
    for (const auto& one : open) {
        const auto part = std::min(quantity, one.remaining);
        if (part.is_zero()) break;
        stock_book::change_remaining(tx_, product, one, one.remaining - part);
        quantity -= part;
        if (one.location == location) continue;
        for (const auto& other : take_at(product, location, part))
            leave_open(product, other.entry, one.location, other.date, other.quantity);
    }
}

void StockBook::leave_open(Id<Product> product, Id<QuantityEntry> entry, Id<Location> location, Date date,
                           Quantity quantity) {
    if (quantity.is_zero()) return;
    tx_.execute(
        "INSERT INTO inventory_open_entry (product, location, date, entry, remaining)"
        " VALUES (:product, :location, :date, :entry, :remaining) ON CONFLICT (product, location, date, entry)"
        " DO UPDATE SET remaining = inventory_open_entry.remaining + excluded.remaining",
        product, location, date, entry, quantity);
}

void StockBook::apply(Id<QuantityEntry> inbound, Id<QuantityEntry> outbound, Quantity quantity) {
    tx_.insert(Application{.inbound = inbound, .outbound = outbound, .quantity = quantity});
}

}  // namespace inventory
