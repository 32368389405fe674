#include "services/invoicing.h"

#include <purchasing/events.h>

#include "services/duplicate_invoices.h"
#include "services/invoice_amounts.h"
#include "services/match_allocations.h"
#include "services/matching_service.h"
#include "services/orders_at_work.h"
#include "services/received_not_invoiced.h"
#include "services/roles.h"

#include <algorithm>

namespace purchasing {

using financials::JournalEntry;
using financials::Ledger;
using financials::OpenItems;
using inventory::Stock;
using tessera::Refused;
using tessera::Transaction;

namespace invoicing {

void check(const Transaction& tx, const VendorInvoice& invoice) {
    if (invoice.lines.empty() && invoice.freight.is_zero())
        throw Refused("purchasing.nothing_to_invoice", "To post an invoice, give it at least one line.");
    if (invoice.kind == InvoiceKind::invoice && invoice.number_key.empty())
        throw Refused("purchasing.supplier_number_missing",
                      "To post an invoice of {}, enter the number the supplier gave it.", tx.label_of(invoice.supplier))
            .with_field("supplier_number");
    check_difference(tx, invoice);
}

void check_order(const VendorInvoice& invoice, const VendorInvoiceLine& billed, const Order& order,
                 const OrderLine& line) {
    if (order.state == OrderState::draft || order.state == OrderState::cancelled)
        throw Refused("purchasing.order_not_approved", "To invoice {}, {}.",
                      order.number.empty() ? "a draft order" : order.number,
                      order.state == OrderState::draft ? "approve it first" : "name another order: it is cancelled");
    if (order.supplier != invoice.supplier)
        throw Refused("purchasing.supplier_differs", "To invoice {}, use an invoice of its supplier.", order.number);
    if (order.currency != invoice.currency)
        throw Refused("purchasing.currency_differs", "To invoice {} in {}, order in it: the order is in {}.",
                      order.number, invoice.currency.code(), order.currency.code());
    if (billed.kind == InvoiceLineKind::goods && (line.invoiced + billed.quantity).is_negative())
        throw Refused("purchasing.credits_too_much", "To credit {} of {}, credit at most the {} invoiced.",
                      billed.quantity.magnitude(), name_of_line(order, line), line.invoiced);
}

// What one line does to the account of goods received and not invoiced, and what of its price is left to place.
struct GoodsLine {
    VendorInvoiceLine* billed = nullptr;
    Order*             order  = nullptr;
    OrderLine*         line   = nullptr;
    Money              cleared{};  // taken off the account, at order price
    Money              exchange_difference{};
    Money              price_difference{};  // to be placed
};

// Everything that one posting gathers.
struct Posting {
    Transaction&           tx;
    VendorInvoice&         invoice;
    JournalEntry           entry{};
    OrdersAtWork           orders{};
    std::vector<GoodsLine> goods{};
    bool                   judge = false;  // something may not agree

    void debit(const char* role, Money amount) { entry.lines.push_back(financials::signed_line(role, amount)); }
};

bool agrees_plainly(const VendorInvoiceLine& billed, const OrderLine& line, Currency currency) {
    return billed.kind == InvoiceLineKind::goods && billed.quantity > Quantity{} && line.match_policy.empty() &&
           line.invoiced <= line.accepted() && line.invoiced <= line.quantity &&
           billed.amount == tessera::extend(billed.quantity, line.price, currency);
}

void take_line(Posting& posting, VendorInvoiceLine& billed, Money booked) {
    auto& [tx, invoice, entry, orders, goods, judge] = posting;
    auto [order, line]                               = orders.find(tx, billed.order_line, billed.purchase_order);
    check_order(invoice, billed, order, line);
    GoodsLine one{.billed = &billed, .order = &order, .line = &line, .cleared = tx.books().zero()};
    auto      ordered = tx.books().zero();
    if (billed.kind == InvoiceLineKind::goods) {
        auto taken = tx.books().zero();
        for (const auto& earlier : goods)
            if (earlier.line == &line) taken += earlier.cleared;
        one.cleared = worth_of_invoice(tx, order, line, billed.quantity, invoice.date, taken);
        ordered     = one.cleared;
        if (order.currency != tx.books().currency)
            ordered = tx.service<directory::ExchangeRates>().convert(
                tx, tessera::extend(billed.quantity, line.price, order.currency), tx.books().currency, invoice.date);
        line.invoiced += billed.quantity;
    }
    one.exchange_difference = ordered - one.cleared;
    one.price_difference    = booked - ordered;
    judge |= !agrees_plainly(billed, line, invoice.currency);
    posting.debit(roles::received_not_invoiced, booked);
    goods.push_back(one);
}

void take_other(Posting& posting, const VendorInvoiceLine& billed, Money booked) {
    if (billed.kind == InvoiceLineKind::freight) return posting.debit(roles::freight, booked);
    if (!billed.account) return posting.debit(roles::landed_cost_clearing, booked);
    auto line    = financials::signed_line("", booked);
    line.account = billed.account;
    line.memo    = billed.description;
    posting.entry.lines.push_back(std::move(line));
}

Money add_to_goods(Posting& posting, Id<inventory::QuantityEntry> entry, Quantity quantity, Money amount,
                   const VendorInvoiceLine& billed) {
    auto& tx = posting.tx;
    tx.service<Stock>().add_cost(tx,
                                 {.entry         = entry,
                                  .amount        = amount,
                                  .date          = posting.entry.date,
                                  .counter_role  = roles::received_not_invoiced,
                                  .variance_role = roles::price_variance,
                                  .source        = tx.source_of(posting.invoice, billed.id.value),
                                  .quantity      = quantity},
                                 posting.entry);
    return amount;
}

// A goods line's price difference follows its allocations; what has none stays as variance. Gives what was placed.
Money place_on_allocations(Posting& posting, const GoodsLine& one, std::vector<Allocated>& allocations) {
    const auto whole = one.billed->quantity;
    Quantity   done;
    Money      placed = posting.tx.books().zero();
    for (auto& allocated : allocations) {
        const bool its_own =
            whole.is_negative() ? allocated.quantity.is_negative() : allocated.invoice_line == one.billed->id;
        if (allocated.order_line != one.line->id || !its_own || !allocated.cost.is_zero() || !allocated.stock_entry)
            continue;
        if ((done + allocated.quantity).magnitude() > whole.magnitude()) break;
        const auto before = tessera::share(one.price_difference, done, whole);
        done += allocated.quantity;
        const auto cost = tessera::share(one.price_difference, done, whole) - before;
        if (cost.is_zero()) continue;
        allocated.cost = cost;
        placed += add_to_goods(posting, allocated.stock_entry,
                               in_stock_unit(posting.tx, *one.line, allocated.quantity.magnitude()), cost, *one.billed);
    }
    return placed;
}

struct AcceptedPart {
    Id<GoodsReceiptLine>         id{};
    Id<inventory::QuantityEntry> stock_entry{};
    Quantity                     accepted{};
};

// A price correction goes to all goods of the order line that were accepted, by quantity.
Money place_on_receipts(Posting& posting, const GoodsLine& one, std::vector<Allocated>& allocations) {
    auto parts = posting.tx.rows<AcceptedPart>(R"sql(
        SELECT l.id, l.stock_entry, l.quantity - l.rejected - l.returned_accepted
          FROM purchasing_goods_receipt_line l JOIN purchasing_goods_receipt d ON d.id = l.document
         WHERE l.purchase_order = :purchase_order AND l.order_line = :order_line AND d.state = 'posted'
                AND l.stock_entry IS NOT NULL
         ORDER BY l.id)sql",
                                               one.order->id, one.line->id);
    std::erase_if(parts, [](const AcceptedPart& part) { return part.accepted <= Quantity{}; });
    Money placed = posting.tx.books().zero();
    if (parts.empty()) return placed;
    std::vector<std::int64_t> weights;
    for (const auto& part : parts) weights.push_back(part.accepted.raw());
    const auto costs = tessera::allocate(one.price_difference, weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (costs[i].is_zero()) continue;
        placed += add_to_goods(posting, parts[i].stock_entry, in_stock_unit(posting.tx, *one.line, parts[i].accepted),
                               costs[i], *one.billed);
        allocations.push_back({one.line->id, parts[i].id, one.billed->id, {}, parts[i].stock_entry, costs[i]});
    }
    return placed;
}

void settle_line(Posting& posting, const GoodsLine& one, std::vector<Allocated>& allocations) {
    Money placed = posting.tx.books().zero();
    if (!one.price_difference.is_zero() && one.line->stocked)
        placed = one.billed->kind == InvoiceLineKind::goods ? place_on_allocations(posting, one, allocations)
                                                            : place_on_receipts(posting, one, allocations);
    const auto variance = one.price_difference - placed;
    posting.debit(one.line->stocked ? roles::price_variance : roles::expense, variance);
    posting.debit(roles::received_not_invoiced, -variance);
    posting.debit(roles::exchange_difference, one.exchange_difference);
    posting.debit(roles::received_not_invoiced, -one.exchange_difference);
    record(posting.tx, {.purchase_order = one.order->id,
                        .order_line     = one.line->id,
                        .kind           = ClearingKind::invoice,
                        .date           = posting.entry.date,
                        .quantity = one.billed->kind == InvoiceLineKind::goods ? -one.billed->quantity : Quantity{},
                        .amount   = -one.cleared,
                        .price_variance      = variance,
                        .exchange_difference = one.exchange_difference,
                        .source_entity       = posting.entry.source.entity,
                        .source_id           = posting.invoice.id.value,
                        .source_line         = one.billed->id.value});
}

void match(Posting& posting) {
    const AllocationCause cause{
        .date = posting.entry.date, .source = posting.entry.source, .invoice = &posting.invoice};
    for (const auto& order : posting.orders.all()) {
        auto allocations = plan_allocations(posting.tx, *order, cause);
        for (const auto& one : posting.goods)
            if (one.order == order.get()) settle_line(posting, one, allocations);
        write_allocations(posting.tx, *order, allocations, cause);
        if (posting.judge) judge_order(posting.tx, *order, {.on = posting.entry.date, .invoice = posting.invoice.id});
    }
}

// Where nothing else of an order was invoiced, no invoice of it can be the same.
std::vector<Id<Order>> invoiced_before(const Posting& posting) {
    std::vector<Id<Order>> orders;
    for (const auto& order : posting.orders.all())
        if (others_invoiced(posting.tx, *order, posting.invoice)) orders.push_back(order->id);
    return orders;
}

void bring_holds_in_step(Transaction& tx, VendorInvoice& invoice) {
    if (invoice.total.is_negative() || !invoice.open_item) return;
    invoice.held = std::min(held_of(tx, invoice.id, invoice.currency), invoice.total);
    tx.service<OpenItems>().hold(tx, invoice.open_item, std::max(Money{0, invoice.currency}, invoice.held));
}

void suspect_duplicate(Posting& posting) {
    auto& [tx, invoice, entry, orders, goods, judge] = posting;
    if (invoice.kind != InvoiceKind::invoice) return;
    const auto other = tx.without(invoice, [&] { return looks_like(tx, invoice, invoiced_before(posting)); });
    if (!other) return;
    tx.save(invoice);
    MatchHold hold{
        .invoice     = invoice.id,
        .reason      = HoldReason::duplicate_suspected,
        .currency    = invoice.currency,
        .amount      = invoice.total,
        .since       = invoice.date,
        .clears_when = fmt::format(
            "Compare it with {}, which has the same supplier, date and total; release it, or reverse it.", *other)};
    tx.insert(hold);
    record(tx, hold, hold.since);
    bring_holds_in_step(tx, invoice);
}

void owe(Posting& posting, Money book_total) {
    auto& [tx, invoice, entry, orders, goods, judge] = posting;
    auto line = financials::signed_line(roles::payable, -book_total, invoice.supplier);
    if (invoice.currency != tx.books().currency) {
        line.currency       = invoice.currency;
        line.foreign_amount = -invoice.total;
    }
    entry.lines.push_back(std::move(line));
}

financials::OpenItem item_of(const Transaction& tx, const VendorInvoice& invoice) {
    return {.party    = invoice.supplier,
            .kind     = invoice.total.is_negative() ? financials::ItemKind::credit_note : financials::ItemKind::invoice,
            .document = invoice.number,
            .reference     = invoice.supplier_number,
            .date          = invoice.date,
            .due_on        = invoice.due_on.empty() ? invoice.date : invoice.due_on,
            .book_amount   = invoice.book_total,
            .currency      = invoice.currency,
            .amount        = invoice.total,
            .open_amount   = invoice.total,
            .held_amount   = std::max(Money{0, invoice.currency}, std::min(invoice.held, invoice.total)),
            .source_entity = std::string(tx.entity_name(typeid(VendorInvoice))),
            .source_id     = invoice.id.value};
}

// A note that corrects an invoice is used against it at once; what is left of either stays open.
void settle_corrected(Transaction& tx, const VendorInvoice& note) {
    if (!note.corrects || !note.open_item) return;
    const auto corrected = tx.load(note.corrects);
    if (!corrected.open_item || corrected.currency != note.currency || corrected.state != PostingState::posted) return;
    auto&      items  = tx.service<OpenItems>();
    const auto open   = items.item(tx, corrected.open_item).open_amount;
    const auto amount = std::min(open, -note.total);
    if (amount <= Money{0, note.currency}) return;
    items.settle(tx, corrected.open_item, note.open_item, amount, note.date);
    refresh_held(tx, note.corrects);
}

void take_lines(Posting& posting, const BookedAmounts& booked) {
    auto& lines = posting.invoice.lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_of_goods(lines[i]))
            take_line(posting, lines[i], booked.lines[i]);
        else
            take_other(posting, lines[i], booked.lines[i]);
    }
    posting.debit(roles::freight, booked.freight);
    posting.debit(roles::input_tax, booked.deductible_tax);
    posting.debit(roles::rounding, booked.rounding);
}

}  // namespace invoicing

void post_invoice(Transaction& tx, VendorInvoice& invoice) {
    invoicing::check(tx, invoice);
    invoice.number = tx.number("VI", invoice.date);
    invoicing::Posting posting{.tx = tx, .invoice = invoice};
    posting.entry = {.date    = invoice.date,
                     .journal = "purchases",
                     .memo    = "Vendor invoice " + invoice.number,
                     .source  = tx.source_of(invoice)};
    if (!invoice.supplier_number.empty()) posting.entry.memo += ", theirs " + invoice.supplier_number;
    const auto booked  = booked_amounts(tx, invoice);
    invoice.book_total = booked.total;
    invoicing::take_lines(posting, booked);
    invoicing::match(posting);
    invoicing::owe(posting, booked.total);
    if (posting.judge && !invoice.total.is_negative())
        invoice.held = std::min(held_of(tx, invoice.id, invoice.currency), invoice.total);
    tx.service<Ledger>().post(tx, posting.entry);
    invoice.open_item = tx.service<OpenItems>().open(tx, invoicing::item_of(tx, invoice));
    invoicing::settle_corrected(tx, invoice);
    posting.orders.save(tx);
    invoicing::suspect_duplicate(posting);
    tx.publish(
        InvoicePosted{invoice.id, invoice.supplier, invoice.date, invoice.currency, invoice.total, invoice.held});
}

VendorInvoice invoice_of_everything(Transaction&, const Order& order, Date on, const std::string& supplier_number) {
    VendorInvoice invoice{
        .supplier = order.supplier, .supplier_number = supplier_number, .date = on, .currency = order.currency};
    for (const auto& line : order.lines)
        if (line.accepted() > line.invoiced)
            invoice.lines.push_back({.order_line = line.id,
                                     .quantity   = line.accepted() - line.invoiced,
                                     .price      = line.price,
                                     .tax_code   = line.tax_code});
    if (invoice.lines.empty())
        throw Refused("purchasing.nothing_to_invoice",
                      "To invoice {}, receive goods first: nothing accepted is left to invoice.", order.number);
    return invoice;
}

}  // namespace purchasing
