#include <sales/pricing.h>

#include <tessera/kernel.h>

#include "declare.h"

#include <boost/json.hpp>

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace price_trace {

struct Row {
    std::int64_t line = 0;
    std::string  product{};
    std::string  looked_at{};
    std::string  name{};
    std::string  from_quantity{};
    std::string  value{};
    bool         taken = false;
    std::string  why{};
    std::int64_t product_id = 0;
};

struct Traced {
    std::int64_t line = 0;
    std::string  product{};
    std::string  trace{}, reason{};
    UnitPrice    price{}, list_price{};
    Percent      discount{};
    std::int64_t product_id = 0;
};

std::string text_in(const boost::json::object& step, std::string_view key) {
    const auto* found = step.if_contains(key);
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

void emit_step(const Traced& line, const boost::json::object& step, bool is_offer, const std::function<void(const Row&)>& emit) {
    emit({line.line, line.product, is_offer ? "offer" : text_in(step, "source"), text_in(step, "name"), text_in(step, "minimum_quantity"),
          is_offer ? text_in(step, "discount") + " %" : text_in(step, "price"), step.at("taken").as_bool(), text_in(step, "why"), line.product_id});
}

void emit_line(const Traced& line, const std::function<void(const Row&)>& emit) {
    if (!line.trace.empty()) {
        const auto trace = tessera::parse_json(line.trace);
        for (const auto* kind : {"prices", "offers"})
            if (const auto* steps = trace.as_object().if_contains(kind))
                for (const auto& step : steps->as_array()) emit_step(line, step.as_object(), std::string_view(kind) == "offers", emit);
    }
    if (!line.reason.empty()) emit({line.line, line.product, "agreed", "", "", fmt::format("{} less {} %", line.price, line.discount), true, line.reason, line.product_id});
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    tx.each<Traced>(R"sql(
        SELECT row_number() OVER (ORDER BY l.id), l.description, l.price_trace, l.price_reason, l.price, l.list_price, l.discount, l.product
          FROM sales_order_line l WHERE l.document = :order ORDER BY l.id)sql",
                    [&](const Traced& line) { emit_line(line, emit); }, parameters.reference<Order>("order"));
}

}  // namespace price_trace

void declare_price_trace(tessera::Kernel& kernel) {
    using namespace tessera;
    using price_trace::Row;
    kernel.report<Row>("sales.price_trace", "How prices were found")
        .help("For each line of an order: every price and offer that was looked at, which was taken and why the others were not")
        .parameter<Id<Order>>("order", required)
        .column("line", &Row::line)
        .column("product", &Row::product, opens_record("catalog.product", "product_id"))
        .column("looked_at", &Row::looked_at, meaning("Where the price was listed; agreed: given by hand"))
        .column("name", &Row::name)
        .column("from_quantity", &Row::from_quantity)
        .column("value", &Row::value, meaning("Price per product unit, or discount"))
        .column("taken", &Row::taken)
        .column("why", &Row::why)
        .column("product_id", &Row::product_id, hidden)
        .run(price_trace::answer);
    kernel.panel("sales.price_trace", "sales.order", "How prices were found", report_view("sales.price_trace", {{"order", "=id"}}));
}

}  // namespace sales
