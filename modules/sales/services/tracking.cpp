#include "services/tracking.h"

#include <algorithm>

namespace sales {

namespace tracking {

bool is_begun(OrderState state) { return state != OrderState::draft && state != OrderState::held && state != OrderState::cancelled; }

// What is to leave of a line: of one that is closed, what has left.
Quantity whole_of(const OrderFacts& order, const LineFacts& line) {
    if (order.state == OrderState::cancelled) return {};
    if (line.open || !is_begun(order.state)) return std::max(line.quantity, line.shipped);
    return line.shipped;
}

Quantity outstanding_of(const LineFacts& line) { return line.open && line.quantity > line.shipped ? line.quantity - line.shipped : Quantity{}; }

// Whether some of the line may be asked for now.
bool may_be_invoiced(const LineFacts& line) {
    switch (line.invoicing) {
        case Invoicing::on_shipment:
            return line.shipped - line.returned > line.invoiced;
        case Invoicing::on_order:
            return (line.open ? std::max(line.quantity, line.shipped) : line.shipped) - line.returned > line.invoiced;
        case Invoicing::by_milestone:
            return line.milestone_reached;
    }
    return false;
}

// Of what is outstanding, in the unit of the line.
Quantity reserved_of(const LineFacts& line, const Cover* cover) {
    const auto outstanding = outstanding_of(line);
    if (!cover || cover->wanted.is_zero() || cover->is_on_hand()) return outstanding;
    return Quantity::raw(tessera::narrow(tessera::Wide{outstanding.raw()} * cover->on_hand.raw() / cover->wanted.raw()));
}

const Cover* find(const Coverage& coverage, const LineFacts& line) {
    const auto at = coverage.find(line.line);
    return at == coverage.end() ? nullptr : &at->second;
}

struct Moved {
    Quantity whole{}, reserved{}, picked{}, packed{}, shipped{};
    Date     promised{}, picked_on{}, packed_on{}, shipped_on{}, milestones_due{};
};

Moved add_up(const OrderFacts& order, const Coverage& coverage) {
    Moved sum;
    for (const auto& line : order.lines) {
        sum.whole += whole_of(order, line);
        sum.reserved += line.shipped + (line.stocked ? (is_begun(order.state) ? reserved_of(line, find(coverage, line)) : Quantity{}) : outstanding_of(line));
        sum.picked += line.shipped + line.packed + line.picked;
        sum.packed += line.shipped + line.packed;
        sum.shipped += line.shipped;
        sum.promised       = std::max(sum.promised, line.promised_on.empty() ? line.requested_on : line.promised_on);
        sum.shipped_on     = std::max(sum.shipped_on, line.shipped_on);
        sum.picked_on      = std::max({sum.picked_on, line.picked_on, line.shipped_on});
        sum.packed_on      = std::max({sum.packed_on, line.packed_on, line.shipped_on});
        sum.milestones_due = std::max(sum.milestones_due, line.milestone_due);
    }
    return sum;
}

StageStanding stage(Stage name, Date promised, Date actual, std::int64_t done, std::int64_t whole, bool in_money, Date today) {
    StageStanding standing{name, promised, {}, 0, in_money, done, whole};
    if (standing.complete()) standing.actual = actual;
    const auto until = standing.complete() ? actual : today;
    if (!promised.empty() && !until.empty() && until > promised) standing.days_late = until - promised;
    return standing;
}

// What the customer is to pay in all: of an order that is closed no more than was asked for, unless something still may be.
Money worth_of(const OrderFacts& order) {
    const bool over = order.state == OrderState::closed && std::ranges::none_of(order.lines, may_be_invoiced);
    return over ? order.total - order.unbilled : order.total;
}

std::vector<StageStanding> stages_of(const OrderFacts& order, const Moved& moved, Date today) {
    const auto quantity = [&](Stage name, Date actual, Quantity done) { return stage(name, moved.promised, actual, done.raw(), moved.whole.raw(), false, today); };
    const auto money    = [&](Stage name, Date promised, Date actual, Money done, Money whole) {
        return stage(name, promised, actual, done.minor(), whole.minor(), true, today);
    };
    const auto  worth = worth_of(order);
    const Money none{0, order.currency};
    const bool  ordered  = order.state != OrderState::draft && order.state != OrderState::cancelled;
    const bool  released = is_begun(order.state);
    const auto  asked    = order.total - order.unbilled;
    std::vector<StageStanding> stages;
    if (!order.quoted_on.empty()) stages.push_back(money(Stage::quoted, {}, order.quoted_on, order.total, order.total));
    stages.push_back(money(Stage::ordered, order.quotation_valid_until, order.date, ordered ? order.total : none, order.total));
    stages.push_back(money(Stage::released, order.date, order.confirmed_on, released ? order.total : none, order.total));
    stages.push_back(quantity(Stage::reserved, moved.shipped == moved.whole ? moved.shipped_on : Date{}, moved.reserved));
    stages.push_back(quantity(Stage::picked, moved.picked_on, moved.picked));
    stages.push_back(quantity(Stage::packed, moved.packed_on, moved.packed));
    stages.push_back(quantity(Stage::shipped, moved.shipped_on, moved.shipped));
    stages.push_back(money(Stage::invoiced, std::max(moved.promised, moved.milestones_due), order.invoiced_on, asked, worth));
    stages.push_back(money(Stage::paid, order.due_on, order.paid_on, order.paid, worth));
    return stages;
}

Stage reached_of(const std::vector<StageStanding>& stages) {
    auto reached = stages.front().stage;
    for (const auto& one : stages) {
        if (!one.complete()) break;
        reached = one.stage;
    }
    return reached;
}

Obstacle goods_missing(const Cover& cover) {
    if (!cover.missing.is_zero()) return {fmt::format("{} not on hand, and nothing is expected", cover.missing), {}};
    const auto& last = cover.expected.back();
    return {fmt::format("Not on hand until {} ({})", last.on, last.document), last.permission};
}

Obstacle of_billing(const LineFacts& line) {
    if (may_be_invoiced(line)) return {"Not invoiced", "sales.invoice"};
    if (line.invoicing == Invoicing::by_milestone && !line.milestone.empty()) return {fmt::format("{} is not reached", line.milestone), "sales.edit"};
    return {};
}

Obstacle of_line(const OrderFacts& order, const LineStanding& line, const LineStanding* not_here) {
    const auto& facts = *line.facts;
    if (line.outstanding.is_zero()) return of_billing(facts);
    if (line.cover && !line.cover->is_on_hand()) return goods_missing(*line.cover);
    if (order.ships_complete && not_here) {
        const auto day = not_here->cover->complete_on();
        return {fmt::format("Ships complete: waits for {}{}", not_here->facts->description, day.empty() ? "" : fmt::format(" until {}", day)), {}};
    }
    return {{}, "sales.ship"};
}

std::vector<LineStanding> lines_of(const OrderFacts& order, const Coverage& coverage) {
    std::vector<LineStanding> lines;
    for (const auto& facts : order.lines) lines.push_back({&facts, outstanding_of(facts), find(coverage, facts), {}});
    if (!is_begun(order.state)) return lines;
    const auto not_here = std::ranges::find_if(lines, [](const LineStanding& line) { return line.cover && !line.cover->is_on_hand(); });
    for (auto& line : lines) line.obstacle = of_line(order, line, not_here == lines.end() ? nullptr : &*not_here);
    return lines;
}

// What has to be done first comes first: let it go, bring the goods, ship them, ask for the money, get it.
Obstacle of_order(const OrderFacts& order, const std::vector<LineStanding>& lines) {
    if (order.state == OrderState::draft) return {"Not confirmed", "sales.confirm"};
    if (order.state == OrderState::held) return {order.hold_reason, "sales.release_credit"};
    if (order.state == OrderState::cancelled) return {};
    for (const bool outstanding : {true, false})
        for (const bool blocked : {true, false})
            for (const auto& line : lines)
                if (line.outstanding.is_zero() != outstanding && line.obstacle.text.empty() != blocked && line.obstacle.any()) return line.obstacle;
    if (!order.overdue_since.empty()) return {fmt::format("{} is overdue since {}", order.overdue_invoice, order.overdue_since), "financials.collect"};
    if (order.paid < order.total - order.unbilled) return {{}, "financials.collect"};
    return {};
}

}  // namespace tracking

Standing standing_of(const OrderFacts& order, const Coverage& coverage, Date today) {
    const auto moved = tracking::add_up(order, coverage);
    Standing   standing{.stages = tracking::stages_of(order, moved, today), .lines = tracking::lines_of(order, coverage), .promised = moved.promised};
    standing.reached  = tracking::reached_of(standing.stages);
    standing.obstacle = tracking::of_order(order, standing.lines);
    for (const auto& one : standing.stages)
        if (one.stage == Stage::shipped) standing.days_late = one.days_late;
    return standing;
}

std::string title_of_permission(const tessera::Snapshot& tx, std::string_view permission) {
    for (const auto& one : tx.kernel().permissions())
        if (one.name == permission) return one.title;
    return std::string(permission);
}

}  // namespace sales
