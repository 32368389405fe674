#include "selling.h"

using namespace sales;
using namespace sales::tests;

TEST_CASE("checks: what orders, documents and the ledger say of each other is found out when it is damaged") {
    struct Case {
        const char* damage;
        const char* found;
    };
    for (const auto& [statement, found] : std::initializer_list<Case>{
             {"UPDATE sales_order_line SET shipped = shipped + 1000000", "sales order SO-2026-00001 line 1"},
             {"UPDATE sales_order_line SET invoiced = invoiced - 1000000", "sales order SO-2026-00001 line 1"},
             {"UPDATE sales_order_line SET billed = billed + 1", "sales order SO-2026-00001 line 1"},
             {"UPDATE sales_shipment_line SET returned = 0", "shipment SH-2026-00001 line 1"},
             {"UPDATE sales_order SET unbilled = unbilled + 1", "sales order SO-2026-00001"},
             {"UPDATE sales_order SET subtotal = subtotal + 1", "a subtotal of 400.00 by its lines"},
             {"UPDATE sales_shipment SET state = 'reversed'", "2 entries, being reversed"},
             {"UPDATE sales_invoice SET state = 'reversed' WHERE kind = 'invoice'", "customer invoice SI-2026-00001"},
             {"UPDATE sales_invoice SET book_total = book_total + 1 WHERE kind = 'invoice'", "owed by its entries"},
             {"UPDATE sales_invoice SET total = total + 1 WHERE kind = 'credit_note'", "open item of customer invoice CN-2026-00001"},
         }) {
        CAPTURE(statement);
        Selling    here;
        const auto bicycle = here.product("BIKE", "100");
        here.stock(bicycle, "10", "60");
        const auto order    = here.order({{bicycle, "4"}});
        const auto shipment = here.ship(order, {"4"});
        here.invoice(order);
        here.give_back(shipment, {"1"});
        here.credit(order);
        here.check_sound();
        here.company.run([&](Transaction& tx) { tessera::testing::damage(tx, statement); });
        CHECK_MESSAGE(here.company.verify().find(found) != std::string::npos, here.company.verify());
    }
}
