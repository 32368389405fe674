#include "services/stock_service.h"

namespace inventory {

using catalog::Costing;
using tessera::Refused;

namespace reversal {

void refuse_twice(const Snapshot& tx, StockBook& book, const QuantityEntry& original) {
    const auto undone = tx.value<Date>(
        "SELECT date FROM inventory_quantity_entry"
        " WHERE product = :product AND date >= :date AND reverses = :entry LIMIT 1",
        original.product, original.date, original.id);
    if (undone)
        throw Refused("inventory.already_reversed",
                      "To move {} of {}, record a movement: the one of {} was undone on {}.",
                      original.quantity.magnitude(), book.product(original.product).number, original.date, *undone);
}

struct Booked {
    Money cost{};  // with the movement
    Money late{};  // since then
};

Booked booked_on(const Snapshot& tx, Id<QuantityEntry> entry) {
    struct Row {
        Money cost{};
        Money late{};
    };
    const auto row = tx.row<Row>(R"sql(
        SELECT coalesce(sum(CASE WHEN kind = 'cost' THEN amount ELSE 0 END), 0),
               coalesce(sum(CASE WHEN kind = 'cost' THEN 0 ELSE amount END), 0)
          FROM inventory_value_entry WHERE entry = :entry)sql",
                                 entry);
    return {row->cost, row->late};
}

QuantityEntry mirror(const QuantityEntry& original, const Reversal& r) {
    auto e          = original;
    e.id            = {};
    e.date          = r.date;
    e.quantity      = -original.quantity;
    e.kind          = original.quantity.is_negative() ? EntryKind::return_in : EntryKind::supplier_return;
    e.source_entity = r.source.entity;
    e.source_id     = r.source.id;
    e.source_line   = r.source.line;
    e.reverses      = original.id;
    return e;
}

// The goods of a receipt go back: only while all of them are here, and out of that receipt itself.
Reversed undo_receipt(Transaction& tx, StockBook& book, const QuantityEntry& original, const Reversal& r,
                      JournalEntry& entry) {
    const auto quantity = original.quantity;
    const auto booked   = booked_on(tx, original.id);
    const auto brought  = booked.cost + booked.late;
    const auto before   = book.kept(original.product).holding;
    book.take_from(original.id, original.product, original.location, quantity);
    const auto out = book.move(mirror(original, r));
    book.apply(original.id, out, quantity);

    const auto& product = book.product(original.product);
    const auto taken = product.costing == Costing::standard ? -standard_change(before, -quantity, product.standard_cost)
                                                            : undo_cost(before, quantity, brought);
    const auto counter = r.value.value_or(booked.cost);
    book.book(original.product, out, original.location, r.date, ValueKind::cost, -taken, r.source);
    entry.lines.push_back(stock_line(book.kept(original.product).account, -taken));
    entry.lines.push_back(financials::signed_line(original.counter_role, counter));
    entry.lines.push_back(financials::signed_line(r.variance_role, taken - counter));
    return {out, -taken};
}

// What an issue took from each receipt is open again, and the goods that come in are applied to the issue instead.
void give_back(Transaction& tx, StockBook& book, const QuantityEntry& original, Id<QuantityEntry> in) {
    struct Row {
        Id<QuantityEntry> inbound{};
        Quantity          quantity{};
        Date              date{};
    };
    const auto taken   = tx.rows<Row>(R"sql(
        SELECT a.inbound, sum(a.quantity), q.date
          FROM inventory_application a
          JOIN inventory_quantity_entry q ON q.id = a.inbound
         WHERE a.outbound = :outbound
         GROUP BY a.inbound, q.date
        HAVING sum(a.quantity) <> 0
         ORDER BY a.inbound)sql",
                                    original.id);
    auto       waiting = -original.quantity;
    for (const auto& one : taken) {
        book.apply(one.inbound, original.id, -one.quantity);
        book.leave_open(original.product, one.inbound, original.location, one.date, one.quantity);
        waiting -= one.quantity;
    }
    if (!waiting.is_zero()) 
        tx.execute("DELETE FROM inventory_open_entry WHERE product = :product AND entry = :entry", original.product, original.id);
    book.apply(in, original.id, -original.quantity);
}

// While other issues wait for goods, what comes back goes to them first, as any receipt would.
Reversed receive_again(Transaction& tx, StockService& stock, const QuantityEntry& original, const Reversal& r,
                       Money cost, JournalEntry& entry) {
    const auto received = stock.receive(tx,
                                        {.product       = original.product,
                                         .location      = original.location,
                                         .quantity      = -original.quantity,
                                         .date          = r.date,
                                         .cost          = cost,
                                         .counter_role  = original.counter_role,
                                         .variance_role = r.variance_role,
                                         .source        = r.source,
                                         .kind          = EntryKind::return_in},
                                        original.id, entry);
    return {received.entry, received.value};
}

Reversed undo_issue(Transaction& tx, StockBook& book, const QuantityEntry& original, const Reversal& r,
                    JournalEntry& entry) {
    const auto  booked  = booked_on(tx, original.id);
    const auto  before  = book.kept(original.product).holding;
    const auto& product = book.product(original.product);
    const auto  in      = book.move(mirror(original, r));
    give_back(tx, book, original, in);

    const auto value = product.costing == Costing::standard
                           ? standard_change(before, -original.quantity, product.standard_cost)
                           : -(booked.cost + booked.late);
    // Late cost followed the goods to what they were issued for only while that day was open.
    const auto late    = book.is_open(original.date) ? -booked.late : Money{0, value.currency()};
    const auto counter = r.value.value_or(-booked.cost) + late;
    book.book(original.product, in, original.location, r.date, ValueKind::cost, value, r.source);
    entry.lines.push_back(stock_line(book.kept(original.product).account, value));
    entry.lines.push_back(financials::signed_line(original.counter_role, -counter));
    entry.lines.push_back(financials::signed_line(r.variance_role, counter - value));
    return {in, value};
}

bool others_wait(const Holding& holding, const Snapshot& tx, const QuantityEntry& original) {
    if (!holding.quantity.is_negative()) return false;
    return tx
        .value<std::int64_t>(
            "SELECT entry FROM inventory_open_entry WHERE product = :product AND remaining < 0 AND entry <> :entry "
            "LIMIT 1",
            original.product, original.id)
        .has_value();
}

}  // namespace reversal

Reversed StockService::reverse(Transaction& tx, const Reversal& r, JournalEntry& entry) {
    StockBook  book(tx);
    const auto original = tx.load(r.entry);
    book.check(original.product, original.location, original.quantity.magnitude());
    if (original.kind == EntryKind::transfer_in || original.kind == EntryKind::transfer_out)
        throw Refused("inventory.reverse_transfer", "To undo the transfer of {} on {}, transfer the goods back.",
                      book.product(original.product).number, original.date);
    if (r.date < original.date)
        throw Refused("inventory.reversed_before", "To undo the movement of {} on {}, choose that day or later.",
                      book.product(original.product).number, original.date)
            .with_field("date");
    reversal::refuse_twice(tx, book, original);
    const auto holding = book.kept(original.product).holding;
    if (original.quantity.is_negative() && reversal::others_wait(holding, tx, original)) {
        const auto booked = reversal::booked_on(tx, original.id);
        return reversal::receive_again(tx, *this, original, r, r.value.value_or(-(booked.cost + booked.late)), entry);
    }
    const auto undone = original.quantity.is_negative() ? reversal::undo_issue(tx, book, original, r, entry)
                                                        : reversal::undo_receipt(tx, book, original, r, entry);
    if (undone.value.is_zero()) book.require_open(original.product, r.date);
    return undone;
}

}  // namespace inventory
