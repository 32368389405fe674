#include "services/cost_recognition.h"

#include "services/roles.h"

#include <tessera/kernel.h>

#include <algorithm>
#include <map>

namespace sales {

using financials::JournalEntry;
using financials::Ledger;
using tessera::Snapshot;
using tessera::Source;
using tessera::Transaction;

namespace cost_recognition {

Money standing_in(const JournalEntry& entry) {
    Money sum;
    for (const auto& line : entry.lines)
        if (line.role == roles::shipped_not_invoiced) sum += line.debit - line.credit;
    return sum;
}

void enter(Transaction& tx, Id<OrderLine> line, Date on, CostMovement kind, Quantity quantity, Money amount, const Source& source) {
    tx.insert(CostEntry{.order_line    = line,
                        .date          = on,
                        .recorded_at   = tx.now(),
                        .kind          = kind,
                        .quantity      = quantity,
                        .amount        = amount,
                        .source_entity = source.entity,
                        .source_id     = source.id});
}

Money share_billed(const OrderLine& line, Money moved) {
    if (line.amount.is_zero()) return moved;
    return {tessera::divide(tessera::Wide{moved.minor()} * line.billed.minor(), line.amount.minor()), moved.currency()};
}

struct Sums {
    Id<OrderLine> line{};
    Quantity      quantity{};
    Money         moved{}, recognised{};
};

std::vector<Sums> sums_of(const Snapshot& tx, Id<Order> order) {
    return tx.rows<Sums>(R"sql(
        SELECT c.order_line, sum(c.quantity), sum(CASE WHEN c.kind = 'moved' THEN c.amount ELSE 0 END), -sum(CASE WHEN c.kind = 'moved' THEN 0 ELSE c.amount END)
          FROM sales_order_line l JOIN sales_cost_entry c ON c.order_line = l.id WHERE l.document = :order
         GROUP BY c.order_line ORDER BY c.order_line)sql",
                         order);
}

void recognise(Transaction& tx, const OrderLine& line, const Sums& sums, JournalEntry& entry) {
    const auto change = sums.moved - not_invoiced(line, sums.moved, sums.quantity) - sums.recognised;
    if (change.is_zero()) return;
    entry.lines.push_back(financials::signed_line(roles::cost_of_sales, change));
    entry.lines.push_back(financials::signed_line(roles::shipped_not_invoiced, -change));
    enter(tx, line.id, entry.date, CostMovement::recognised, {}, -change, entry.source);
}

struct Late {
    std::int64_t  entry = 0;
    Id<OrderLine> line{};
    Id<Order>     order{};
    Date          issued_on{};
    Money         amount{};
};

// What this command has entered so far, so that each value entry is taken once.
struct Handled {
    std::int64_t last    = 0;
    bool         posting = false;
};

constexpr auto late_sql = R"sql(
    SELECT v.id, l.order_line, l.sales_order, q.date, -v.amount
      FROM inventory_value_entry v JOIN inventory_quantity_entry q ON q.id = v.entry
      JOIN sales_shipment_line l ON l.id = q.source_line
     WHERE v.id > :after AND v.recorded_at = :now AND v.source_entity = :entity AND v.source_id = :id
       AND q.quantity < 0 AND q.source_entity = 'sales.shipment' AND q.counter_role = 'sales.shipped_not_invoiced' ORDER BY v.id)sql";

// Late cost of one command may concern many issues; its entries are the newest.
std::vector<Late> late_costs(const Snapshot& tx, const Handled& handled, const Source& source) {
    const auto newest = tx.newest<inventory::ValueEntry>();
    if (!newest) return {};
    auto after = newest->id.value;
    for (std::int64_t step = 64; after > handled.last; step *= 2) {
        after              = std::max(handled.last, newest->id.value - step);
        const auto earlier = tx.value<tessera::Instant>("SELECT recorded_at FROM inventory_value_entry WHERE id = :after", after);
        if (earlier && *earlier < tx.now()) break;
    }
    return tx.rows<Late>(late_sql, after, tx.now(), source.entity, source.id);
}

Money posted_to(const financials::EntryPosted& posted, Id<financials::Account> account) {
    Money sum;
    for (const auto& line : posted.lines)
        if (line.account == account) sum += line.amount;
    return sum;
}

// The stock ledger sends late cost to where the goods went while that day is open; else it is a variance and none of ours.
void enter_late(Transaction& tx, const financials::EntryPosted& posted, Money sum, OrdersAtWork& orders) {
    auto& handled = tx.scratch<Handled>();
    Late  last;
    for (const auto& late : late_costs(tx, handled, posted.source)) {
        handled.last = late.entry;
        if (!tx.service<Ledger>().is_open(tx, late.issued_on)) continue;
        enter(tx, late.line, posted.date, CostMovement::moved, {}, late.amount, posted.source);
        orders.order(tx, late.order);
        sum -= late.amount;
        last = late;
    }
    if (!sum.is_zero() && last.line) enter(tx, last.line, posted.date, CostMovement::moved, {}, sum, posted.source);
}

void on_entry(Transaction& tx, const financials::EntryPosted& posted) {
    if (posted.source.entity.starts_with("sales.") || tx.scratch<Handled>().posting) return;
    const auto account = tx.service<Ledger>().find_account_of(tx, roles::shipped_not_invoiced);
    if (!account) return;
    const auto sum = posted_to(posted, *account);
    if (sum.is_zero()) return;
    OrdersAtWork orders;
    enter_late(tx, posted, sum, orders);
    tx.scratch<Handled>().posting = true;
    recognise_cost(tx, orders, posted.date, posted.source, "Late cost of goods sold");
    tx.scratch<Handled>().posting = false;
}

}  // namespace cost_recognition

std::string_view role_of_cost(const Snapshot& tx) {
    const auto setting = tx.value<CostRecognition>("SELECT cost_recognition FROM sales_settings ORDER BY id LIMIT 1");
    return setting == CostRecognition::with_invoice ? roles::shipped_not_invoiced : roles::cost_of_sales;
}

std::string role_of_cost(const Snapshot& tx, Id<inventory::QuantityEntry> entry) {
    return tx.value<std::string>("SELECT counter_role FROM inventory_quantity_entry WHERE id = :entry", entry).value_or(roles::cost_of_sales);
}

CostWatch::CostWatch(const JournalEntry& entry) : entry_(entry), before_(cost_recognition::standing_in(entry)) {}

void CostWatch::enter(Transaction& tx, Id<OrderLine> line, Quantity quantity) const {
    const auto change = cost_recognition::standing_in(entry_) - before_;
    if (!change.is_zero()) cost_recognition::enter(tx, line, entry_.date, CostMovement::moved, quantity, change, entry_.source);
}

Money not_invoiced(const OrderLine& line, Money moved, Quantity quantity) {
    const Money none{0, moved.currency()};
    const auto  kept = line.kept();
    if (quantity <= Quantity{} || kept <= Quantity{}) return none;
    if (line.invoicing == Invoicing::by_milestone) return moved - cost_recognition::share_billed(line, moved);
    const auto waits = kept - std::clamp(line.invoiced, Quantity{}, kept);
    return tessera::share(moved, std::min(waits, quantity), quantity);
}

void recognise_cost(Transaction& tx, const OrdersAtWork& orders, Date on, const Source& source, const std::string& memo) {
    JournalEntry entry{.date = on, .journal = "cost_of_sales", .memo = memo, .source = source};
    for (const auto& order : orders.all())
        for (const auto& sums : cost_recognition::sums_of(tx, order->id))
            if (const auto at = std::ranges::find(order->lines, sums.line, &OrderLine::id); at != order->lines.end()) cost_recognition::recognise(tx, *at, sums, entry);
    if (!entry.lines.empty()) tx.service<Ledger>().post(tx, entry);
}

void contribute_cost_recognition(tessera::Kernel& kernel) { kernel.on(cost_recognition::on_entry); }

}  // namespace sales
