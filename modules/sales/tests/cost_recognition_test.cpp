#include "selling.h"

#include "services/cost_recognition.h"

#include <inventory/documents.h>

using namespace sales;
using namespace sales::tests;

namespace {

void with_invoice(Selling& here) {
    here.company.run([&](Transaction& tx) {
        auto settings             = *tx.first<Settings>("id > 0 ORDER BY id");
        settings.cost_recognition = CostRecognition::with_invoice;
        tx.save(settings);
    });
}

Id<Product> fixed(Selling& here, const char* number, const char* cost) {
    const auto id = here.product(number, "10");
    here.company.run([&](Transaction& tx) {
        auto product          = tx.load(id);
        product.costing       = catalog::Costing::standard;
        product.standard_cost = UnitPrice::parse(cost);
        tx.save(product);
    });
    return id;
}

}  // namespace

// Tryton, modules/account_stock_continental, scenario_account_stock_continental.rst, step 3
TEST_CASE("cost of sales: goods are cost when they leave, whatever their costing, and revenue comes with the invoice") {
    Selling    here;
    const auto first = fixed(here, "F", "5"), average = here.product("A", "10");
    here.stock(first, "400", "5");
    here.stock(average, "500", "6");
    const auto order = here.order({{first, "2"}, {average, "3"}});
    here.ship(order, {"2", "3"});
    CHECK(here.balance("sales.cost_of_sales") == "28.00");
    CHECK(here.balance("inventory.stock") == "4972.00");
    here.invoice(order);
    CHECK(here.balance("financials.receivable") == "50.00");
    CHECK(here.balance("sales.revenue") == "-50.00");
    CHECK(here.balance("sales.shipped_not_invoiced") == "0.00");
    here.check_sound();
}

// Tryton, modules/account_stock_anglo_saxon, scenario_account_stock_anglo_saxon.rst, the sale
TEST_CASE("cost of sales: with the invoice, goods that left stand on their own account until then; a note without goods gives it back") {
    Selling here;
    with_invoice(here);
    const auto first = fixed(here, "F", "5"), average = here.product("A", "10");
    here.stock(first, "4", "5");
    here.stock(average, "5", "6");
    const auto order = here.order({{first, "2"}, {average, "3"}});
    here.ship(order, {"2", "3"});
    CHECK(here.balance("sales.shipped_not_invoiced") == "28.00");
    CHECK(here.balance("sales.cost_of_sales") == "0.00");
    CHECK(here.company.report("sales.shipped_not_invoiced", {{"as_of", "2026-12-31"}}) ==
          "SO-2026-00001 | Corner Shop | F | 2 | 0 | 10.00\n"
          "SO-2026-00001 | Corner Shop | A | 3 | 0 | 18.00\n"
          "=  |  |  |  |  | 28.00\n");
    here.check_sound();
    here.invoice(order);
    CHECK(here.balance("financials.receivable") == "50.00");
    CHECK(here.balance("sales.revenue") == "-50.00");
    CHECK(here.balance("sales.shipped_not_invoiced") == "0.00");
    CHECK(here.balance("sales.cost_of_sales") == "28.00");
    here.check_sound();

    here.done(Invoice{.kind = InvoiceKind::credit_note, .lines = {{.order_line = here.line(order).id, .quantity = Quantity::of(1)}}}, "post");
    CHECK(here.balance("sales.cost_of_sales") == "23.00");
    CHECK(here.balance("sales.shipped_not_invoiced") == "5.00");
    here.check_sound();
}

TEST_CASE("cost of sales: with the invoice, late cost and returns follow what is invoiced") {
    Selling here;
    with_invoice(here);
    const auto bicycle = here.product("BIKE", "100");
    const auto receipt = here.stock(bicycle, "10", "60");
    const auto order   = here.order({{bicycle, "6"}});
    const auto first   = here.ship(order, {"4"});
    here.invoice(order);
    here.ship(order, {"2"});
    CHECK(here.balance("sales.cost_of_sales") == "240.00");
    CHECK(here.balance("sales.shipped_not_invoiced") == "120.00");
    here.late_cost(receipt, "100.00", "2026-03-05"_date);
    CHECK(here.balance("sales.cost_of_sales") == "280.00");
    CHECK(here.balance("sales.shipped_not_invoiced") == "140.00");
    here.check_sound();

    const auto back = here.give_back(first, {"1"}, "2026-03-06"_date);
    CHECK(here.balance("sales.cost_of_sales") == "280.00");        // four of the five that are kept are invoiced
    CHECK(here.balance("sales.shipped_not_invoiced") == "70.00");
    here.check_sound();
    here.invoice(order, "2026-03-06"_date);
    CHECK(here.balance("sales.cost_of_sales") == "350.00");
    CHECK(here.balance("sales.shipped_not_invoiced") == "0.00");
    here.move(back, "reverse", "{}", "2026-03-07"_date);
    CHECK(here.balance("sales.cost_of_sales") == "350.00");
    CHECK(here.balance("sales.shipped_not_invoiced") == "70.00");
    here.check_sound();
}

TEST_CASE("cost of sales: with the invoice, undoing invoices and shipments leaves nothing behind") {
    Selling here;
    with_invoice(here);
    const auto washer = here.product("WASHER", "1");
    here.stock(washer, "3", "3.333333");
    const auto order    = here.order({{washer, "3"}});
    const auto shipment = here.ship(order, {"3"});
    const auto invoice  = here.done(Invoice{.lines = {{.order_line = here.line(order).id, .quantity = Quantity::of(1)}}}, "post");
    CHECK(here.balance("sales.cost_of_sales") == "3.33");
    here.move(invoice, "reverse", "{}");
    CHECK(here.balance("sales.cost_of_sales") == "0.00");
    here.move(shipment, "reverse", "{}");
    CHECK(here.balance("sales.shipped_not_invoiced") == "0.00");
    CHECK(here.on_hand(washer) == "3");
    here.check_sound();
}

TEST_CASE("cost of sales: the setting may change between two shipments; each goes on as it began") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "10", "60");
    const auto order = here.order({{bicycle, "4"}});
    here.ship(order, {"2"});
    with_invoice(here);
    here.ship(order, {"2"});
    CHECK(here.balance("sales.cost_of_sales") == "120.00");
    CHECK(here.balance("sales.shipped_not_invoiced") == "120.00");
    here.done(Invoice{.lines = {{.order_line = here.line(order).id, .quantity = Quantity::of(3)}}}, "post");
    CHECK(here.balance("sales.shipped_not_invoiced") == "60.00");
    here.invoice(order);
    CHECK(here.balance("sales.cost_of_sales") == "240.00");
    here.check_sound();
    CHECK_THROWS_AS(here.company.insert(Settings{}), tessera::Refused);
}
