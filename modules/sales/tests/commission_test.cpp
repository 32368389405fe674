#include "selling.h"

#include "services/commission.h"

#include <financials/customer_payment.h>

using namespace sales;
using namespace sales::tests;

namespace {

struct Paid {
    Selling                 here{};
    Id<Product>             bicycle = here.product("BIKE", "100");
    Id<directory::Employee> ann     = here.company.insert(directory::Employee{.number = "1", .name = "Ann"});
    Paid() {
        here.stock(bicycle, "20", "60");
        here.terms({.sales_person = ann});
    }
    void        plan(CommissionPlan plan) { here.company.insert(plan); }
    std::string entries() {
        std::string text;
        here.company.read([&](const Snapshot& tx) {
            for (const auto& entry : tx.select<CommissionEntry>("id > 0 ORDER BY id")) text += fmt::format("{} {}; ", entry.date, entry.amount);
        });
        return text;
    }
    Id<financials::CustomerPayment> pay(Id<Invoice> invoice, const char* amount, Date on) {
        const auto item = here.company.load(invoice).open_item;
        return here.done(financials::CustomerPayment{.party = here.shop, .date = on, .lines = {{.item = item, .amount = here.usd(amount)}}}, "post", on);
    }
};

}  // namespace

TEST_CASE("commissions: a percentage of what is invoiced, taken back with credit notes and reversals") {
    Paid paid;
    paid.plan({.name = "Five", .percent = Percent::parse("5")});
    paid.plan({.name = "Later", .percent = Percent::parse("50"), .valid_from = "2026-04-01"_date});
    const auto order    = paid.here.order({{paid.bicycle, "4"}});
    const auto shipment = paid.here.ship(order, {"4"});
    const auto invoice  = paid.here.invoice(order);
    CHECK(paid.entries() == "2026-03-02 20.00; ");
    paid.here.give_back(shipment, {"1"}, "2026-03-04"_date);
    const auto note = paid.here.credit(order, "2026-03-04"_date);
    CHECK(paid.entries() == "2026-03-02 20.00; 2026-03-04 -5.00; ");
    paid.here.move(note, "reverse", "{}", "2026-03-05"_date);
    paid.here.move(invoice, "reverse", "{}", "2026-03-05"_date);
    CHECK(paid.entries() == "2026-03-02 20.00; 2026-03-04 -5.00; 2026-03-05 5.00; 2026-03-05 -20.00; ");
    CHECK(paid.here.company.report("sales.commissions") ==
          "2026-03 | Ann | Five | 2 | 0.00\n"
          "=  |  |  |  | 0.00\n");
    paid.here.check_sound();
}

TEST_CASE("commissions: on payment they come in the share that is paid, and go with the payment") {
    Paid paid;
    paid.plan({.name = "When paid", .sales_person = paid.ann, .percent = Percent::parse("5"), .paid = CommissionTime::on_payment});
    const auto order = paid.here.order({{paid.bicycle, "4"}});
    paid.here.ship(order, {"4"});
    const auto invoice = paid.here.invoice(order);
    CHECK(paid.entries() == "");
    paid.pay(invoice, "100.00", "2026-03-10"_date);
    const auto rest = paid.pay(invoice, "300.00", "2026-03-20"_date);
    CHECK(paid.entries() == "2026-03-10 5.00; 2026-03-20 15.00; ");
    paid.here.move(rest, "reverse", R"({"date":"2026-03-21","reason":"bounced"})", "2026-03-21"_date);
    CHECK(paid.entries() == "2026-03-10 5.00; 2026-03-20 15.00; 2026-03-21 -15.00; ");
    CHECK(paid.here.company.report("sales.commission_entries", {{"month", "2026-03"}, {"sales_person", "Ann"}}) ==
          "2026-03-10 | Ann | When paid | SI-2026-00001 | Corner Shop | 400.00 | 5.00\n"
          "2026-03-20 | Ann | When paid | SI-2026-00001 | Corner Shop | 400.00 | 15.00\n"
          "2026-03-21 | Ann | When paid | SI-2026-00001 | Corner Shop | 400.00 | -15.00\n"
          "=  |  |  |  |  |  | 5.00\n");
    paid.here.check_sound();
}

TEST_CASE("commissions: of the margin, what the goods cost is taken off first; nobody is paid for what nobody sold") {
    Paid paid;
    paid.plan({.name = "Margin", .basis = CommissionBasis::margin, .percent = Percent::parse("10")});
    const auto order = paid.here.order({{paid.bicycle, "4"}});
    paid.here.ship(order, {"3"});
    paid.here.invoice(order);
    CHECK(paid.entries() == "2026-03-02 12.00; ");
    paid.here.terms({});
    paid.here.done(Invoice{.customer = paid.here.shop, .lines = {{.description = "Postage", .price = UnitPrice::parse("7.5")}}}, "post");
    CHECK(paid.entries() == "2026-03-02 12.00; ");
    CHECK(paid.here.company.refusal([](Transaction& tx) { tx.insert(CommissionPlan{.name = "All", .percent = Percent::parse("101")}); }) == "sales.percent_out_of_range");
}

TEST_CASE("commissions: goods that leave after their invoice, and cost that comes late, change what is paid of the margin") {
    Paid paid;
    paid.plan({.name = "Margin", .basis = CommissionBasis::margin, .percent = Percent::parse("10")});
    paid.plan({.name = "Revenue", .percent = Percent::parse("5"), .valid_to = "2026-03-31"_date});
    const auto bell    = paid.here.product("BELL", "100");
    const auto receipt = paid.here.stock(bell, "10", "60");
    auto       draft   = paid.here.order_of({{bell, "4"}});
    draft.lines[0].invoicing = Invoicing::on_order;
    const auto order         = paid.here.company.insert(draft, Selling::day);
    paid.here.company.transition(order, "confirm", Selling::day);
    paid.here.invoice(order);
    CHECK(paid.entries() == "2026-03-02 40.00; 2026-03-02 20.00; ");
    const auto shipment = paid.here.ship(order, {"4"}, "2026-03-04"_date);
    CHECK(paid.entries() == "2026-03-02 40.00; 2026-03-02 20.00; 2026-03-04 -24.00; ");
    paid.here.late_cost(receipt, "50.00", "2026-03-05"_date);
    CHECK(paid.entries() == "2026-03-02 40.00; 2026-03-02 20.00; 2026-03-04 -24.00; 2026-03-05 -2.00; ");
    paid.here.move(shipment, "reverse", "{}", "2026-03-06"_date);
    CHECK(paid.entries() == "2026-03-02 40.00; 2026-03-02 20.00; 2026-03-04 -24.00; 2026-03-05 -2.00; 2026-03-06 26.00; ");
    paid.here.check_sound();
}

TEST_CASE("commissions: what a share of an invoice gives, and which plan pays for it") {
    const auto usd  = Currency::of("USD");
    const auto give = [&](CommissionTime paid, std::int64_t settled) {
        return commission_of({.percent = Percent::parse("3.33"), .paid = paid}, {10000, usd}, {settled, usd}, {12000, usd}).str();
    };
    CHECK(give(CommissionTime::on_invoice, 0) == "3.33");
    CHECK(give(CommissionTime::on_payment, 0) == "0.00");
    CHECK(give(CommissionTime::on_payment, 4000) == "1.11");
    CHECK(give(CommissionTime::on_payment, 12000) == "3.33");
    const Id<directory::Employee> ann{1}, bob{2};
    const CommissionPlan          plan{.sales_person = ann, .valid_from = "2026-01-01"_date, .valid_to = "2026-01-31"_date};
    CHECK(pays_for(plan, ann, "2026-01-31"_date));
    CHECK_FALSE(pays_for(plan, bob, "2026-01-31"_date));
    CHECK_FALSE(pays_for(plan, ann, "2026-02-01"_date));
    CHECK_FALSE(pays_for(plan, ann, "2025-12-31"_date));
}
