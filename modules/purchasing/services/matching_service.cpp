#include "services/matching_service.h"

#include "services/orders_at_work.h"
#include "services/three_way_match.h"

#include <algorithm>
#include <set>

namespace purchasing {

using tessera::Snapshot;
using tessera::Transaction;

namespace matching_service {

struct InvoicedLine {
    Id<VendorInvoiceLine> id{};
    Id<VendorInvoice>     invoice{};
    Id<VendorInvoice>     corrects{};
    Id<OrderLine>         order_line{};
    InvoiceLineKind       kind{};
    Date                  date{};
    Quantity              quantity{};
    Currency              currency{};
    Money                 amount{};
    Quantity              effective{};  // left of `quantity` after credits; not a column
};

struct Wanted {
    const InvoicedLine* line = nullptr;
    Finding             finding{};
};

std::vector<InvoicedLine> invoiced_lines(const Snapshot& tx, const Order& order, const JudgedNow& now) {
    return tx.rows<InvoicedLine>(R"sql(
        SELECT l.id, l.document, d.corrects, l.order_line, l.kind, d.date, l.quantity, d.currency, l.amount,
               l.quantity
          FROM purchasing_vendor_invoice_line l JOIN purchasing_vendor_invoice d ON d.id = l.document
         WHERE l.purchase_order = :purchase_order AND l.kind IN ('goods', 'price_correction')
           AND (d.state = 'posted' OR d.id = :invoice) AND d.id <> :removed
         ORDER BY l.id)sql",
                                 order.id, now.invoice.value, now.removed_invoice.value);
}

// A credit takes from the invoice it corrects, then from the newest.
void apply_credits(std::span<InvoicedLine> lines) {
    for (const auto& credit : lines) {
        if (credit.kind != InvoiceLineKind::goods || !credit.quantity.is_negative()) continue;
        auto       left = -credit.quantity;
        const auto take = [&](InvoicedLine& line) {
            const auto some = std::min(line.effective, left);
            if (some <= Quantity{} || line.kind != InvoiceLineKind::goods) return;
            line.effective -= some;
            left -= some;
        };
        for (auto& line : lines)
            if (line.invoice == credit.corrects) take(line);
        for (auto line = lines.rbegin(); line != lines.rend(); ++line) take(*line);
    }
}

MatchDecision decide(const OrderLine& ordered, const InvoicedLine& line, Quantity previously,
                     const MatchPolicy& policy) {
    if (line.kind == InvoiceLineKind::price_correction)
        return match_price_correction(policy, line.amount,
                                      tessera::extend(ordered.invoiced, ordered.price, line.currency));
    if (line.effective <= Quantity{}) return {};
    const auto amount =
        line.effective == line.quantity ? line.amount : tessera::share(line.amount, line.effective, line.quantity);
    return three_way_match({.ordered             = ordered.quantity,
                            .received            = ordered.received,
                            .accepted            = ordered.accepted(),
                            .previously_invoiced = previously,
                            .quantity            = line.effective,
                            .order_price         = ordered.price,
                            .amount              = amount,
                            .policy              = policy});
}

// `lines` are sorted by order line, the oldest first within each.
std::vector<Wanted> findings_of(const Order& order, std::vector<InvoicedLine>& lines) {
    std::vector<Wanted> wanted;
    for (const auto& ordered : order.lines) {
        const auto found  = std::ranges::equal_range(lines, ordered.id, {}, &InvoicedLine::order_line);
        const auto billed = std::span<InvoicedLine>(found.begin(), found.end());
        const auto policy = policy_of(ordered.match_policy);
        Quantity   previously;
        apply_credits(billed);
        for (const auto& line : billed) {
            for (auto& finding : decide(ordered, line, previously, policy).findings)
                wanted.push_back({&line, std::move(finding)});
            if (line.kind == InvoiceLineKind::goods) previously += std::max(Quantity{}, line.effective);
        }
    }
    return wanted;
}

MatchHold new_hold(const Order& order, const Wanted& wanted, Money amount, Date on) {
    return {.invoice        = wanted.line->invoice,
            .invoice_line   = wanted.line->id,
            .purchase_order = order.id,
            .order_line     = wanted.line->order_line,
            .reason         = wanted.finding.reason,
            .blocking       = wanted.finding.outcome == Outcome::block,
            .quantity       = wanted.finding.quantity,
            .currency       = wanted.line->currency,
            .amount         = amount,
            .since          = on,
            .clears_when    = wanted.finding.clears_when};
}

// A released hold stands for what was released; only what comes on top of it is held anew.
Money released_of(const std::vector<MatchHold>& holds, const Wanted& wanted) {
    Money sum{0, wanted.line->currency};
    for (const auto& hold : holds)
        if (hold.state == HoldState::released && hold.invoice_line == wanted.line->id &&
            hold.reason == wanted.finding.reason)
            sum += hold.amount;
    return sum;
}

bool bring_in_step(Transaction& tx, MatchHold& hold, const Finding& finding, Money amount, Date on) {
    const bool blocking = finding.outcome == Outcome::block;
    if (hold.amount == amount && hold.quantity == finding.quantity && hold.blocking == blocking &&
        hold.clears_when == finding.clears_when)
        return false;
    hold.amount      = amount;
    hold.quantity    = finding.quantity;
    hold.blocking    = blocking;
    hold.clears_when = finding.clears_when;
    tx.save(hold);
    record(tx, hold, on);
    return true;
}

void place(Transaction& tx, MatchHold hold) {
    tx.insert(hold);
    record(tx, hold, hold.since);
}

}  // namespace matching_service

void record(Transaction& tx, const MatchHold& hold, Date on) {
    tx.insert(HoldEntry{.hold        = hold.id,
                        .date        = on,
                        .recorded_at = tx.now(),
                        .state       = hold.state,
                        .blocking    = hold.blocking,
                        .quantity    = hold.quantity,
                        .currency    = hold.currency,
                        .amount      = hold.amount,
                        .clears_when = hold.clears_when});
}

void judge_order(Transaction& tx, const Order& order, const JudgedNow& now) {
    namespace rules = matching_service;
    auto lines      = rules::invoiced_lines(tx, order, now);
    std::ranges::stable_sort(lines, {}, &rules::InvoicedLine::order_line);
    const auto wanted = rules::findings_of(order, lines);
    auto holds = tx.select<MatchHold>("purchase_order = :purchase_order AND state <> 'cleared' ORDER BY id", order.id);
    std::set<Id<VendorInvoice>> touched;
    std::set<Id<MatchHold>>     kept;
    for (const auto& one : wanted) {
        const auto amount = one.finding.at_stake - rules::released_of(holds, one);
        if (amount <= Money{0, one.line->currency} && !one.finding.at_stake.is_zero()) continue;
        const auto held = std::ranges::find_if(holds, [&](const MatchHold& hold) {
            return hold.state == HoldState::held && hold.invoice_line == one.line->id &&
                   hold.reason == one.finding.reason;
        });
        if (held == holds.end())
            rules::place(tx, rules::new_hold(order, one, amount, now.on));
        else
            kept.insert(held->id);
        if (held == holds.end() || rules::bring_in_step(tx, *held, one.finding, amount, now.on))
            touched.insert(one.line->invoice);
    }
    for (auto& hold : holds) {
        if (hold.state != HoldState::held || hold.reason == HoldReason::duplicate_suspected || kept.contains(hold.id))
            continue;
        hold.state    = HoldState::cleared;
        hold.ended_on = now.on;
        tx.save(hold);
        record(tx, hold, now.on);
        touched.insert(hold.invoice);
    }
    for (const auto invoice : touched)
        if (invoice != now.invoice && invoice != now.removed_invoice) refresh_held(tx, invoice);
}

Money held_of(const Snapshot& tx, Id<VendorInvoice> invoice, Currency currency) {
    const auto sum = tx.value<std::int64_t>(
        "SELECT sum(amount) FROM purchasing_match_hold WHERE invoice = :invoice AND state = 'held' AND blocking = 1",
        invoice);
    return {sum.value_or(0), currency};
}

void refresh_held(Transaction& tx, Id<VendorInvoice> id) {
    auto       invoice = tx.load(id);
    auto&      items   = tx.service<financials::OpenItems>();
    const auto item    = items.item(tx, invoice.open_item);
    invoice.held       = held_of(tx, id, invoice.currency);
    const auto held    = std::max(Money{0, invoice.currency}, std::min(invoice.held, item.open_amount));
    if (held != item.held_amount) items.hold(tx, invoice.open_item, held);
    tx.save(invoice);
}

namespace matching_service {

struct HoldRow {
    std::string  number{};
    std::string  description{};
    std::int64_t before = 0;
    Quantity     quantity{};
    Quantity     received{};
    Quantity     rejected{};
    Quantity     invoiced{};
};

std::string stand_of(const Snapshot& tx, const MatchHold& hold) {
    const auto row = tx.row<HoldRow>(R"sql(
        SELECT o.number, l.description, (SELECT count(*) FROM purchasing_order_line b WHERE b.document = o.id
               AND b.id <= l.id),
               l.quantity, l.received, l.rejected, l.invoiced
          FROM purchasing_order_line l JOIN purchasing_order o ON o.id = l.document WHERE l.id = :order_line)sql",
                                     hold.order_line);
    if (!row) return {};
    const auto where = fmt::format("on {} line {} ({})", row->number, row->before, row->description);
    switch (hold.reason) {
        case HoldReason::price_exceeds_order:
            return fmt::format("{} was invoiced above the ordered price", where);
        case HoldReason::price_below_order:
            return fmt::format("{} was invoiced below the ordered price", where);
        case HoldReason::quantity_exceeds_order:
            return fmt::format("{} {} were invoiced and {} ordered", where, row->invoiced, row->quantity);
        case HoldReason::not_received:
            return fmt::format("{} {} were invoiced and nothing was received", where, row->invoiced);
        case HoldReason::invoice_before_receipt:
            return fmt::format("{} was invoiced before it came", where);
        default:
            break;
    }
    const auto rejected = row->rejected.is_zero()
                              ? std::string{}
                              : fmt::format(" ({} received, {} rejected)", row->received, row->rejected);
    return fmt::format("{} {} were invoiced and {} accepted{}", where, row->invoiced, row->received - row->rejected,
                       rejected);
}

}  // namespace matching_service

std::string why_of(const Snapshot& tx, const MatchHold& hold) {
    if (hold.reason == HoldReason::duplicate_suspected) return "it looks like an invoice that is there already";
    return matching_service::stand_of(tx, hold);
}

std::string MatchingService::explain(const Snapshot& tx, Id<VendorInvoice> id) const {
    const auto invoice = tx.load(id);
    const auto name    = invoice.number.empty() ? std::string("This draft") : invoice.number;
    const auto holds   = tx.select<MatchHold>("invoice = :invoice AND state = 'held' AND blocking = 1 ORDER BY id", id);
    if (holds.empty())
        return fmt::format(
            "{} is not held: what was invoiced agrees with what was ordered and accepted, or was released.", name);
    std::string text = fmt::format("{} is held for {} of {}: ", name, invoice.held, invoice.total);
    for (std::size_t i = 0; i < holds.size(); ++i) text += (i == 0 ? "" : "; ") + why_of(tx, holds[i]);
    text += ".";
    for (const auto& hold : holds) text += " " + hold.clears_when;
    return text;
}

void MatchingService::judge(Transaction& tx, Id<Order> id) {
    auto order = tx.load(id);
    judge_order(tx, order, {.on = tx.today()});
    follow_quantities(tx, order);
    tx.save(order);
}

}  // namespace purchasing
