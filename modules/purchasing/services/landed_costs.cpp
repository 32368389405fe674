#include "services/landed_costs.h"

#include "services/roles.h"

#include <algorithm>

namespace purchasing {

using financials::JournalEntry;
using financials::Ledger;
using inventory::Stock;
using tessera::Refused;
using tessera::Transaction;

namespace landed_costs {

struct Bearer {  // a receipt line that bears its share
    Id<inventory::QuantityEntry> stock_entry{};
    Quantity                     quantity{};
    Quantity                     accepted{};
    Money                        value{};
    PostingState                 state{};
};

Bearer bearer_of(const Transaction& tx, const LandedCostLine& line) {
    const auto found = tx.row<Bearer>(R"sql(
        SELECT l.stock_entry, l.quantity, l.quantity - l.rejected - l.returned_accepted, l.value, d.state
          FROM purchasing_goods_receipt_line l JOIN purchasing_goods_receipt d ON d.id = l.document
                 WHERE l.id = :line)sql",
                                      line.receipt_line);
    if (!found || found->state != PostingState::posted)
        throw Refused("purchasing.receipt_not_posted",
                      "To add cost to received goods, choose lines of posted receipts: {} is none.", line.receipt_line);
    return *found;
}

std::int64_t weight_of(const Bearer& bearer, AllocatedBy by) {
    if (!bearer.stock_entry || bearer.accepted <= Quantity{}) return 0;
    if (by == AllocatedBy::quantity) return bearer.accepted.raw();
    return std::max<std::int64_t>(0, tessera::share(bearer.value, bearer.accepted, bearer.quantity).minor());
}

struct Charge {
    Id<VendorInvoice>       invoice{};
    std::string             number{};
    PostingState            state{};
    InvoiceLineKind         kind{};
    Id<financials::Account> account{};
    Currency                currency{};
    Money                   amount{};
    Date                    date{};
};

// Where the amount stands before it becomes cost of goods.
const char* source_role(Transaction& tx, const LandedCost& cost) {
    if (!cost.invoice_line) return roles::landed_cost_clearing;
    const auto charge        = tx.row<Charge>(R"sql(
        SELECT d.id, d.number, d.state, l.kind, l.account, d.currency, l.amount, d.date
          FROM purchasing_vendor_invoice_line l JOIN purchasing_vendor_invoice d ON d.id = l.document
                 WHERE l.id = :line)sql",
                                       cost.invoice_line);
    const bool distributable = charge && charge->state == PostingState::posted && !charge->account &&
                               (charge->kind == InvoiceLineKind::freight || charge->kind == InvoiceLineKind::charge);
    if (!distributable)
        throw Refused("purchasing.charge_not_posted",
                      "To distribute a charge, choose a freight or charge line of a posted invoice.");
    auto available = charge->amount;
    if (charge->currency != tx.books().currency)
        available = tx.service<directory::ExchangeRates>().convert(tx, available, tx.books().currency, charge->date);
    const auto taken = tx.value<Money>(
                             "SELECT sum(amount) FROM purchasing_landed_cost WHERE invoice_line = :line AND state = "
                             "'posted' AND id <> :id",
                             cost.invoice_line, cost.id)
                           .value_or(tx.books().zero());
    if (taken + cost.amount > available)
        throw Refused("purchasing.distributes_too_much",
                      "To distribute {} of the charge on {}, distribute at most {}: the rest is distributed already.",
                      cost.amount, charge->number, available - taken);
    return charge->kind == InvoiceLineKind::freight ? roles::freight : roles::landed_cost_clearing;
}

void add(Transaction& tx, const LandedCost& cost, const LandedCostLine& line, Money amount, const char* role,
         JournalEntry& entry) {
    if (amount.is_zero()) return;
    tx.service<Stock>().add_cost(tx,
                                 {.entry         = bearer_of(tx, line).stock_entry,
                                  .amount        = amount,
                                  .date          = entry.date,
                                  .counter_role  = role,
                                  .variance_role = roles::price_variance,
                                  .source        = tx.source_of(cost, line.id.value)},
                                 entry);
}

}  // namespace landed_costs

void post_landed_cost(Transaction& tx, LandedCost& cost) {
    std::vector<std::int64_t> weights;
    for (const auto& line : cost.lines)
        weights.push_back(landed_costs::weight_of(landed_costs::bearer_of(tx, line), cost.allocated_by));
    if (std::ranges::none_of(weights, [](auto weight) { return weight > 0; }))
        throw Refused("purchasing.nothing_to_carry_cost",
                      "To distribute {}, choose receipt lines with accepted goods that are kept in stock.",
                      cost.amount);
    if (cost.date.empty()) cost.date = tx.today();
    const auto* role   = landed_costs::source_role(tx, cost);
    const auto  shares = tessera::allocate(cost.amount, weights);
    cost.number        = tx.number("LC", cost.date);
    JournalEntry entry{
        .date = cost.date, .journal = "purchases", .memo = "Landed cost " + cost.number, .source = tx.source_of(cost)};
    for (std::size_t i = 0; i < cost.lines.size(); ++i) {
        cost.lines[i].amount = shares[i];
        landed_costs::add(tx, cost, cost.lines[i], shares[i], role, entry);
    }
    tx.service<Ledger>().post(tx, entry);
}

void cancel_landed_cost(Transaction& tx, LandedCost& cost, Date on, const std::string& reason) {
    const auto*  role = landed_costs::source_role(tx, cost);
    JournalEntry entry{
        .date    = tx.service<financials::Ledger>().reversal_date(tx, cost.date, on),
        .journal = "purchases",
        .memo    = fmt::format("Cancellation of landed cost {}{}{}", cost.number, reason.empty() ? "" : ": ", reason),
        .source  = tx.source_of(cost)};
    for (const auto& line : cost.lines) landed_costs::add(tx, cost, line, -line.amount, role, entry);
    tx.because(reason);
    tx.service<Ledger>().post(tx, entry);
}

}  // namespace purchasing
