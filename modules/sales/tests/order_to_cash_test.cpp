#include "selling.h"

using namespace sales;
using namespace sales::tests;
using tessera::Refused;

TEST_CASE("order to cash: an order is shipped, invoiced and closed, and every account agrees") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "10", "60");
    const auto order = here.order({{bicycle, "4"}});
    CHECK(here.company.load(order).number == "SO-2026-00001");
    CHECK(here.company.load(order).total.str() == "400.00");

    here.ship(order, {"3"});
    CHECK(here.state(order) == "part_shipped");
    CHECK(here.on_hand(bicycle) == "7");
    CHECK(here.balance("sales.cost_of_sales") == "180.00");

    const auto invoice = here.invoice(order);
    CHECK(here.company.load(invoice).number == "SI-2026-00001");
    CHECK(here.company.load(invoice).due_on == Selling::day.plus_days(30));
    CHECK(here.balance("sales.revenue") == "-300.00");
    CHECK(here.balance("financials.receivable") == "300.00");
    CHECK(here.company.load(order).unbilled.str() == "100.00");

    here.company.transition(order, "ship_all", Selling::day);
    CHECK(here.state(order) == "shipped");
    here.invoice(order);
    CHECK(here.state(order) == "closed");
    CHECK(here.company.load(order).unbilled.is_zero());
    CHECK(here.balance("sales.revenue") == "-400.00");
    CHECK(here.balance("sales.cost_of_sales") == "240.00");
    here.check_sound();
}

TEST_CASE("order to cash: parts that are invoiced come to the whole, with freight, rounding and agreed tax") {
    Selling    here;
    const auto washer = here.product("WASHER", "0.333333");
    here.stock(washer, "10", "0.1");
    auto draft       = here.order_of({{washer, "7"}});
    draft.freight    = here.usd("10.00");
    draft.agreed_tax = here.usd("0.17");
    draft.rounding   = here.usd("-0.03");
    const auto order = here.company.insert(draft, Selling::day);
    here.company.transition(order, "confirm", Selling::day);
    CHECK(here.company.load(order).subtotal.str() == "2.33");
    CHECK(here.company.load(order).total.str() == "12.47");

    auto total = here.usd("0.00"), freight = here.usd("0.00");
    for (const auto* quantity : {"2", "2", "3"}) {
        here.ship(order, {quantity});
        const auto invoice = here.company.load(here.invoice(order));
        total += invoice.total;
        freight += invoice.freight;
    }
    CHECK(total.str() == "12.47");
    CHECK(freight.str() == "10.00");
    CHECK(here.state(order) == "closed");
    here.check_sound();
}

TEST_CASE("order to cash: no more is invoiced than has left, nor shipped than was ordered") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "10", "60");
    const auto order = here.order({{bicycle, "4"}});
    const auto line  = here.line(order).id;
    CHECK(here.refusal(Shipment{.lines = {{.order_line = line, .quantity = Quantity::of(5)}}}, "ship") == "sales.ships_too_much");
    here.ship(order, {"2"});
    CHECK(here.refusal(Invoice{.lines = {{.order_line = line, .quantity = Quantity::of(3)}}}, "post") == "sales.invoices_too_much");
    CHECK(here.refusal(Invoice{.kind = InvoiceKind::credit_note, .lines = {{.order_line = line, .quantity = Quantity::of(1)}}}, "post") == "sales.credits_too_much");
    CHECK(here.refusal(Shipment{.lines = {{.order_line = here.company.load(here.draft({{bicycle, "1"}})).lines.front().id, .quantity = Quantity::of(1)}}}, "ship") ==
          "sales.order_not_open");
}

TEST_CASE("shipping: terms of the customer allow some more, and call a little less enough") {
    Selling    here;
    const auto wire = here.product("WIRE", "1");
    here.stock(wire, "1000", "0.5");
    here.terms({.over_delivery = Percent::parse("5"), .under_delivery = Percent::parse("2")});
    const auto more = here.order({{wire, "100"}});
    CHECK(here.refusal(Shipment{.lines = {{.order_line = here.line(more).id, .quantity = Quantity::of(106)}}}, "ship") == "sales.ships_too_much");
    here.ship(more, {"105"});
    CHECK(here.state(more) == "shipped");
    CHECK(here.company.load(here.invoice(more)).total.str() == "105.00");
    CHECK(here.state(more) == "closed");

    const auto less = here.order({{wire, "100"}});
    here.ship(less, {"97"});
    CHECK(here.state(less) == "part_shipped");
    here.ship(less, {"1"});
    CHECK(here.state(less) == "shipped");
    here.check_sound();
}

TEST_CASE("shipping: an order that the customer takes complete does not leave in parts") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "10", "60");
    here.terms({.ships_complete = true});
    const auto order = here.order({{bicycle, "4"}});
    CHECK(here.refusal(Shipment{.lines = {{.order_line = here.line(order).id, .quantity = Quantity::of(3)}}}, "ship") == "sales.ships_complete");
    here.ship(order, {"4"});
    CHECK(here.state(order) == "shipped");
}

TEST_CASE("shipping: what is undone is on hand again, unless it is invoiced or came back") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "10", "60");
    const auto order    = here.order({{bicycle, "4"}});
    const auto shipment = here.ship(order, {"4"});
    here.move(shipment, "reverse", R"({"reason":"wrong truck"})");
    CHECK(here.on_hand(bicycle) == "10");
    CHECK(here.balance("sales.cost_of_sales") == "0.00");
    CHECK(here.state(order) == "confirmed");

    const auto again = here.ship(order, {"4"});
    here.invoice(order);
    CHECK_THROWS_WITH(here.move(again, "reverse", "{}"), doctest::Contains("reverse or credit the invoice"));
    here.check_sound();
}

TEST_CASE("returns: goods come back at what they had cost, late cost included, and are credited") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    const auto receipt = here.stock(bicycle, "10", "60");
    const auto order   = here.order({{bicycle, "4"}});
    const auto shipped = here.ship(order, {"4"});
    const auto invoice = here.invoice(order);
    here.late_cost(receipt, "50.00", "2026-03-05"_date);
    CHECK(here.balance("sales.cost_of_sales") == "260.00");

    const auto back = here.give_back(shipped, {"1"}, "2026-03-06"_date);
    CHECK(here.company.load(back).lines.front().cost.str() == "65.00");
    CHECK(here.balance("sales.cost_of_sales") == "195.00");
    CHECK(here.on_hand(bicycle) == "7");
    CHECK(here.refusal(CustomerReturn{.lines = {{.shipment_line = here.company.load(shipped).lines.front().id, .quantity = Quantity::of(4)}}}, "post") == "sales.returns_too_much");

    const auto note = here.company.load(here.credit(order, "2026-03-06"_date));
    CHECK(note.number == "CN-2026-00001");
    CHECK(note.total.str() == "-100.00");
    CHECK(note.corrects == invoice);
    CHECK(here.balance("financials.receivable") == "300.00");
    CHECK(here.company.value<Money>("SELECT open_amount FROM financials_open_item WHERE document = 'SI-2026-00001'")->str() == "300.00");
    CHECK_THROWS_WITH(here.move(back, "reverse", "{}"), doctest::Contains("reverse the credit note"));
    here.check_sound();
}

TEST_CASE("invoices: one that is reversed owes nothing, and its goods may be invoiced again") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "10", "60");
    const auto order = here.order({{bicycle, "4"}});
    here.ship(order, {"4"});
    here.move(here.invoice(order), "reverse", R"({"reason":"wrong address"})");
    CHECK(here.balance("financials.receivable") == "0.00");
    CHECK(here.balance("sales.revenue") == "0.00");
    CHECK(here.state(order) == "shipped");
    CHECK(here.company.load(here.invoice(order)).number == "SI-2026-00002");
    CHECK(here.state(order) == "closed");
    here.check_sound();
}

TEST_CASE("invoices: in another currency the books carry the rate of the day, and what rounding leaves is booked") {
    Selling here;
    here.company.insert(directory::ExchangeRate{.base = Currency::of("EUR"), .quote = Currency::of("USD"), .date = "2026-01-01"_date, .rate = tessera::Rate::parse("1.1111")});
    const auto part = here.product("PART");
    here.stock(part, "10", "1");
    auto draft     = here.order_of({{part, "1", "0.99"}, {part, "1", "0.99"}, {part, "1", "0.99"}});
    draft.currency = Currency::of("EUR");
    const auto order = here.company.insert(draft, Selling::day);
    here.company.transition(order, "confirm", Selling::day);
    here.ship(order, {"1", "1", "1"});
    const auto invoice = here.company.load(here.invoice(order));
    CHECK(invoice.total.str() == "2.97");
    CHECK(invoice.book_total.str() == "3.30");
    CHECK(here.balance("sales.revenue") == "-3.30");
    here.check_sound();
}

TEST_CASE("milestones: each is invoiced once it is reached, and together they are the whole") {
    Selling    here;
    const auto project = here.product("PROJECT", "1000", false);
    auto       draft   = here.order_of({{project, "1"}});
    draft.lines.front().invoicing = Invoicing::by_milestone;
    const auto order = here.company.insert(draft, Selling::day);
    here.company.transition(order, "confirm", Selling::day);
    std::vector<Id<Milestone>> milestones;
    for (const auto* share : {"33.333333", "33.333333", "33.333334"})
        milestones.push_back(here.company.insert(Milestone{.sales_order = order, .order_line = here.line(order).id, .title = "Part", .share = Percent::parse(share)}));
    CHECK_THROWS_AS(here.invoice(order), Refused);
    std::string totals;
    for (const auto milestone : milestones) {
        here.company.transition(milestone, "reach");
        totals += here.company.load(here.invoice(order)).total.str() + " ";
    }
    CHECK(totals == "333.33 333.34 333.33 ");
    here.company.transition(order, "ship_all", Selling::day);
    CHECK(here.state(order) == "closed");
    here.check_sound();
}

TEST_CASE("quotations: a revision replaces the one before, and the accepted one becomes an order at its prices") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    const auto extra   = here.product("BELL", "5");
    const auto first   = here.company.insert(Quotation{.customer = here.shop, .lines = {{.product = bicycle, .quantity = Quantity::of(3)}}}, Selling::day);
    here.company.transition(first, "send", Selling::day);
    here.move(first, "revise", R"({"reason":"wants a better price"})");
    CHECK(here.company.load(first).state == QuotationState::superseded);
    const auto second = *here.company.value<Id<Quotation>>("SELECT max(id) FROM sales_quotation");
    here.company.run([&](Transaction& tx) {
        auto quotation = tx.load(second);
        quotation.lines.front().discount     = Percent::parse("10");
        quotation.lines.front().price_reason = "three at once";
        quotation.lines.push_back({.product = extra, .quantity = Quantity::of(3), .optional = true});
        tx.save(quotation);
    });
    here.company.transition(second, "send", Selling::day);
    const auto sent = here.company.load(second);
    CHECK(sent.number == "SQ-2026-00001");
    CHECK(sent.revision == 2);
    CHECK(sent.total.str() == "270.00");
    CHECK_THROWS_WITH(here.company.transition(second, "accept", sent.valid_until.plus_days(1)), doctest::Contains("was valid until"));
    here.company.transition(second, "accept", Selling::day);
    const auto order = here.company.load(here.company.load(second).sales_order);
    CHECK(order.lines.size() == 1);
    CHECK(order.total.str() == "270.00");
    CHECK(order.lines.front().price_reason == "three at once");
}

TEST_CASE("invoices: what was not ordered is charged with a description, in the customer's currency") {
    Selling    here;
    const auto invoice = here.done(Invoice{.customer = here.shop, .date = Selling::day, .lines = {{.description = "Repair on site", .price = UnitPrice::parse("45.50")}}}, "post");
    CHECK(here.company.load(invoice).total.str() == "45.50");
    CHECK(here.balance("sales.revenue") == "-45.50");
    CHECK(here.refusal(Invoice{.customer = here.shop, .lines = {{.price = UnitPrice::parse("1")}}}, "post") == "sales.charge_of_what");
    here.check_sound();
}
