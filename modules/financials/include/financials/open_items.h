#pragma once
// Open items: what we owe and what is owed to us, one item per document, and what settled it. One subledger has two
// sides; of each, the items of a party agree with what was posted to the side's control account for it.
//
//     side         a positive amount   control account   role
//     payable      we owe              payables          financials.payable
//     receivable   they owe us         receivables       financials.receivable
//
// A negative amount is in the other one's favour: a credit note, or money paid before there was a document for it.
//
//     tx.service<Ledger>().post(tx, entry);                  // … debit("financials.receivable", total, customer) …
//     tx.service<OpenItems>().open(tx, {.side = ItemSide::receivable, .party = customer, .kind = ItemKind::invoice,
//                                       .document = "SI-2026-00001", .date = date, .due_on = terms.due_on, .book_amount = total,
//                                       .currency = invoice.currency, .amount = invoice.total, .discount = terms.discount,
//                                       .discount_until = terms.discount_until, .source_entity = source.entity, .source_id = source.id});
//
// Terms of payment give the due date, the discount and the tolerance (financials/payment_terms.h); payments to suppliers
// (financials/payment.h) and of customers (financials/customer_payment.h) settle.

#include <financials/ledger.h>

namespace financials {

enum class ItemSide { payable, receivable };
constexpr auto names_of(ItemSide) { return tessera::names("payable", "receivable"); }

enum class ItemKind { invoice, credit_note, payment };
constexpr auto names_of(ItemKind) { return tessera::names("invoice", "credit_note", "payment"); }

struct OpenItem {                    // financials.open_item; amounts in `currency`, positive in the direction of the side
    Id<OpenItem>         id{};
    std::int64_t         company = 1;
    ItemSide             side = ItemSide::payable;
    Id<directory::Party> party{};
    ItemKind             kind = ItemKind::invoice;
    std::string          document{};         // its number, as people say it
    std::string          reference{};        // the other one's own number
    Date                 date{};
    Date                 due_on{};
    Money                book_amount{};      // in the currency of the books, at the rate of its date
    Currency             currency{};
    Money                amount{};
    Money                open_amount{};
    Money                held_amount{};      // of the open amount, not to be paid now: what matching holds
    Money                discount{};         // what may be taken off the whole when it is paid in time
    Date                 discount_until{};   // the last day for it; none: there is no discount
    Date                 discount_grace_until{};   // paid until then, the discount is granted all the same when that is accepted
    Money                tolerance{};        // how much more or less than due may be paid and the item be closed
    std::string          source_entity{};
    std::int64_t         source_id = 0;
    tessera::Instant     recorded_at{};
};

struct Settlement {                  // financials.settlement: one item used against another, dated, undone only by its opposite
    Id<Settlement>   id{};
    Id<OpenItem>     item{};                 // what is settled
    Id<OpenItem>     by{};                   // the payment or credit note that settles it
    Date             date{};
    tessera::Instant recorded_at{};
    Currency         currency{};
    Money            amount{};               // negative: undone
};

// Published in the transaction once both items have changed, for every settlement and what undoes it.
struct ItemSettled {                 // financials.item_settled
    Id<OpenItem> item{};
    Id<OpenItem> by{};
    Date         date{};
    Currency     currency{};
    Money        amount{};               // negative: undone
};

class OpenItems {
public:
    virtual ~OpenItems() = default;
    // Opens an item; its posting to the control account of its side is the caller's entry. All of it is open; without a
    // currency it is in that of the books, and then book_amount may be left out. An item of nothing is not opened and
    // gives an empty id. When the command ends, what items changed and what was posted to the control account must
    // agree, party by party, or it is refused "financials.subledger_differs".
    virtual Id<OpenItem> open(Transaction&, OpenItem item) = 0;
    // Settles `item` by `by`: the open amount of both comes closer to zero. A negative amount undoes as much. Between
    // amounts booked at different rates the difference is posted to financials.exchange_difference.
    // Refused financials.sides_differ, financials.currency_differs, financials.settles_too_much.
    virtual void         settle(Transaction&, Id<OpenItem> item, Id<OpenItem> by, Money amount, Date date) = 0;
    // Matching sets how much of an item is held, zero to release it; payments refuse to pay into it ("financials.item_held").
    virtual void         hold(Transaction&, Id<OpenItem> item, Money held) = 0;
    virtual OpenItem     item(const Snapshot&, Id<OpenItem>) const = 0;
    virtual std::optional<OpenItem> of_source(const Snapshot&, const Source& source) const = 0;
};

}  // namespace financials
