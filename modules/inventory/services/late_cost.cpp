#include "services/late_cost.h"

namespace inventory {

namespace late_cost {

// Thousands of issues may share one counter role: their lines are added up before they are posted.
class Lines {
public:
    void add(const std::string& role, Money amount) { sums_[role] += amount; }
    void append_to(JournalEntry& entry) const {
        for (const auto& [role, sum] : sums_) entry.lines.push_back(financials::signed_line(role, sum));
    }

private:
    std::map<std::string, Money> sums_;
};

std::vector<Quantity> quantities_of(const std::vector<Outflow>& gone) {
    std::vector<Quantity> quantities;
    quantities.reserve(gone.size());
    for (const auto& one : gone) quantities.push_back(one.quantity);
    return quantities;
}

}  // namespace late_cost

financials::Line stock_line(Id<financials::Account> account, Money change) {
    auto line    = financials::signed_line({}, change);
    line.account = account;
    return line;
}

std::vector<Outflow> outflows_of(const Snapshot& tx, Id<QuantityEntry> inbound) {
    return tx.rows<Outflow>(R"sql(
        SELECT a.outbound, sum(a.quantity), q.date, q.counter_role, q.location
          FROM inventory_application a
          JOIN inventory_quantity_entry q ON q.id = a.outbound
         WHERE a.inbound = :inbound AND q.kind <> 'supplier_return'
         GROUP BY a.outbound, q.date, q.counter_role, q.location
        HAVING sum(a.quantity) <> 0
         ORDER BY a.outbound)sql",
                            inbound);
}

Outflow outflow_of(const Snapshot& tx, const Taken& waited) {
    const auto e = tx.load(waited.entry);
    return {e.id, waited.quantity, e.date, e.counter_role, e.location};
}

Placed place_cost(StockBook& book, const CostToPlace& cost, const std::vector<Outflow>& gone, JournalEntry& entry) {
    const auto& in    = cost.receipt;
    const auto  split = split_cost(cost.amount, cost.here, late_cost::quantities_of(gone));
    Placed      placed{.to_stock = split.here};
    book.book(in.product, in.id, in.location, cost.date, cost.kind, cost.amount, cost.source);

    late_cost::Lines lines;
    for (std::size_t i = 0; i < gone.size(); ++i) {
        const auto& out  = gone[i];
        const auto  part = split.gone[i];
        if (part.is_zero()) continue;
        book.book(in.product, out.entry, out.location, cost.date, cost.kind, -part, cost.source);
        const bool to_issue = !out.counter_role.empty() && book.is_open(out.date);
        lines.add(to_issue ? out.counter_role : cost.variance_role, part);
        (to_issue ? placed.to_issues : placed.to_variance) += part;
    }
    lines.append_to(entry);
    entry.lines.push_back(stock_line(book.kept(in.product).account, split.here));
    return placed;
}

}  // namespace inventory
