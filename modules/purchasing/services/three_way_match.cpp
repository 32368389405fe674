#include "services/three_way_match.h"

#include <algorithm>

namespace purchasing {

namespace three_way_match_rules {

// Money as a six-decimal integer, so that it compares with a tolerance's limit.
std::int64_t six_decimals(Money m) {
    return tessera::narrow(Wide{m.minor()} * tessera::power_of_ten(Quantity::decimals - m.currency().decimals()));
}

void add(MatchDecision& decision, HoldReason reason, Outcome outcome, Quantity quantity, Money at_stake,
         std::string clears_when) {
    if (outcome == Outcome::ok) return;
    decision.outcome = std::max(decision.outcome, outcome);
    decision.findings.push_back({reason, outcome, quantity, at_stake, std::move(clears_when)});
}

Quantity at_most(Quantity excess, Quantity quantity) { return std::clamp(excess, Quantity{}, quantity); }

// The whole excess is at stake once it is beyond the tolerance.
Quantity beyond(const Side& side, Quantity excess, Quantity base, Outcome& outcome) {
    outcome = judge_deviation(side, excess.raw(), base.raw());
    return outcome == Outcome::ok ? Quantity{} : excess;
}

Money part_of(const LineToMatch& line, Quantity part) {
    return part == line.quantity ? line.amount : tessera::share(line.amount, part, line.quantity);
}

std::string credit_sentence(Money amount) { return fmt::format("have the supplier credit {}", amount); }

std::string receive_sentence(const LineToMatch& line, Quantity missing, Money amount) {
    if (line.received.is_zero()) return fmt::format("Receive {}, or {}.", missing, credit_sentence(amount));
    return fmt::format("Receive {} more, or {}.", missing, credit_sentence(amount));
}

struct Excess {
    Quantity over_order{};
    Quantity over_receipt{};
    Outcome  order   = Outcome::ok;
    Outcome  receipt = Outcome::ok;
};

Excess excess_of(const LineToMatch& line) {
    const auto  invoiced = line.previously_invoiced + line.quantity;
    const auto& side     = line.policy.quantity_above;
    Excess      excess;
    excess.over_order   = at_most(beyond(side, invoiced - line.ordered, line.ordered, excess.order), line.quantity);
    excess.over_receipt = at_most(beyond(side, invoiced - line.accepted, line.accepted, excess.receipt), line.quantity);
    excess.over_receipt = std::max(Quantity{}, excess.over_receipt - excess.over_order);
    return excess;
}

void match_price(const LineToMatch& line, Quantity held_quantity, MatchDecision& decision) {
    const auto ordered_value = tessera::extend(line.quantity, line.order_price, line.amount.currency());
    const auto difference    = line.amount - ordered_value;
    if (difference.is_zero()) return;
    const bool above   = !difference.is_negative();
    const auto outcome = judge_deviation(above ? line.policy.price_above : line.policy.price_below,
                                         six_decimals(difference.magnitude()), six_decimals(ordered_value));
    const auto stake = tessera::share(difference, line.quantity - held_quantity, line.quantity);
    if (above && stake.is_zero()) return;
    const auto asked = tessera::unit_price(line.amount, line.quantity);
    if (above)
        add(decision, HoldReason::price_exceeds_order, outcome, line.quantity, stake,
            fmt::format("To pay {} instead of the ordered {} each, release it, or {}.", asked.str(2),
                        line.order_price.str(2), credit_sentence(stake)));
    else
        add(decision, HoldReason::price_below_order, outcome, line.quantity, stake.magnitude(),
            fmt::format("Check with the supplier: {} was invoiced and {} ordered each.", asked.str(2),
                        line.order_price.str(2)));
}

void match_quantity(const LineToMatch& line, const Excess& excess, MatchDecision& decision) {
    if (!excess.over_order.is_zero()) {
        const auto stake = part_of(line, excess.over_order);
        add(decision, HoldReason::quantity_exceeds_order, excess.order, excess.over_order, stake,
            fmt::format("To pay {} more than the {} ordered, release it, or {}.", excess.over_order, line.ordered,
                        credit_sentence(stake)));
    }
    if (!excess.over_receipt.is_zero()) {
        // What the order does not hold; together they are never more than the line.
        const auto stake = part_of(line, excess.over_order + excess.over_receipt) - part_of(line, excess.over_order);
        add(decision, line.received.is_zero() ? HoldReason::not_received : HoldReason::quantity_exceeds_receipt,
            excess.receipt, excess.over_receipt, stake, receive_sentence(line, excess.over_receipt, stake));
    }
    const auto missing = line.accepted - line.previously_invoiced - line.quantity;
    add(decision, HoldReason::quantity_below_receipt,
        judge_deviation(line.policy.quantity_below, missing.raw(), line.accepted.raw()), missing, line.amount,
        fmt::format("Have the supplier invoice {} more, or release it.", missing));
}

}  // namespace three_way_match_rules

Money MatchDecision::held() const {
    Money sum;
    for (const auto& finding : findings)
        if (finding.outcome == Outcome::block) sum += finding.at_stake;
    return sum;
}

MatchDecision three_way_match(const LineToMatch& line) {
    namespace rules = three_way_match_rules;
    MatchDecision decision;
    if (line.quantity <= Quantity{}) return decision;
    const auto excess = rules::excess_of(line);
    rules::match_price(line, excess.over_order + excess.over_receipt, decision);
    rules::match_quantity(line, excess, decision);
    if (!line.first_received_on.empty() && line.invoiced_on < line.first_received_on)
        rules::add(decision, HoldReason::invoice_before_receipt, Outcome::warn, line.quantity, line.amount,
                   fmt::format("Nothing to do: the goods came on {}, after the invoice.", line.first_received_on));
    return decision;
}

MatchDecision match_price_correction(const MatchPolicy& policy, Money correction, Money ordered_value) {
    namespace rules = three_way_match_rules;
    MatchDecision decision;
    if (correction.is_zero() || correction.is_negative()) return decision;
    const auto outcome =
        judge_deviation(policy.price_above, rules::six_decimals(correction), rules::six_decimals(ordered_value));
    rules::add(decision, HoldReason::price_exceeds_order, outcome, {}, correction,
               fmt::format("To pay {} beyond the ordered price, release it, or {}.", correction,
                           rules::credit_sentence(correction)));
    return decision;
}

}  // namespace purchasing
