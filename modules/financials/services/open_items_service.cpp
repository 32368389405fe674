#include "services/open_items_service.h"

#include "services/item_book.h"
#include "services/item_side.h"
#include "services/item_watch.h"

#include <algorithm>

namespace financials {
namespace open_items_service {

using tessera::Refused;

// Whether `open` lies between zero and the whole of an item, whatever its sign.
bool within(Money open, Money amount) {
    const Money zero{0, amount.currency()};
    return open >= std::min(amount, zero) && open <= std::max(amount, zero);
}

void check_terms(const OpenItem& item) {
    if (item.discount.is_negative() || item.tolerance.is_negative() || item.discount > item.amount.magnitude())
        throw std::logic_error("the discount of an open item is a part of it, and its tolerance is not negative");
}

// Changes the open amount and gives what that changes in the books.
Money move(Transaction& tx, const OpenItem& item, Money change) {
    auto       now    = tx.load(item.id);
    const auto before = now.open_amount;
    now.open_amount += change;
    tx.save(now);
    const auto in_books =
        book_value(item.book_amount, item.amount, before + change) - book_value(item.book_amount, item.amount, before);
    items_changed(tx, item.side, item.party, in_books);
    return in_books;
}

}  // namespace open_items_service

Id<OpenItem> OpenItemsService::open(Transaction& tx, OpenItem item) {
    if (item.currency.none()) item.currency = tx.books().currency;
    for (auto* money : {&item.amount, &item.held_amount, &item.discount, &item.tolerance}) *money = Money{money->minor(), item.currency};
    if (item.currency == tx.books().currency) item.book_amount = item.amount;
    if (item.amount.is_zero()) return {};
    if (!item.party) throw std::logic_error("an open item belongs to a party");
    open_items_service::check_terms(item);
    item.id          = {};
    item.company     = tx.company();
    item.open_amount = item.amount;
    item.recorded_at = tx.now();
    items_changed(tx, item.side, item.party, item.book_amount);
    return tx.insert(item);
}

void check_settlement(const OpenItem& item, const OpenItem& by, Money amount) {
    if (item.side != by.side)
        throw tessera::Refused("financials.sides_differ",
                               "To settle {} by {}, use items of one side: one is {} and one is {}; let each be paid for itself.", item.document,
                               by.document, item_side::title_of(item.side), item_side::title_of(by.side));
    if (item.currency != by.currency || (!amount.is_zero() && amount.currency() != item.currency))
        throw tessera::Refused("financials.currency_differs",
                               "To settle {} by {}, use items of one currency: they are in {} and {}.", item.document,
                               by.document, item.currency.code(), by.currency.code());
    if (!open_items_service::within(item.open_amount - amount, item.amount) ||
        !open_items_service::within(by.open_amount + amount, by.amount))
        throw tessera::Refused("financials.settles_too_much",
                               "To settle {} of {} by {}, use at most what is open: {} and {}.", amount, item.document,
                               by.document, item.open_amount, by.open_amount);
}

void OpenItemsService::settle(Transaction& tx, Id<OpenItem> item_id, Id<OpenItem> by_id, Money amount, Date date) {
    const auto item = this->item(tx, item_id), by = this->item(tx, by_id);
    check_settlement(item, by, amount);
    const auto released = settle_items(tx, item, by, amount, date);
    post_exchange_difference(tx, item.side, item.party, released, date,
                             fmt::format("Exchange difference, {} settled by {}", item.document, by.document),
                             {by.source_entity, by.source_id, 0});
}

Money settle_items(Transaction& tx, const OpenItem& item, const OpenItem& by, Money amount, Date date) {
    tx.insert(Settlement{.item        = item.id,
                         .by          = by.id,
                         .date        = date,
                         .recorded_at = tx.now(),
                         .currency    = item.currency,
                         .amount      = amount});
    const auto grown = open_items_service::move(tx, item, -amount) + open_items_service::move(tx, by, amount);
    tx.publish(ItemSettled{item.id, by.id, date, item.currency, amount});
    return -grown;
}

void post_exchange_difference(Transaction& tx, ItemSide side, Id<directory::Party> party, Money released, Date date,
                              const std::string& memo, const Source& source) {
    if (released.is_zero()) return;
    auto&        ledger = tx.service<Ledger>();
    JournalEntry entry{.date = ledger.first_open(tx, date), .journal = "payments", .memo = memo, .source = source};
    const auto debited = item_side::debited(side, -released);
    entry.lines = {signed_line(std::string(item_side::role_of(side)), debited, party),
                   signed_line("financials.exchange_difference", -debited)};
    ledger.post(tx, entry);
}

void OpenItemsService::hold(Transaction& tx, Id<OpenItem> item, Money held) {
    if (held.is_negative()) throw std::logic_error("what is held of an item is not negative");
    auto now        = tx.load(item);
    now.held_amount = held;
    tx.save(now);
}

OpenItem OpenItemsService::item(const Snapshot& snapshot, Id<OpenItem> id) const {
    if (auto found = snapshot.find(id)) return std::move(*found);
    throw tessera::Refused("kernel.not_found", "To settle an open item, choose one that exists; {} does not.", id)
        .with_status(404);
}

std::optional<OpenItem> OpenItemsService::of_source(const Snapshot& snapshot, const Source& source) const {
    return snapshot.first<OpenItem>("source_entity = :entity AND source_id = :id ORDER BY id LIMIT 1", source.entity,
                                    source.id);
}

}  // namespace financials
