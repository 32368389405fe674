#include "services/tracking.h"

#include <tessera/kernel.h>

#include "declare.h"

#include <map>

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace order_tracking {

struct Row {
    std::string  order{};
    std::string  customer{};
    Date         date{};
    std::string  stage{};
    Date         promised{};
    std::int64_t days_late = 0;
    Currency     currency{};
    Money        total{};
    std::string  blocked_by{};
    std::string  acts_next{};
    std::int64_t order_id = 0, customer_id = 0;
};

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto coverage = coverage_of_open_lines(tx);
    const auto customer = parameters.integer("customer");
    const auto on       = parameters.date("on");
    for (const auto& order : facts_of_orders(tx, on)) {
        if (customer && order.customer != customer) continue;
        const auto standing = standing_of(order, coverage, on);
        if (parameters.flag("late") && standing.days_late == 0) continue;
        if (parameters.flag("blocked") && standing.obstacle.text.empty()) continue;
        emit({order.number, order.customer_name, order.date, std::string(tessera::name_of(standing.reached)), standing.promised, standing.days_late, order.currency,
              order.total, standing.obstacle.text, title_of_permission(tx, standing.obstacle.permission), order.order, order.customer});
    }
}

}  // namespace order_tracking

namespace order_stages {

struct Row {
    std::string  stage{};
    Date         promised{};
    Date         actual{};
    std::int64_t days_late = 0;
    std::string  done{};
    std::string  whole{};
};

std::string text_of(const StageStanding& stage, std::int64_t value, Currency currency) {
    return stage.in_money ? Money{value, currency}.str() : Quantity::raw(value).str();
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto one = parameters.reference<Order>("order");
    const auto on  = parameters.date("on");
    for (const auto& order : facts_of_orders(tx, on, one))
        for (const auto& stage : standing_of(order, coverage_of_open_lines(tx, one), on).stages)
            emit({std::string(tessera::name_of(stage.stage)), stage.promised, stage.actual, stage.days_late, text_of(stage, stage.done, order.currency),
                  text_of(stage, stage.whole, order.currency)});
}

}  // namespace order_stages

namespace lines_at_work {

struct Row {
    std::string  product{};
    Quantity     outstanding{};
    Date         promised{};
    Quantity     on_hand{};
    Quantity     expected{};
    Date         expected_on{};
    std::string  document{};
    Quantity     missing{};
    std::string  blocked_by{};
    std::string  acts_next{};
    std::int64_t product_id = 0, source_id = 0;
    std::string  source_entity{};
};

Row row_of(const Snapshot& tx, const LineStanding& line) {
    Row row{.product     = line.facts->description,
            .outstanding = line.outstanding,
            .promised    = line.facts->promised_on,
            .blocked_by  = line.obstacle.text,
            .acts_next   = title_of_permission(tx, line.obstacle.permission),
            .product_id  = line.facts->product.value};
    if (!line.cover) return row;
    row.on_hand = line.cover->on_hand;
    row.missing = line.cover->missing;
    for (const auto& supply : line.cover->expected) {
        row.expected += supply.quantity;
        row.expected_on   = supply.on;
        row.document      = supply.document;
        row.source_entity = supply.source_entity;
        row.source_id     = supply.source_id;
    }
    return row;
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto one      = parameters.reference<Order>("order");
    const auto coverage = coverage_of_open_lines(tx, one);
    for (const auto& order : facts_of_orders(tx, tx.today(), one))
        for (const auto& line : standing_of(order, coverage, tx.today()).lines) emit(row_of(tx, line));
}

}  // namespace lines_at_work

void declare_order_tracking(tessera::Kernel& kernel) {
    using namespace tessera;
    using order_tracking::Row;
    kernel.report<Row>("sales.order_tracking", "Where orders are")
        .help("Every order that is held or open: the stage it has reached, how late it is to leave, what blocks it and who acts next")
        .parameter<Id<directory::Party>>("customer")
        .parameter<Date>("on", by_default("today"), tessera::help("The day on which what has not happened is late"))
        .parameter<bool>("late", tessera::help("Only what is late"))
        .parameter<bool>("blocked", tessera::help("Only what is blocked"))
        .column("order", &Row::order, opens_record("sales.order", "order_id"))
        .column("customer", &Row::customer, opens_record("directory.party", "customer_id"))
        .column("date", &Row::date)
        .column("stage", &Row::stage, opens("sales.order_stages", {{"order", "order_id"}, {"on", ":on"}}), meaning("The last that is complete"))
        .column("promised", &Row::promised, meaning("The last day promised of its lines"))
        .column("days_late", &Row::days_late, meaning("To leave"))
        .column("currency", &Row::currency)
        .column("total", &Row::total, total, opens_record("sales.order", "order_id"))
        .column("blocked_by", &Row::blocked_by, opens("sales.order_lines", {{"order", "order_id"}}))
        .column("acts_next", &Row::acts_next)
        .column("order_id", &Row::order_id, hidden)
        .column("customer_id", &Row::customer_id, hidden)
        .run(order_tracking::answer);
    using Stages = order_stages::Row;
    kernel.report<Stages>("sales.order_stages", "Stages of an order")
        .help("From the quotation to the money: when each stage was promised, when it was completed, and how much of the whole is")
        .parameter<Id<Order>>("order", required)
        .parameter<Date>("on", by_default("today"), tessera::help("The day on which what has not happened is late"))
        .column("stage", &Stages::stage)
        .column("promised", &Stages::promised)
        .column("actual", &Stages::actual)
        .column("days_late", &Stages::days_late)
        .column("done", &Stages::done, meaning("Goods by quantity, money in the order's currency"))
        .column("whole", &Stages::whole)
        .run(order_stages::answer);
    using Lines = lines_at_work::Row;
    kernel.report<Lines>("sales.order_lines", "What an order waits for")
        .help("Of each line: what is outstanding, what is on hand for it after those who come first, what is expected and when")
        .parameter<Id<Order>>("order", required)
        .column("product", &Lines::product, opens_record("catalog.product", "product_id"))
        .column("outstanding", &Lines::outstanding)
        .column("promised", &Lines::promised)
        .column("on_hand", &Lines::on_hand, meaning("In the unit of stock"))
        .column("expected", &Lines::expected, opens_record("@source_entity", "source_id"))
        .column("expected_on", &Lines::expected_on, meaning("The last of it"))
        .column("document", &Lines::document, opens_record("@source_entity", "source_id"))
        .column("missing", &Lines::missing, opens("sales.available_to_promise", {{"product", "product_id"}}), meaning("Neither on hand nor expected"))
        .column("blocked_by", &Lines::blocked_by)
        .column("acts_next", &Lines::acts_next)
        .column("product_id", &Lines::product_id, hidden)
        .column("source_id", &Lines::source_id, hidden)
        .column("source_entity", &Lines::source_entity, hidden)
        .run(lines_at_work::answer);
    kernel.panel("sales.order_stages", "sales.order", "Stages", report_view("sales.order_stages", {{"order", "=id"}}));
    kernel.panel("sales.order_lines", "sales.order", "What it waits for", report_view("sales.order_lines", {{"order", "=id"}}));
}

}  // namespace sales
