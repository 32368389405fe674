#include "unruly.h"

namespace unruly {

namespace {

using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

// "throw", "number", "refuse", and what it writes that is another's.
void misbehave(Transaction& tx, const std::string& how) {
    if (how == "throw") throw std::runtime_error("it is broken");
    if (how == "number") throw 42;
    if (how == "refuse") throw Refused("unruly.no", "To go on, ask for something else.");
    if (how == "update") tx.execute("UPDATE workshop_order SET note = 'mine'");
    if (how == "delete") tx.execute("DELETE FROM workshop_booking");
    if (how == "trail") tx.execute("DELETE FROM kernel_audit");
    if (how == "pragma") tx.execute("PRAGMA foreign_keys = OFF");
    if (how == "hidden") tx.execute("WITH all_orders AS (SELECT id FROM workshop_order) UPDATE workshop_order SET note = 'mine' WHERE id IN (SELECT id FROM all_orders)");
    if (how == "directly") {
        tessera::sql::Use use(tx.connection(), "UPDATE workshop_order SET note = 'mine'");
        use->step();
    }
    if (how == "booking") tx.insert(workshop::Booking{.hours = tessera::Quantity::of(1)});
    if (how == "balance") tx.add(workshop::HoursOfDay{.day = tx.today(), .hours = tessera::Quantity::of(1)});
    if (how == "confirmed") {
        auto order = *tx.first<workshop::Order>("state = 'confirmed' ORDER BY id");
        order.note = "mine";
        tx.save(order);
    }
    if (how == "user") tx.insert(tessera::access::User{.name = "mine"});
    if (how == "customer") tx.insert(workshop::Customer{.name = "A friend"});      // as people may
    if (how == "own") tx.execute("UPDATE unruly_thing SET name = name");
}

void hear(Transaction& tx, const workshop::OrderConfirmed& confirmed) {
    const auto note = tx.load(confirmed.order).note;
    if (note.starts_with("unruly: ")) misbehave(tx, note.substr(8));
}

void hear_later(Transaction& tx, const workshop::OrderConfirmed& confirmed) {
    const auto note = tx.load(confirmed.order).note;
    if (note.starts_with("later: ")) misbehave(tx, note.substr(7));
}

void check_thing(Transaction& tx, Thing& thing) { misbehave(tx, thing.name); }

void check_terms(Transaction&, const workshop::Customer& customer, Terms& terms) {
    if (terms.remark == "throw") throw std::runtime_error("it is broken");
    if (terms.grade > 5) throw Refused("unruly.grade", "To grade {}, use at most 5.", customer.name).with_field("unruly_grade");
    if (terms.grade == 5 && terms.remark.empty()) terms.remark = "excellent";
}

void work(tessera::JobRun& run) {
    run.write([](Transaction& tx) {
        if (const auto thing = tx.first<Thing>("name LIKE 'job %' ORDER BY id")) misbehave(tx, thing->name.substr(4));
    });
}

struct Row {
    std::string customer{};
    std::int64_t grade = 0;
};

}  // namespace

void register_module(tessera::Kernel& kernel) {
    kernel.entity<Thing>("unruly.thing", "Thing").field("name", &Thing::name, tessera::required).validate(check_thing);
    kernel.extend<workshop::Customer, Terms>()
        .field("grade", &Terms::grade, tessera::not_negative, tessera::indexed, tessera::help("From 0 to 5"))
        .field("remark", &Terms::remark, tessera::searchable)
        .field("reviewed_on", &Terms::reviewed_on)
        .validate(check_terms);
    kernel.on(hear);
    kernel.after(hear_later);
    kernel.job("unruly.work", "Work", tessera::every(std::chrono::hours(1)), work);
    kernel.record_view("unruly.thing", "inside", {"What is inside", R"({"type":"object"})"}, [](const Snapshot&, std::int64_t, tessera::JsonWriter&) { throw 42; });
    kernel.record_file("unruly.thing", "sheet", {"A sheet", "text/plain", "txt"}, [](const Snapshot&, std::int64_t) -> std::string { throw 42; });
    kernel.report<Row>("unruly.grades", "Grades")
        .column("customer", &Row::customer)
        .column("grade", &Row::grade)
        .query("SELECT name, unruly_grade FROM workshop_customer ORDER BY id");
    kernel.panel("unruly.things", "workshop.customer", "Things", tessera::list_view("unruly.thing", {{"name", "=name"}}));
    kernel.card("unruly.grades", "Grades", tessera::figure_view("unruly.grades", "grade").titled("All together"));
    kernel.page("unruly/overview", "Overview", {tessera::chart_view("unruly.grades", tessera::ChartShape::bar, "customer", {"grade"}), tessera::report_view("unruly.grades")});
    kernel.report<Row>("unruly.broken", "Broken")
        .column("customer", &Row::customer)
        .column("grade", &Row::grade)
        .run([](const Snapshot&, const tessera::Parameters&, const std::function<void(const Row&)>&) { throw std::runtime_error("it is broken"); });
}

}  // namespace unruly

TESSERA_MODULE({
    .name            = "unruly",
    .version         = "1.0.0",
    .title           = "Unruly",
    .needs           = {"workshop 1.2"},
    .register_module = unruly::register_module,
});
