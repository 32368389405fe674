#include "services/payables_service.h"

#include "services/item_book.h"
#include "services/payables_watch.h"

#include <algorithm>

namespace financials {
namespace payables_service {

using tessera::Refused;

// Whether `open` lies between zero and the whole of an item, whatever its sign.
bool within(Money open, Money amount) {
    const Money zero{0, amount.currency()};
    return open >= std::min(amount, zero) && open <= std::max(amount, zero);
}

// Changes the open amount and gives what that changes in the books.
Money move(Transaction& tx, const OpenItem& item, Money change) {
    auto       now    = tx.load(item.id);
    const auto before = now.open_amount;
    now.open_amount += change;
    tx.save(now);
    const auto in_books =
        book_value(item.book_amount, item.amount, before + change) - book_value(item.book_amount, item.amount, before);
    payables_items_changed(tx, item.party, in_books);
    return in_books;
}

}  // namespace payables_service

Id<OpenItem> PayablesService::open(Transaction& tx, OpenItem item) {
    if (item.currency.none()) item.currency = tx.books().currency;
    item.amount = Money{item.amount.minor(), item.currency};
    if (item.currency == tx.books().currency) item.book_amount = item.amount;
    if (item.amount.is_zero()) return {};
    if (!item.party) throw std::logic_error("an open item belongs to a party");
    item.id          = {};
    item.company     = tx.company();
    item.open_amount = item.amount;
    item.recorded_at = tx.now();
    payables_items_changed(tx, item.party, item.book_amount);
    return tx.insert(item);
}

void check_settlement(const OpenItem& item, const OpenItem& by, Money amount) {
    if (item.currency != by.currency || (!amount.is_zero() && amount.currency() != item.currency))
        throw tessera::Refused("financials.currency_differs",
                               "To settle {} by {}, use items of one currency: they are in {} and {}.", item.document,
                               by.document, item.currency.code(), by.currency.code());
    if (!payables_service::within(item.open_amount - amount, item.amount) ||
        !payables_service::within(by.open_amount + amount, by.amount))
        throw tessera::Refused("financials.settles_too_much",
                               "To settle {} of {} by {}, use at most what is open: {} and {}.", amount, item.document,
                               by.document, item.open_amount, by.open_amount);
}

void PayablesService::settle(Transaction& tx, Id<OpenItem> item_id, Id<OpenItem> by_id, Money amount, Date date) {
    const auto item = this->item(tx, item_id), by = this->item(tx, by_id);
    check_settlement(item, by, amount);
    const auto released = settle_items(tx, item, by, amount, date);
    post_exchange_difference(tx, item.party, released, date,
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
    const auto owed_more = payables_service::move(tx, item, -amount);
    return -(owed_more + payables_service::move(tx, by, amount));
}

void post_exchange_difference(Transaction& tx, Id<directory::Party> party, Money released, Date date,
                              const std::string& memo, const Source& source) {
    if (released.is_zero()) return;
    auto&        ledger = tx.service<Ledger>();
    JournalEntry entry{.date = ledger.first_open(tx, date), .journal = "payments", .memo = memo, .source = source};
    entry.lines = {signed_line("financials.payable", released, party),
                   signed_line("financials.exchange_difference", -released)};
    ledger.post(tx, entry);
}

void PayablesService::hold(Transaction& tx, Id<OpenItem> item, Money held) {
    if (held.is_negative()) throw std::logic_error("what is held of an item is not negative");
    auto now        = tx.load(item);
    now.held_amount = held;
    tx.save(now);
}

OpenItem PayablesService::item(const Snapshot& snapshot, Id<OpenItem> id) const {
    if (auto found = snapshot.find(id)) return std::move(*found);
    throw tessera::Refused("kernel.not_found", "To settle an open item, choose one that exists; {} does not.", id)
        .with_status(404);
}

std::optional<OpenItem> PayablesService::of_source(const Snapshot& snapshot, const Source& source) const {
    return snapshot.first<OpenItem>("source_entity = :entity AND source_id = :id ORDER BY id LIMIT 1", source.entity,
                                    source.id);
}

}  // namespace financials
