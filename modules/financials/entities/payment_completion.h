#pragma once
// What payments to suppliers and of customers have in common when they are saved: one currency, one party, items of one
// side, each once, and a total that is the sum of what goes through the bank.

#include <financials/open_items.h>

#include <set>

namespace financials::payment_completion {

using tessera::Refused;

// Lines that arrive without a currency of their own were read as amounts of the books; they are of the document's.
inline Money in_currency(Money amount, Currency currency) {
    if (amount.currency() == currency) return amount;
    return Money::parse(tessera::format_decimal(amount.minor(), amount.currency().decimals()), currency);
}

template <class Document>
Currency currency_of(const Transaction& tx, const Document& document) {
    if (!document.currency.none()) return document.currency;
    for (const auto& line : document.lines)
        if (line.item) return tx.service<OpenItems>().item(tx, line.item).currency;
    return tx.books().currency;
}

inline void check_bank(const Transaction& tx, Id<Account> id) {
    if (!id) return;
    const auto account = tx.load(id);
    if (account.postable && account.control == Control::none) return;
    throw Refused("financials.account_not_postable", "To pay, choose a bank account that takes entries; {} {} does not.",
                  account.code, account.name)
        .with_status(422)
        .with_field("bank_account");
}

inline void check_item(const Transaction& tx, const OpenItem& item, ItemSide side, Id<directory::Party> party, Currency currency) {
    if (item.side != side)
        throw Refused("financials.sides_differ", "To settle {}, use a payment {}: it is what {}.", item.document,
                      side == ItemSide::payable ? "of the customer" : "to the supplier",
                      side == ItemSide::payable ? "they owe us" : "we owe");
    if (item.party != party)
        throw Refused("financials.item_of_other_party", "To pay {}, make a payment to {}: it is not an item of {}.",
                      item.document, tx.label_of(item.party), tx.label_of(party));
    if (item.currency != currency)
        throw Refused("financials.currency_differs", "To pay {}, make a payment in {}; this one is in {}.",
                      item.document, item.currency.code(), currency.code());
}

template <class Document>
void check_lines(const Transaction& tx, const Document& document, ItemSide side) {
    std::set<Id<OpenItem>> items;
    for (const auto& line : document.lines) {
        if (!line.item) continue;  // the kernel demands it
        const auto item = tx.service<OpenItems>().item(tx, line.item);
        check_item(tx, item, side, document.party, document.currency);
        if (!items.insert(line.item).second)
            throw Refused("financials.item_twice", "To pay {}, give it one line: it has two.", item.document);
    }
}

// `each` brings the further amounts of a line into the currency.
template <class Document, class Each>
void complete(const Transaction& tx, Document& document, Each&& each) {
    document.currency   = currency_of(tx, document);
    document.on_account = in_currency(document.on_account, document.currency);
    document.total      = Money{0, document.currency} + document.on_account;
    for (auto& line : document.lines) {
        for (auto* amount : {&line.amount, &line.discount, &line.write_off}) *amount = in_currency(*amount, document.currency);
        each(line);
        document.total += line.amount;
    }
}

}  // namespace financials::payment_completion
