#include "workshop.h"

#include <thread>

namespace workshop {

using tessera::Refused;
using tessera::Transaction;

void check_line(Transaction&, OrderLine& line) {
    if (line.article == "unobtainable") throw Refused("workshop.unobtainable", "To order a part, choose one that can be had.");
}

void check_order(Transaction& tx, Order& order) {
    if (order.ordered_on.empty()) order.ordered_on = tx.today();
    if (order.currency.none()) order.currency = tx.books().currency;
    order.total = tessera::Money{0, order.currency};
    for (auto& line : order.lines) {
        line.amount = tessera::extend(line.quantity, line.price, order.currency);
        order.total += line.amount;
    }
    if (order.note == "impossible") throw Refused("workshop.impossible", "To order this, describe something that can be done.");
}

void keep_confirmed(Transaction&, const Order& order) {
    if (order.state != State::draft) throw Refused("workshop.order_at_work", "To delete order {}, cancel it instead: it is at work.", order.number);
}

void confirm(Transaction& tx, Order& order) {
    order.number = tx.number("WO", tx.today());
    tx.publish(OrderConfirmed{.order    = order.id,
                              .number   = order.number,
                              .currency = order.currency,
                              .total    = order.total,
                              .on       = tx.today(),
                              .at       = tx.now(),
                              .urgent   = order.priority.value_or(0) > 5,
                              .hours    = order.hours,
                              .state    = order.state});
    if (order.note == "after numbering") throw Refused("workshop.too_late", "To confirm this, mend it first.");
}

void finish(Transaction& tx, Order& order, const Completion& completion) {
    order.remark = completion.remark;
    order.state  = completion.parts_missing ? State::short_of_parts : State::finished;
    tx.insert(Booking{.order_booked = order.id, .hours = completion.hours, .recorded_at = tx.now()});
}

// Takes part in the publisher's transaction, and changes the very document that is being confirmed.
void note_confirmation(Transaction& tx, const OrderConfirmed& confirmed) {
    auto order = tx.load(confirmed.order);
    if (order.note == "refused by a listener") throw Refused("workshop.listener_says_no", "To confirm {}, ask the listener.", order.id);
    if (order.note == "changed by a listener") {
        order.remark = "seen by the listener";
        order.lines.push_back({.article = "surcharge", .quantity = tessera::Quantity::of(1), .price = tessera::UnitPrice::of(5)});
        tx.save(order);
    }
    if (order.note == "numbered by a listener") {
        order.number = "X-1";
        tx.save(order);
    }
}

void echo(Transaction& tx, const LineChecked& checked) {
    if (checked.round > 0) tx.publish(LineChecked{checked.order, checked.round - 1});
}

void print_label(Transaction& tx, const OrderConfirmed& confirmed) {
    const auto printer = tx.first<Printer>("ORDER BY id LIMIT 1");
    if (printer && printer->name == "broken") throw 42;
    tx.insert(Label{.text         = confirmed.number,
                    .amount       = confirmed.total,
                    .confirmed_at = confirmed.at,
                    .confirmed_on = confirmed.on,
                    .printed_by   = printer ? printer->name : "hand"});
    if (printer && !printer->has_paper) throw Refused("workshop.no_paper", "To print {}, give {} paper.", confirmed.number, printer->name);
}

void tell_the_customer(Transaction& tx, const OrderConfirmed& confirmed) {
    tx.insert(Label{.text = fmt::format("customer of {}: {} {} {}", confirmed.order, confirmed.urgent, confirmed.hours ? confirmed.hours->str() : "unknown", tessera::name_of(confirmed.state))});
}

// Shows how a job fares by the printer it uses.
void take_stock(tessera::JobRun& run) {
    std::optional<Printer> printer;
    const auto             look = [&] { run.read([&](const tessera::Snapshot& tx) { printer = tx.first<Printer>("ORDER BY id LIMIT 1"); }); };
    look();
    if (printer && printer->name == "broken") throw 42;
    if (printer && !printer->has_paper) throw Refused("workshop.no_paper", "To print the list, give {} paper.", printer->name);
    for (; printer && printer->name == "slow" && !run.should_stop(); look()) {
        run.tell("waits for the printer");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    if (run.should_stop()) return;
    run.write([](Transaction& tx) { tx.insert(Label{.text = "stock taken"}); });
    run.tell("1 shelf");
}

class RoundEstimates : public Estimates {
public:
    tessera::Quantity hours_for(const Order& order) const override { return tessera::Quantity::of(static_cast<std::int64_t>(order.lines.size())); }
};

void declare_records(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Customer>("workshop.customer", "Customer").menu(Menu::master_data).field("name", &Customer::name, required, searchable).display("name");
    kernel.entity<Printer>("workshop.printer", "Printer").field("name", &Printer::name, unique).field("has_paper", &Printer::has_paper).path("printing-machines").display("name");
    kernel.entity<OrderLine>("workshop.order_line", "Order line")
        .part_of(&OrderLine::document)
        .field("article", &OrderLine::article, required)
        .field("quantity", &OrderLine::quantity, positive)
        .field("price", &OrderLine::price, not_negative)
        .field("amount", &OrderLine::amount, read_only)
        .validate(check_line);
    kernel.entity<Order>("workshop.order", "Work order")
        .field("number", &Order::number, read_only, searchable)
        .field("customer", &Order::customer, required, indexed)
        .field("currency", &Order::currency)
        .field("ordered_on", &Order::ordered_on)
        .field("wish", &Order::wish)
        .field("state", &Order::state, read_only)
        .field("note", &Order::note, longest(40))
        .field("remark", &Order::remark)
        .field("priority", &Order::priority, not_negative)
        .field("hours", &Order::hours, positive)
        .field("total", &Order::total, read_only)
#ifdef WORKSHOP_EXTENDED
        .field("colour", &Order::colour, indexed)
        .field("visits", &Order::visits)
        .field("deposit", &Order::deposit, not_negative)
        .field("collected_on", &Order::collected_on)
#endif
        .lines("lines", &Order::lines)
        .editable_while(State::draft)
        .validate(check_order)
        .before_remove(keep_confirmed);
    kernel.entity<Booking>("workshop.booking", "Booking")
        .menu(Menu::ledgers)
        .field("order_booked", &Booking::order_booked, required, indexed)
        .field("hours", &Booking::hours, positive)
        .field("recorded_at", &Booking::recorded_at)
        .append_only();
    kernel.entity<Label>("workshop.label", "Label")
        .made_by_commands()
        .field("text", &Label::text)
        .field("amount", &Label::amount)
        .field("confirmed_at", &Label::confirmed_at)
        .field("confirmed_on", &Label::confirmed_on)
        .field("printed_by", &Label::printed_by);
    kernel.entity<Manual>("workshop.manual", "Manual")
        .field("title", &Manual::title, required, searchable)
        .field("text", &Manual::text, searchable, multiline, longest(20'000))
        .field("language", &Manual::language)
        .field("author", &Manual::author)
        .field("is_private", &Manual::is_private)
        .field("standing", &Manual::standing)
        .display("title")
        .seen_where("t.is_private = 0 OR t.author = :me")
        .standing("standing")
        .language("language");
    kernel.entity<Comment>("workshop.comment", "Comment").field("manual", &Comment::manual, required, indexed).field("text", &Comment::text, searchable).seen_with("manual");
    kernel.entity<Tool>("workshop.tool", "Tool")
        .needs("workshop.keep_tools")
        .field("code", &Tool::code, required, unique)
        .field("description", &Tool::description, multiline)
        .field("count", &Tool::count)
        .field("shelf", &Tool::shelf)
        .field("lent", &Tool::lent)
        .field("before", &Tool::before)
        .field("currency", &Tool::currency)
        .field("value", &Tool::value)
        .field("weight", &Tool::weight)
        .field("price", &Tool::price)
        .field("rate", &Tool::rate)
        .field("wear", &Tool::wear)
        .field("bought_on", &Tool::bought_on)
        .field("used_at", &Tool::used_at)
        .field("wish", &Tool::wish)
        .field("owner", &Tool::owner)
        .field("drawer", &Tool::drawer)
        .field("length", &Tool::length)
        .field("sold_on", &Tool::sold_on)
        .field("next_wish", &Tool::next_wish)
        .field("printer", &Tool::printer);
}

struct OrderRow {
    tessera::Id<Order>   order{};
    std::string          number{};
    std::string          customer{};
    tessera::Date        ordered_on{};
    tessera::Currency    currency{};
    tessera::Money       total{};
    std::int64_t         lines = 0;
};

struct NumberRow {
    std::int64_t number = 0;
};

struct CountRow {
    std::int64_t      number = 0;
    tessera::Quantity half{};
    tessera::Money    amount{};
};

// Counts down from what is asked, one row at a time, the odd ones in yen when asked.
void count_down(const tessera::Snapshot& tx, const tessera::Parameters& parameters, const std::function<void(const CountRow&)>& emit) {
    for (auto n = parameters.integer("from"); n > 0; --n)
        emit({n, tessera::Quantity::raw(n * 500'000), parameters.flag("in_yen") && n % 2 ? tessera::Money{n, tessera::Currency::of("JPY")} : tessera::Money{n * 100, tx.books().currency}});
}

void declare_reports(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<OrderRow>("workshop.orders", "Orders")
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"))
        .parameter<Id<Customer>>("customer")
        .parameter<State>("state")
        .parameter<std::string>("text")
        .parameter<Quantity>("hours")
        .column("order", &OrderRow::order, hidden)
        .column("number", &OrderRow::number)
        .column("customer", &OrderRow::customer)
        .column("ordered_on", &OrderRow::ordered_on)
        .column("currency", &OrderRow::currency)
        .column("total", &OrderRow::total, total, opens_record("workshop.order", "order"))
        .column("lines", &OrderRow::lines, total)
        .query(R"sql(
            SELECT o.id, o.number, c.name, o.ordered_on, o.currency, o.total, (SELECT count(*) FROM workshop_order_line l WHERE l.document = o.id)
              FROM workshop_order o JOIN workshop_customer c ON c.id = o.customer
             WHERE o.ordered_on <= :to AND o.ordered_on >= :from
               AND (:customer IS NULL OR o.customer = :customer) AND (:state IS NULL OR o.state = :state)
               AND (:text IS NULL OR o.note = :text OR o.note = 'see: :none') AND (:hours IS NULL OR o.hours = :hours) AND :company = 1
             ORDER BY o.id)sql");
    kernel.report<NumberRow>("workshop.numbers", "Numbers")
        .parameter<std::int64_t>("to", required)
        .column("number", &NumberRow::number)
        .query("WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < :to) SELECT number FROM counted");
    kernel.report<CountRow>("workshop.countdown", "Countdown")
        .parameter<std::int64_t>("from", required)
        .parameter<bool>("in_yen")
        .column("number", &CountRow::number, total)
        .column("half", &CountRow::half, total)
        .column("amount", &CountRow::amount, total)
        .run(count_down);
}

void register_module(tessera::Kernel& kernel) {
    kernel.permission("workshop.confirm", "Confirm orders");
    kernel.permission("workshop.keep_tools", "Keep the list of tools");
    declare_records(kernel);
    kernel.entity<SheetLine>("workshop.sheet_line", "Sheet line").part_of(&SheetLine::document).field("text", &SheetLine::text).append_only();
    kernel.entity<Sheet>("workshop.sheet", "Sheet")
        .menu(tessera::Menu::ledgers)
        .field("title", &Sheet::title)
        .lines("lines", &Sheet::lines)
        .append_only();
    kernel.balance<HoursOfDay>("workshop.hours_of_day")
        .key("day", &HoursOfDay::day)
        .key("order_booked", &HoursOfDay::order_booked)
        .sum("hours", &HoursOfDay::hours)
        .sum("worth", &HoursOfDay::worth);
    kernel.schema("CREATE VIEW IF NOT EXISTS workshop_note AS SELECT id, note FROM workshop_order");
    using enum State;
    kernel.workflow(&Order::state)
        .transition("confirm", draft, confirmed, tessera::needs("workshop.confirm"), confirm)
        .transition("finish", {confirmed, short_of_parts}, tessera::decided_by_action, finish)
        .transition("cancel", {draft, confirmed}, cancelled, tessera::destructive);
    kernel.event<OrderConfirmed>("workshop.order_confirmed")
        .field("order", &OrderConfirmed::order)
        .field("number", &OrderConfirmed::number)
        .field("currency", &OrderConfirmed::currency)
        .field("total", &OrderConfirmed::total)
        .field("on", &OrderConfirmed::on)
        .field("at", &OrderConfirmed::at)
        .field("urgent", &OrderConfirmed::urgent)
        .field("hours", &OrderConfirmed::hours)
        .field("state", &OrderConfirmed::state);
    kernel.on(note_confirmation);
    kernel.on(echo);
    kernel.after(print_label);
    kernel.after(tell_the_customer);
    kernel.job("workshop.stock", "Take stock", tessera::every(std::chrono::hours(1)), take_stock);
    kernel.provide<Estimates>(std::make_shared<RoundEstimates>());
    kernel.contribute(SparePart{"screw"});
    kernel.contribute(SparePart{"nut"});
    kernel.seed([](Transaction& tx, const tessera::SeedOptions& options) { tx.insert(Customer{.name = options.name}); });
    kernel.check("workshop.totals", "Every order's total is the sum of its lines", [](const tessera::Snapshot& tx, const std::function<void(tessera::Finding)>& found) {
        struct Row { std::int64_t id = 0, total = 0, lines = 0; };
        tx.each<Row>(R"sql(SELECT o.id, o.total, coalesce(sum(l.amount), 0) FROM workshop_order o LEFT JOIN workshop_order_line l ON l.document = o.id
                            GROUP BY o.id, o.total HAVING o.total <> coalesce(sum(l.amount), 0))sql",
                     [&](const Row& row) { found({fmt::format("order {}", row.id), std::to_string(row.lines), std::to_string(row.total)}); });
    });
    declare_reports(kernel);
}

}  // namespace workshop

TESSERA_MODULE({
    .name            = "workshop",
#ifdef WORKSHOP_EXTENDED
    .version         = "1.10.0",
#else
    .version         = "1.9.3",
#endif
    .title           = "Workshop",
    .register_module = workshop::register_module,
});
