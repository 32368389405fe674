// From the order to the invoice: what each document posts, with figures from other systems' own tests.
#include "tests/buying.h"

#include <boost/json.hpp>

namespace purchasing::tests {

TEST_CASE("purchasing: an order is numbered on approval, follows its receipts, and closes when all of it is invoiced") {
    Buying     buying;
    const auto chain = buying.product("Chain"), wheel = buying.product("Wheel");
    const auto draft = buying.draft({{chain, "10", "12.50"}, {wheel, "2", "80"}});
    CHECK(buying.company.load(draft).number == "");
    CHECK(buying.company.load(draft).total == buying.company.money("285.00"));

    const auto order = draft;
    buying.company.transition(order, "approve", Buying::day);
    CHECK(buying.company.load(order).number == "PO-2026-00001");
    buying.receive(order, {"10", "1"});
    CHECK(buying.state(order) == "part_received");
    buying.receive(order, {"-", "1"});
    CHECK(buying.state(order) == "received");
    CHECK(buying.open_orders() == "-285.00");
    const auto invoice = buying.invoice(order, {"10 @ 12.50", "2 @ 80"});
    CHECK(buying.state(order) == "closed");
    CHECK(buying.company.load(invoice).number == "VI-2026-00001");
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("financials.payable") == "-285.00");
    CHECK(buying.balance("inventory.stock") == "285.00");
    CHECK(buying.item(invoice) == "held 0.00 of 285.00 open");
    CHECK(buying.holds(invoice) == "");
    buying.check_sound();
}

TEST_CASE("purchasing: an invoice entered and posted at once is one entry in its history, also beside an earlier one") {
    Buying     buying;
    const auto order   = buying.order({{buying.product("Chain"), "10", "12.50"}});
    const auto entries = [&](Id<VendorInvoice> invoice) {
        return tessera::parse_json(buying.company.suite().history({}, "purchasing.vendor_invoice", invoice.value)).at("entries").as_array().size();
    };
    buying.receive(order, {"10"});
    const auto first = buying.invoice(order, {"4 @ 12.50"}), second = buying.invoice(order, {"6 @ 12.50"});
    for (const auto invoice : {first, second}) {
        CHECK(entries(invoice) == 1);
        CHECK(buying.company.load(invoice).lines.front().matched == buying.company.load(invoice).lines.front().quantity);
    }
    CHECK(buying.state(order) == "closed");
    buying.check_sound();
}

TEST_CASE(
    "purchasing: receipt, invoice at other prices and issue, with standard and average cost "
    "(tryton/account_stock_anglo_saxon)") {
    // scenario_account_stock_anglo_saxon.rst. A differs by policy 1: the source books its 10.00 to expense, here the
    // price difference of goods on hand belongs to the stock.
    Buying     buying;
    const auto fixed   = buying.product("F", Costing::standard, "5");
    const auto average = buying.product("A");
    const auto order   = buying.order({{fixed, "5", "4"}, {average, "7", "6"}});

    buying.receive(order, {"4", "5"});
    CHECK(buying.balance("inventory.stock") == "50.00");
    CHECK(buying.open_orders() == "-46.00");
    CHECK(buying.balance("purchasing.price_variance") == "-4.00");

    const auto invoice = buying.invoice(order, {"4 @ 6", "5 @ 4"});
    CHECK(buying.balance("financials.payable") == "-44.00");
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("purchasing.price_variance") == "4.00");  // −4 at receipt, +8 of F at invoice
    CHECK(buying.holding(average) == "5 worth 20.00");
    CHECK(buying.holds(invoice) == "price_exceeds_order 8.00 held; price_below_order 10.00 warned");

    buying.issue(fixed, "2");
    buying.issue(average, "3");
    CHECK(buying.balance("inventory.consumption") == "22.00");
    CHECK(buying.state(order) == "part_received");
    buying.check_sound();
}

TEST_CASE("purchasing: an invoice price variance follows the goods (metasfresh receipt_and_ship.feature)") {
    const auto left_after = [](const char* price, const char* shipped) {
        Buying     buying;
        const auto chain = buying.product("Chain");
        const auto order = buying.order({{chain, "10", "10"}});
        buying.receive(order, {"10"});
        if (std::string_view(shipped) != "0") buying.issue(chain, shipped);
        buying.invoice(order, {std::string("10 @ ") + price});
        CHECK(buying.open_orders() == "0.00");
        const auto holding = buying.holding(chain) + ", used " + buying.balance("inventory.consumption");
        if (std::string_view(shipped) != "0") buying.issue(chain, "3");
        if (std::string_view(shipped) != "0") CHECK(buying.holding(chain) == "0 worth 0.00");
        buying.check_sound();
        return holding;
    };
    CHECK(left_after("10", "0") == "10 worth 100.00, used 0.00");
    CHECK(left_after("13", "0") == "10 worth 130.00, used 0.00");
    CHECK(left_after("13", "7") == "3 worth 39.00, used 91.00");
}

TEST_CASE("purchasing: a wrong price is undone with its receipt (metasfresh reverseMaterialReceipt.feature)") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    buying.receive(buying.order({{chain, "100", "10"}}), {"100"});
    const auto wrong = buying.receive(buying.order({{chain, "10", "1000000"}}), {"10"});
    CHECK(buying.holding(chain) == "110 worth 10001000.00");
    buying.company.transition(wrong, "reverse", Buying::day);
    CHECK(buying.holding(chain) == "100 worth 1000.00");
    CHECK(buying.open_orders() == "-1000.00");
    buying.check_sound();
}

TEST_CASE("purchasing: goods received and not invoiced always reach zero (erpnext#52292, erpnext#47080)") {
    Buying     buying;
    const auto machine = buying.product("Machine"), chain = buying.product("Chain");
    const auto dear = buying.order({{machine, "1", "1000000"}});
    buying.receive(dear, {"1"});
    buying.invoice(dear, {"1 @ 1200000"});
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.holding(machine) == "1 worth 1200000.00");

    const auto small = buying.order({{chain, "1", "100"}});
    buying.receive(small, {"1"});
    buying.issue(chain, "1");
    buying.invoice(small, {"1 @ 110"});
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("inventory.consumption") == "110.00");
    buying.check_sound();
}

TEST_CASE("purchasing: the price difference of goods that have not come is variance and stays there") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "10"}});
    buying.receive(order, {"4"});
    const auto invoice = buying.invoice(order, {"10 @ 13"});
    CHECK(buying.holding(chain) == "4 worth 52.00");
    CHECK(buying.balance("purchasing.price_variance") == "18.00");
    CHECK(buying.open_orders() == "60.00");  // invoiced, not received
    CHECK(buying.holds(invoice) == "price_exceeds_order 12.00 held; quantity_exceeds_receipt 78.00 held");
    buying.receive(order, {"6"});
    CHECK(buying.holding(chain) == "10 worth 112.00");
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.holds(invoice) == "price_exceeds_order 30.00 held; quantity_exceeds_receipt 78.00 cleared");
    CHECK(buying.state(order) == "received");
    buying.check_sound();
}

TEST_CASE("purchasing: a receipt in parts is worth what the whole is worth") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "3", "3.333333"}});
    for (int i = 0; i < 3; ++i) buying.receive(order, {"1"});
    CHECK(buying.holding(chain) == "3 worth 10.00");
    buying.invoice(order, {"1 @ 3.333333"});
    buying.invoice(order, {"2 @ 3.333333"});
    CHECK(buying.open_orders() == "0.00");
    buying.check_sound();
}

TEST_CASE("purchasing: what is not kept in stock is an expense at order price, and its price difference too") {
    Buying     buying;
    const auto advice = buying.product("Advice", Costing::moving_average, "0", false);
    const auto order  = buying.order({{advice, "2", "100"}});
    buying.receive(order, {"2"});
    CHECK(buying.balance("purchasing.expense") == "200.00");
    buying.invoice(order, {"2 @ 110"});
    CHECK(buying.balance("purchasing.expense") == "220.00");
    CHECK(buying.open_orders() == "0.00");
    buying.check_sound();
}

TEST_CASE(
    "purchasing: a later correction of the price alone moves the cost (tryton/account_invoice_stock, correction)") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "40"}});
    buying.receive(order, {"10"});
    buying.invoice(order, {"10 @ 40"});
    VendorInvoice correction{.kind = InvoiceKind::credit_note, .supplier_number = "CN-1", .date = Buying::day};
    correction.lines.push_back({.kind       = InvoiceLineKind::price_correction,
                                .order_line = buying.line(order).id,
                                .quantity   = Quantity::of(1),
                                .price      = UnitPrice::of(-10)});
    buying.posted(correction);
    CHECK(buying.holding(chain) == "10 worth 390.00");
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("financials.payable") == "-390.00");
    CHECK(buying.line(order).invoiced == Quantity::of(10));
    buying.check_sound();
}

TEST_CASE("purchasing: landed cost by value, and its cancellation (tryton/account_stock_landed_cost)") {
    Buying        buying;
    const auto    first = buying.product("P1"), second = buying.product("P2");
    const auto    order   = buying.order({{first, "10", "100"}, {second, "1", "10"}});
    const auto    receipt = buying.company.load(buying.receive(order, {"10", "1/1"}));
    VendorInvoice freight{.supplier = buying.acme, .supplier_number = "F-1", .date = Buying::day};
    freight.lines.push_back({.kind = InvoiceLineKind::charge, .description = "Freight", .price = UnitPrice::of(10)});
    const auto charge = buying.company.load(buying.posted(freight)).lines[0].id;
    CHECK(buying.balance("purchasing.landed_cost_clearing") == "10.00");

    // The second line was rejected: nothing of it was accepted, so it bears nothing and breaks nothing.
    LandedCost cost{.date         = Buying::day,
                    .invoice_line = charge,
                    .lines        = {{.receipt_line = receipt.lines[0].id}, {.receipt_line = receipt.lines[1].id}}};
    const auto id = buying.posted(cost);
    CHECK(buying.holding(first) == "10 worth 1010.00");
    CHECK(buying.holding(second) == "1 worth 10.00");
    CHECK(buying.balance("purchasing.landed_cost_clearing") == "0.00");
    CHECK(buying.refusal([&] { buying.posted(cost); }) == "purchasing.distributes_too_much");

    buying.company.transition(id, "cancel", Buying::day);
    CHECK(buying.holding(first) == "10 worth 1000.00");
    CHECK(buying.balance("purchasing.landed_cost_clearing") == "10.00");
    buying.check_sound();
}

TEST_CASE("purchasing: planned landed cost waits on clearing for its invoice (idempiere AveragePOCostingTest)") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "1", "2"}});
    const auto receipt = buying.company.load(buying.receive(order, {"1"})).lines[0].id;
    buying.posted(LandedCost{.date        = Buying::day,
                             .description = "Planned freight",
                             .amount      = buying.company.money("0.30"),
                             .lines       = {{.receipt_line = receipt}}});
    CHECK(buying.holding(chain) == "1 worth 2.30");
    CHECK(buying.balance("purchasing.landed_cost_clearing") == "-0.30");
    buying.invoice(order, {"1 @ 2"});
    VendorInvoice freight{.supplier = buying.acme, .supplier_number = "F-1", .date = Buying::day};
    freight.lines.push_back({.kind = InvoiceLineKind::charge, .price = UnitPrice::parse("0.40")});
    const auto charge = buying.company.load(buying.posted(freight)).lines[0].id;
    buying.posted(LandedCost{.date         = Buying::day,
                             .invoice_line = charge,
                             .amount       = buying.company.money("0.10"),
                             .lines        = {{.receipt_line = receipt}}});
    CHECK(buying.holding(chain) == "1 worth 2.40");
    CHECK(buying.balance("purchasing.landed_cost_clearing") == "0.00");
    CHECK(buying.open_orders() == "0.00");
    buying.check_sound();
}

TEST_CASE("purchasing: a printed total that differs by a cent books with a rounding difference (Dolibarr#33419)") {
    Buying        buying;
    VendorInvoice invoice{.supplier = buying.acme, .supplier_number = "D-1", .date = Buying::day};
    invoice.tax   = buying.company.money("1920.93");
    invoice.total = buying.company.money("11525.51");
    invoice.lines.push_back({.kind = InvoiceLineKind::freight, .price = UnitPrice::parse("9604.57")});
    const auto id = buying.posted(invoice);
    CHECK(buying.company.load(id).difference == buying.company.money("0.01"));
    CHECK(buying.balance("financials.rounding") == "0.01");
    CHECK(buying.balance("financials.input_tax") == "1920.93");
    CHECK(buying.balance("financials.payable") == "-11525.51");

    invoice.supplier_number = "D-2";
    invoice.total           = buying.company.money("11526.51");
    CHECK(buying.refusal([&] { buying.posted(invoice); }) == "purchasing.total_differs");
    buying.check_sound();
}

TEST_CASE("purchasing: tax that cannot be deducted is cost (tryton scenario_invoice_tax_deductible)") {
    for (const auto& [deductible, net, tax] :
         {std::tuple{"0", "550.00", "0.00"}, {"50", "525.00", "25.00"}, {"100", "500.00", "50.00"}}) {
        Buying     buying;
        const auto chain = buying.product("Chain");
        const auto order = buying.order({{chain, "10", "50"}});
        buying.receive(order, {"10"});
        const auto code           = buying.company.insert(financials::TaxCode{
                      .code = "V10", .name = "Ten percent", .rate = Percent::of(10), .deductible = Percent::parse(deductible)});
        auto       invoice        = buying.invoice_of(order, {"10 @ 50"});
        invoice.lines[0].tax_code = code;
        const auto id             = buying.posted(invoice);
        CHECK(buying.company.load(id).total == buying.company.money("550.00"));
        CHECK(buying.balance("inventory.stock") == net);
        CHECK(buying.balance("financials.input_tax") == tax);
        CHECK(buying.holds(id) == "");
        buying.check_sound();
    }
}

TEST_CASE(
    "purchasing: goods may be bought in another unit than they are counted in (tryton/account_stock_continental)") {
    Buying     buying;
    const auto metre = buying.company.insert(catalog::Unit{.code = "LM", .name = "Running metre"});
    const auto piece = *buying.company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
    const auto cloth = buying.product("A");
    buying.company.insert(
        catalog::UnitConversion{.product = cloth, .from = metre, .to = piece, .numerator = 100, .denominator = 1});
    Order order{.supplier = buying.acme, .date = Buying::day};
    order.lines.push_back({.product = cloth, .quantity = Quantity::of(7), .unit = metre, .price = UnitPrice::of(600)});
    order.id = buying.company.insert(order, Buying::day);
    buying.company.transition(order.id, "approve", Buying::day);
    const auto receipt = buying.receive(order.id, {"5"});
    CHECK(buying.holding(cloth) == "500 worth 3000.00");
    buying.invoice(order.id, {"5 @ 650"});
    CHECK(buying.holding(cloth) == "500 worth 3250.00");
    buying.give_back(receipt, {"1"});
    CHECK(buying.holding(cloth).starts_with("400 "));
    buying.check_sound();
}

TEST_CASE("purchasing: the order's own transitions receive and invoice what is outstanding") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "12.50"}});
    buying.receive(order, {"4"});
    buying.company.transition(order, "receive_all", Buying::day);
    CHECK(buying.line(order).received == Quantity::of(10));
    CHECK(buying.state(order) == "received");
    CHECK(buying.refusal([&] { buying.company.transition(order, "receive_all"); }) == "kernel.wrong_state");
    buying.check_sound();
}

}  // namespace purchasing::tests
