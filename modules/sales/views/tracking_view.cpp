// GET …/orders/<id>/tracking: the stages of an order, and of each line what is outstanding, what covers it, what blocks it and who
// acts next.
#include "services/tracking.h"

#include <tessera/kernel.h>

#include "declare.h"
#include "views/tracking_schema.h"

namespace sales {

using tessera::JsonWriter;
using tessera::Snapshot;

namespace tracking_view {

void quantity(JsonWriter& json, std::string_view key, Quantity value) { json.key(key).decimal(value.raw(), Quantity::decimals, 0); }
void money(JsonWriter& json, std::string_view key, Money amount) {
    json.key(key).decimal(amount.minor(), amount.currency().decimals(), amount.currency().decimals());
}
void day(JsonWriter& json, std::string_view key, Date date) {
    json.key(key);
    if (date.empty()) return json.null();
    json.value(date.str());
}

void write_stage(JsonWriter& json, const StageStanding& stage, Currency currency) {
    json.begin_object();
    json.member("stage", tessera::name_of(stage.stage));
    day(json, "promised", stage.promised);
    day(json, "actual", stage.actual);
    json.member("days_late", stage.days_late);
    json.member("measure", stage.in_money ? "amount" : "quantity");
    const int decimals = stage.in_money ? currency.decimals() : Quantity::decimals;
    json.key("done").decimal(stage.done, decimals, stage.in_money ? decimals : 0);
    json.key("whole").decimal(stage.whole, decimals, stage.in_money ? decimals : 0);
    json.member("complete", stage.complete());
    json.end_object();
}

void write_obstacle(JsonWriter& json, const Snapshot& tx, const Obstacle& obstacle) {
    json.key("blocked_by");
    obstacle.text.empty() ? json.null() : json.value(obstacle.text);
    json.key("acts_next");
    if (obstacle.permission.empty()) return json.null();
    json.begin_object();
    json.member("permission", obstacle.permission);
    json.member("title", title_of_permission(tx, obstacle.permission));
    json.end_object();
}

void write_part(JsonWriter& json, std::string_view source, Quantity covered, Date on, std::string_view document, std::string_view entity, std::int64_t id) {
    json.begin_object();
    json.member("source", source);
    quantity(json, "quantity", covered);
    day(json, "on", on);
    json.key("document");
    document.empty() ? json.null() : json.value(document);
    json.key("entity");
    entity.empty() ? json.null() : json.value(entity);
    json.key("id");
    id ? json.value(id) : json.null();
    json.end_object();
}

// In the unit of stock.
void write_cover(JsonWriter& json, const Cover& cover) {
    json.key("covered_by");
    json.begin_array();
    if (!cover.on_hand.is_zero()) write_part(json, "on_hand", cover.on_hand, {}, {}, {}, 0);
    for (const auto& supply : cover.expected) write_part(json, "expected", supply.quantity, supply.on, supply.document, supply.source_entity, supply.source_id);
    json.end_array();
    quantity(json, "missing", cover.missing);
}

void write_line(JsonWriter& json, const Snapshot& tx, const LineStanding& line, std::int64_t number) {
    const auto& facts = *line.facts;
    json.begin_object();
    json.member("order_line", facts.line);
    json.member("line_number", number);
    json.key("product");
    json.begin_object();
    json.member("id", facts.product.value);
    json.member("label", tx.label_of(facts.product));
    json.end_object();
    json.member("description", facts.description);
    day(json, "promised", facts.promised_on);
    quantity(json, "ordered", facts.quantity);
    quantity(json, "shipped", facts.shipped);
    quantity(json, "returned", facts.returned);
    quantity(json, "invoiced", facts.invoiced);
    quantity(json, "outstanding", line.outstanding);
    write_cover(json, line.cover ? *line.cover : Cover{});
    write_obstacle(json, tx, line.obstacle);
    json.end_object();
}

void write(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto found = facts_of_orders(tx, tx.today(), Id<Order>{id});
    if (found.empty()) throw tessera::Refused("kernel.not_found", "To track an order, choose one that exists; {} does not.", id).with_status(404);
    const auto& order    = found.front();
    const auto coverage = coverage_of_open_lines(tx, Id<Order>{id});
    const auto standing = standing_of(order, coverage, tx.today());
    json.begin_object();
    json.member("order", id);
    json.key("number");
    order.number.empty() ? json.null() : json.value(order.number);
    json.member("state", tessera::name_of(order.state));
    json.member("stage", tessera::name_of(standing.reached));
    day(json, "promised", standing.promised);
    json.member("days_late", standing.days_late);
    json.member("currency", order.currency.code());
    money(json, "total", order.total);
    write_obstacle(json, tx, standing.obstacle);
    json.key("stages");
    json.begin_array();
    for (const auto& stage : standing.stages) write_stage(json, stage, order.currency);
    json.end_array();
    json.key("lines");
    json.begin_array();
    std::int64_t number = 0;
    for (const auto& line : standing.lines) write_line(json, tx, line, ++number);
    json.end_array();
    json.end_object();
}

}  // namespace tracking_view

void declare_tracking_view(tessera::Kernel& kernel) {
    kernel.record_view("sales.order", "tracking", {"Where the order is, what blocks it and who acts next", schema_of_tracking()}, tracking_view::write);
}

}  // namespace sales
