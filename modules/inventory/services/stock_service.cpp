#include "services/stock_service.h"

#include "services/availability.h"

namespace inventory {

using catalog::Costing;
using tessera::Refused;

namespace stock_service {

QuantityEntry entry_of(Id<Product> product, Id<Location> location, Date date, EntryKind kind, Quantity quantity,
                       std::string role, const Source& source) {
    return {.product       = product,
            .location      = location,
            .date          = date,
            .kind          = kind,
            .quantity      = quantity,
            .counter_role  = std::move(role),
            .source_entity = source.entity,
            .source_id     = source.id,
            .source_line   = source.line};
}

// Goods that come in go first to the issues that wait for them; the rest is open for issues to come.
std::vector<Outflow> settle_waiting(Transaction& tx, StockBook& book, const QuantityEntry& in, Quantity before) {
    std::vector<Outflow> settled;
    auto                 rest = in.quantity;
    if (before.is_negative()) {
        const auto owed = std::min(rest, -before);
        for (const auto& waited : book.take(in.product, in.location, -owed)) {
            book.apply(in.id, waited.entry, waited.quantity);
            settled.push_back(outflow_of(tx, waited));
        }
        rest -= owed;
    }
    book.leave_open(in.product, in.id, in.location, in.date, rest);
    return settled;
}

Received receive_at_standard(StockBook& book, const Receipt& receipt, const QuantityEntry& in, Holding before,
                             JournalEntry& entry) {
    auto&      kept     = book.kept(receipt.product);
    const auto value    = standard_change(before, receipt.quantity, book.product(receipt.product).standard_cost);
    const auto variance = receipt.cost - value;
    book.book(receipt.product, in.id, receipt.location, receipt.date, ValueKind::cost, value, receipt.source);
    entry.lines.push_back(stock_line(kept.account, value));
    entry.lines.push_back(financials::signed_line(receipt.variance_role, variance));
    return {in.id, value, variance};
}

Received receive_at_average(StockBook& book, const Receipt& receipt, const QuantityEntry& in,
                            const std::vector<Outflow>& settled, JournalEntry& entry) {
    auto here = receipt.quantity;
    for (const auto& one : settled) here -= one.quantity;
    place_cost(book, {in, receipt.cost, receipt.date, ValueKind::cost, here, receipt.variance_role, receipt.source},
               settled, entry);
    return {in.id, receipt.cost, Money{0, receipt.cost.currency()}};
}

// What these goods of a receipt cost, late cost included: what they take along when they go back to the supplier.
Money brought_by(const Transaction& tx, Id<QuantityEntry> receipt, Quantity quantity) {
    struct Row {
        Money    value{};
        Quantity quantity{};
    };
    const auto row = tx.row<Row>(R"sql(
        SELECT coalesce(sum(v.amount), 0), q.quantity
          FROM inventory_quantity_entry q JOIN inventory_value_entry v ON v.entry = q.id
         WHERE q.id = :receipt GROUP BY q.quantity)sql",
                                 receipt);
    return row ? share(row->value, quantity, row->quantity) : Money{};
}

}  // namespace stock_service

Received StockService::receive(Transaction& tx, const Receipt& receipt, JournalEntry& entry) {
    return receive(tx, receipt, {}, entry);
}

Received StockService::receive(Transaction& tx, const Receipt& receipt, Id<QuantityEntry> reverses,
                               JournalEntry& entry) {
    StockBook book(tx);
    book.check(receipt.product, receipt.location, receipt.quantity);
    if (receipt.cost.is_negative())
        throw Refused("inventory.cost_negative", "To receive {}, give a cost of zero or more, not {}.",
                      book.product(receipt.product).number, receipt.cost)
            .with_status(422)
            .with_field("cost");
    if (receipt.cost.is_zero()) book.require_open(receipt.product, receipt.date);

    const auto before = book.kept(receipt.product).holding;
    auto in = stock_service::entry_of(receipt.product, receipt.location, receipt.date, receipt.kind, receipt.quantity,
                                      receipt.counter_role, receipt.source);
    in.reverses         = reverses;
    in.id               = book.move(in);
    const auto settled  = stock_service::settle_waiting(tx, book, in, before.quantity);
    const auto received = book.product(receipt.product).costing == Costing::standard
                              ? stock_service::receive_at_standard(book, receipt, in, before, entry)
                              : stock_service::receive_at_average(book, receipt, in, settled, entry);
    entry.lines.push_back(financials::signed_line(receipt.counter_role, -receipt.cost));
    return received;
}

Issued StockService::issue(Transaction& tx, const Issue& issue, JournalEntry& entry) {
    StockBook book(tx);
    book.check(issue.product, issue.location, issue.quantity);
    const auto& product  = book.product(issue.product);
    const auto  before   = book.kept(issue.product).holding;
    const bool  standard = product.costing == Costing::standard;
    const auto  cost     = standard     ? -standard_change(before, -issue.quantity, product.standard_cost)
                           : issue.from ? undo_cost(before, issue.quantity, stock_service::brought_by(tx, issue.from, issue.quantity))
                                        : issue_cost(before, issue.quantity);
    const auto  booked   = issue.value.value_or(cost);
    if (cost.is_zero() && booked.is_zero()) book.require_open(issue.product, issue.date);

    const auto out = book.move(stock_service::entry_of(issue.product, issue.location, issue.date, issue.kind,
                                                       -issue.quantity, issue.counter_role, issue.source));
    if (issue.from) {
        book.take_from(issue.from, issue.product, issue.location, issue.quantity);
        book.apply(issue.from, out, issue.quantity);
    } else {
        const auto here = covered(before, issue.quantity);
        for (const auto& taken : book.take(issue.product, issue.location, here))
            book.apply(taken.entry, out, taken.quantity);
        book.leave_open(issue.product, out, issue.location, issue.date, here - issue.quantity);
    }
    book.book(issue.product, out, issue.location, issue.date, ValueKind::cost, -cost, issue.source);

    entry.lines.push_back(financials::signed_line(issue.counter_role, booked));
    entry.lines.push_back(stock_line(book.kept(issue.product).account, -cost));
    entry.lines.push_back(financials::signed_line(issue.variance_role, cost - booked));
    return {out, cost};
}

void StockService::transfer(Transaction& tx, Id<Product> product, Id<Location> from, Id<Location> to, Quantity quantity,
                            Date date, const Source& source) {
    StockBook book(tx);
    book.check(product, from, quantity);
    book.check(product, to, quantity);
    if (from == to)
        throw Refused("inventory.same_location", "To transfer {}, choose another location than {}.",
                      book.product(product).number, book.location(from).code);
    book.require_open(product, date);
    book.move(stock_service::entry_of(product, from, date, EntryKind::transfer_out, -quantity, {}, source), false);
    book.move(stock_service::entry_of(product, to, date, EntryKind::transfer_in, quantity, {}, source), false);
    for (const auto& taken : book.take(product, from, covered(book.kept(product).holding, quantity)))
        book.leave_open(product, taken.entry, to, taken.date, taken.quantity);
}

Placed StockService::add_cost(Transaction& tx, const LateCost& cost, JournalEntry& entry) {
    StockBook  book(tx);
    const auto receipt = tx.load(cost.entry);
    const auto date    = tx.service<financials::Ledger>().first_open(tx, cost.date);
    if (entry.date.empty()) entry.date = date;
    entry.lines.push_back(financials::signed_line(cost.counter_role, -cost.amount));

    const auto gone = outflows_of(tx, cost.entry);
    const auto here = std::max(remaining(tx, cost.entry), Quantity{});
    if (book.product(receipt.product).costing == Costing::standard || (gone.empty() && here.is_zero())) {
        entry.lines.push_back(financials::signed_line(cost.variance_role, cost.amount));
        return {.to_variance = cost.amount};
    }
    const auto placed = place_cost(
        book, {receipt, cost.amount, date, ValueKind::late_cost, here, cost.variance_role, cost.source}, gone, entry);
    return placed;
}

Quantity StockService::on_hand(const Snapshot& tx, Id<Product> product, Id<Location> location) const {
    if (!location) return kept_of(tx, product).holding.quantity;
    return tx.balance(StockBalance{product, location}).quantity;
}

Money StockService::value(const Snapshot& tx, Id<Product> product) const { return kept_of(tx, product).holding.value; }

Id<financials::Account> StockService::stock_account(const Snapshot& tx, Id<Product> product) const {
    const auto kept = kept_of(tx, product);
    if (!kept.holding.quantity.is_zero() || !kept.holding.value.is_zero()) return kept.account;
    return account_of_category(
        tx, tx.value<Id<catalog::Category>>("SELECT category FROM catalog_product WHERE id = :id", product)
                .value_or(Id<catalog::Category>{}));
}

Quantity StockService::remaining(const Snapshot& tx, Id<QuantityEntry> entry) const {
    return *tx.value<Quantity>(R"sql(
        SELECT coalesce(sum(remaining), 0) FROM inventory_open_entry
         WHERE product = (SELECT product FROM inventory_quantity_entry WHERE id = :entry) AND entry = :entry)sql",
                               entry);
}

void revalue(Transaction& tx, Id<Product> product, Money change, Date date, const Source& source, JournalEntry& entry) {
    StockBook book(tx);
    book.book(product, {}, {}, date, ValueKind::revaluation, change, source);
    entry.lines.push_back(stock_line(book.kept(product).account, change));
    entry.lines.push_back(financials::signed_line("inventory.revaluation", -change));
}

void declare_stock_service(tessera::Kernel& kernel) {
    kernel.provide<Stock>(std::make_shared<StockService>());
    kernel.provide<Availability>(std::make_shared<AvailabilityService>());
}

}  // namespace inventory
