#include "services/costing.h"

#include <doctest/doctest.h>

using namespace inventory;
using tessera::Currency;

namespace costing_test {

Money    usd(const char* amount) { return Money::parse(amount, Currency::of("USD")); }
Quantity of(const char* quantity) { return Quantity::parse(quantity); }

}  // namespace costing_test

using costing_test::of;
using costing_test::usd;

TEST_CASE("costing: an issue costs the average, and the last goods take what is left") {
    struct Row {
        const char *on_hand, *value, *issued, *cost;
    };
    const Row rows[] = {
        {"3", "10.00", "1", "3.33"},  // BC design-details-rounding: 3 pieces for 10.00, one by one
        {"2", "6.67", "1", "3.34"},           {"1", "3.33", "1", "3.33"},
        {"2800", "354.00", "1000", "126.43"}, {"10", "100.00", "4", "40.00"},
        {"10", "100.00", "10", "100.00"},     {"10", "100.00", "12", "100.00"},  // two wait for their cost
        {"0", "0.00", "5", "0.00"},           {"-5", "0.00", "5", "0.00"},
        {"0.5", "1.50", "0.25", "0.75"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.on_hand);
        CAPTURE(row.issued);
        CHECK(issue_cost({of(row.on_hand), usd(row.value)}, of(row.issued)).str() == row.cost);
    }
}

TEST_CASE("costing: a currency without decimals ends at zero (BC design-details-rounding: 0.5 pieces at 3)") {
    const auto yen = Currency::of("JPY");
    CHECK(issue_cost({of("0.5"), Money(2, yen)}, of("0.5")).str() == "2");
    CHECK(issue_cost({of("0.5"), Money(2, yen)}, of("0.2")).str() == "1");
}

TEST_CASE("costing: stock at standard cost is worth exactly quantity times standard, whatever the steps") {
    Holding    holding{of("0"), usd("0.00")};
    const auto standard = UnitPrice::parse("0.333");
    for (const char* change : {"1", "1", "1", "-2", "0.5", "-1.5"}) {
        holding.value += standard_change(holding, of(change), standard);
        holding.quantity += of(change);
        CHECK(holding.value == tessera::extend(holding.quantity, standard, holding.value.currency()));
    }
    CHECK(holding.value.is_zero());
}

TEST_CASE("costing: undoing a receipt takes out what it brought, and never leaves a value without goods") {
    struct Row {
        const char *on_hand, *value, *quantity, *brought, *taken;
    };
    const Row rows[] = {
        {"110", "10001000.00", "10", "10000000.00",
         "10000000.00"},                             // metasfresh reverseMaterialReceipt: back to 100 at 10
        {"10", "150.00", "10", "200.00", "150.00"},  // the average took the rest with an issue
        {"15", "150.00", "5", "200.00", "50.00"},    // more than all is worth: the average
        {"15", "200.00", "5", "100.00", "100.00"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.on_hand);
        CHECK(undo_cost({of(row.on_hand), usd(row.value)}, of(row.quantity), usd(row.brought)).str() == row.taken);
    }
}

TEST_CASE("costing: late cost is split by what is here and what is gone, and the parts sum to the whole") {
    const auto gone  = std::vector{of("7")};
    const auto split = split_cost(usd("30.00"), of("3"), gone);  // metasfresh receipt_and_ship
    CHECK(split.here.str() == "9.00");
    CHECK(split.gone.front().str() == "21.00");

    const auto thirds = split_cost(usd("-10.00"), of("1"), std::vector{of("1"), of("1")});
    CHECK((thirds.here + thirds.gone[0] + thirds.gone[1]).str() == "-10.00");
    CHECK(split_cost(usd("5.00"), of("4"), {}).here.str() == "5.00");
    CHECK(split_cost(usd("5.00"), of("0"), gone).gone.front().str() == "5.00");
}
