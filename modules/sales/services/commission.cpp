#include "services/commission.h"

#include <tessera/kernel.h>

#include <map>

namespace sales {

using tessera::Snapshot;
using tessera::Transaction;

namespace commission {

using Person = Id<directory::Employee>;
using Whose  = std::pair<Id<CommissionPlan>, Person>;
using Due    = std::map<Whose, Money>;

struct Line {
    Person        sales_person{};
    Money         amount{};
    Id<OrderLine> order_line{};
    Quantity      quantity{}, kept{};
};

struct Sold {
    Person   sales_person{};
    Quantity kept{};
};

// An invoice that is being posted is not written yet, so its lines are read from it.
std::vector<Line> lines_of(const Snapshot& tx, const Invoice& invoice) {
    std::vector<Line> lines;
    const auto        of_customer = tx.extension<CustomerTerms>(invoice.customer).sales_person;
    for (const auto& line : invoice.lines) {
        Sold sold{of_customer, {}};
        if (line.order_line)
            sold = tx.row<Sold>("SELECT o.sales_person, l.shipped - l.returned FROM sales_order_line l JOIN sales_order o ON o.id = l.document WHERE l.id = :line", line.order_line)
                       .value_or(sold);
        lines.push_back({sold.sales_person, line.book_amount, line.order_line, line.quantity, sold.kept});
    }
    return lines;
}

// What the goods of an order line that the customer kept cost by now.
Money cost_of(const Snapshot& tx, Id<OrderLine> line) {
    return -tx.value<Money>(R"sql(
        SELECT sum(v.amount) FROM inventory_value_entry v
         WHERE v.entry IN (SELECT s.stock_entry FROM sales_shipment_line s JOIN sales_shipment d ON d.id = s.document WHERE s.order_line = :line AND d.state = 'shipped'
                           UNION ALL
                           SELECT r.stock_entry FROM sales_customer_return_line r JOIN sales_customer_return c ON c.id = r.document
                            WHERE r.order_line = :line AND c.state = 'posted'))sql",
                            line)
                .value_or(tx.books().zero());
}

Money base_of(const Snapshot& tx, const CommissionPlan& plan, const Line& line) {
    if (plan.basis == CommissionBasis::revenue || !line.order_line || line.kept.is_zero()) return line.amount;
    return line.amount - tessera::share(cost_of(tx, line.order_line), line.quantity, line.kept);
}

struct Settled {
    Money settled{}, whole{};
};

Settled settled_of(const Snapshot& tx, const Invoice& invoice) {
    if (!invoice.open_item) return {Money{1, invoice.currency}, Money{1, invoice.currency}};   // worth nothing, so nothing is waited for
    const auto item = tx.service<financials::OpenItems>().item(tx, invoice.open_item);
    return {item.amount - item.open_amount, item.amount};
}

// The stock ledger's newest entries that this command wrote, by the order lines whose goods they are about.
constexpr auto touched_sql = R"sql(
    SELECT DISTINCT i.id FROM sales_invoice i JOIN sales_invoice_line l ON l.document = i.id
     WHERE i.state = 'posted' AND l.order_line IN (
        SELECT s.order_line FROM inventory_value_entry v JOIN inventory_quantity_entry q ON q.id = v.entry JOIN sales_shipment_line s ON s.id = q.source_line
         WHERE v.id > :after AND v.recorded_at = :now AND q.source_entity = 'sales.shipment'
        UNION
        SELECT r.order_line FROM inventory_value_entry v JOIN inventory_quantity_entry q ON q.id = v.entry JOIN sales_customer_return_line r ON r.id = q.source_line
         WHERE v.id > :after AND v.recorded_at = :now AND q.source_entity = 'sales.customer_return')
     ORDER BY i.id)sql";

// Entries of before this command lie before this one.
std::int64_t last_before(const Snapshot& tx, std::int64_t newest) {
    for (std::int64_t step = 64; step < newest; step *= 2) {
        const auto recorded = tx.value<tessera::Instant>("SELECT recorded_at FROM inventory_value_entry WHERE id = :id", newest - step);
        if (recorded && *recorded < tx.now()) return newest - step;
    }
    return 0;
}

// Goods that left, came back or cost more since they were invoiced change the margin, and what is paid of it.
void follow_margins(Transaction& tx, Date on) {
    const auto newest = tx.newest<inventory::ValueEntry>();
    if (!newest) return;
    for (const auto invoice : tx.rows<Id<Invoice>>(touched_sql, last_before(tx, newest->id.value), tx.now())) follow_commission(tx, tx.load(invoice), on, CommissionBasis::margin);
}

void on_entry(Transaction& tx, const financials::EntryPosted& posted) {
    if (!tx.value<std::int64_t>("SELECT id FROM sales_commission_plan WHERE basis = 'margin' AND active = 1 LIMIT 1")) return;
    const auto newest = tx.newest<inventory::ValueEntry>();
    if (!newest || newest->recorded_at != tx.now()) return;
    tx.before_commit("sales.commission of margins", [on = posted.date](Transaction& at_end) { follow_margins(at_end, on); });
}

struct Bases {
    Due                                          sums{};
    std::map<Id<CommissionPlan>, CommissionPlan> plans{};
};

Bases bases_of(const Snapshot& tx, const Invoice& invoice, std::optional<CommissionBasis> basis) {
    Bases bases;
    auto  plans = tx.select<CommissionPlan>("active = 1 ORDER BY id");
    if (basis) std::erase_if(plans, [&](const CommissionPlan& plan) { return plan.basis != *basis; });
    if (plans.empty()) return bases;
    for (const auto& line : lines_of(tx, invoice))
        for (const auto& plan : plans) {
            if (!line.sales_person || !pays_for(plan, line.sales_person, invoice.date)) continue;
            bases.plans[plan.id] = plan;
            bases.sums[{plan.id, line.sales_person}] += base_of(tx, plan, line);
        }
    return bases;
}

struct Entered {
    Id<CommissionPlan> plan{};
    Person             sales_person{};
    Money              amount{};
};

void enter(Transaction& tx, const Invoice& invoice, Date on, const Whose& whose, Money base, Money amount) {
    tx.insert(CommissionEntry{.plan         = whose.first,
                              .sales_person = whose.second,
                              .invoice      = invoice.id,
                              .customer     = invoice.customer,
                              .date         = on,
                              .recorded_at  = tx.now(),
                              .base         = base,
                              .amount       = amount});
}

void follow_item(Transaction& tx, Id<financials::OpenItem> item, Date on) {
    const auto invoice = tx.value<Id<Invoice>>("SELECT id FROM sales_invoice WHERE open_item = :item AND state = 'posted'", item);
    if (invoice) follow_commission(tx, tx.load(*invoice), on);
}

void on_settlement(Transaction& tx, const financials::ItemSettled& settled) {
    follow_item(tx, settled.item, settled.date);
    follow_item(tx, settled.by, settled.date);
}

}  // namespace commission

Money commission_of(const CommissionPlan& plan, Money base, Money settled, Money whole) {
    const auto full = tessera::percent_of(base, plan.percent);
    if (plan.paid == CommissionTime::on_invoice || settled == whole) return full;
    if (whole.is_zero()) return full;
    return {tessera::divide(tessera::Wide{full.minor()} * settled.minor(), whole.minor()), full.currency()};
}

bool pays_for(const CommissionPlan& plan, Id<directory::Employee> sales_person, Date invoiced_on) {
    if (plan.sales_person && plan.sales_person != sales_person) return false;
    return (plan.valid_from.empty() || plan.valid_from <= invoiced_on) && (plan.valid_to.empty() || invoiced_on <= plan.valid_to);
}

void follow_commission(Transaction& tx, const Invoice& invoice, Date on, std::optional<CommissionBasis> basis) {
    const bool      stands = invoice.state == PostingState::posted;
    commission::Due due, entered;
    const auto      bases = stands ? commission::bases_of(tx, invoice, basis) : commission::Bases{};
    if (!bases.sums.empty()) {
        const auto [settled, whole] = commission::settled_of(tx, invoice);
        for (const auto& [whose, base] : bases.sums) due[whose] = commission_of(bases.plans.at(whose.first), base, settled, whole);
    }
    for (const auto& row : tx.rows<commission::Entered>(
             "SELECT plan, sales_person, sum(amount) FROM sales_commission_entry WHERE invoice = :invoice GROUP BY plan, sales_person ORDER BY plan, sales_person", invoice.id)) {
        entered[{row.plan, row.sales_person}] = row.amount;
        if (!stands) due[{row.plan, row.sales_person}] = tx.books().zero();
    }
    for (const auto& [whose, amount] : due) {
        const auto change = amount - entered[whose];
        const auto base   = bases.sums.find(whose);
        if (!change.is_zero()) commission::enter(tx, invoice, on, whose, base == bases.sums.end() ? tx.books().zero() : base->second, change);
    }
}

void contribute_commission(tessera::Kernel& kernel) {
    kernel.on(commission::on_settlement);
    kernel.on(commission::on_entry);
}

}  // namespace sales
