#include "services/payment_proposal.h"
#include "services/mentions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <sstream>

using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

const Currency usd = Currency::of("USD");
Money          money(std::string_view text) { return Money::parse(text, usd); }

CollectedItem item(std::int64_t id, std::string_view open, std::string_view discount = "0", std::string_view tolerance = "0") {
    return {Id<OpenItem>(id), money(open), money(discount), "2026-01-15"_date, "2026-01-20"_date, money(tolerance)};
}

// "1: 980.00 + 20.00 - 5.00; left 3.00": what is paid, the discount, the write-off of each item, and what is left
std::string told(const ProposedPayment& proposed) {
    std::string text;
    for (const auto& line : proposed.lines)
        text += fmt::format("{}: {} + {} + {}; ", line.item, line.amount, line.discount, line.write_off);
    return text + "left " + proposed.left.str();
}

// Each row: the day, whether a late discount is accepted, what is paid, and then discount, write-off, open, left on the payment.
void check_grid(const CollectedItem& invoice, const char* grid) {
    std::istringstream rows(grid);
    for (std::string day, late, paid, discount, write_off, open, left;
         rows >> day >> late >> paid >> discount >> write_off >> open >> left;) {
        CAPTURE(day);
        CAPTURE(late);
        CAPTURE(paid);
        const auto accepted = late == "accepted" ? LateDiscount::accepted : LateDiscount::refused;
        const auto proposed = propose_payment({invoice}, money(paid), Date::parse(day), accepted);
        REQUIRE(proposed.lines.size() == 1);
        const auto& line = proposed.lines.front();
        CHECK(line.discount == money(discount));
        CHECK(line.write_off == money(write_off));
        CHECK(invoice.open - line.settled() == money(open));
        CHECK(proposed.left == money(left));
    }
}

}  // namespace

// Business Central, payment tolerance and payment discount tolerance (O20)
TEST_CASE("proposal: discount and tolerance of one invoice, by the day and the amount (O20)") {
    //  day          late       paid     discount  write-off   open    left
    check_grid(item(1, "1000", "20", "5"), R"(
        2026-01-15   refused    1005.00   20.00      0.00       0.00   25.00
        2026-01-15   refused    1000.00   20.00      0.00       0.00   20.00
        2026-01-15   refused     995.00   20.00      0.00       0.00   15.00
        2026-01-15   refused     985.00   20.00     -5.00       0.00    0.00
        2026-01-15   refused     980.00   20.00      0.00       0.00    0.00
        2026-01-15   refused     975.00   20.00      5.00       0.00    0.00
        2026-01-01   refused     980.00   20.00      0.00       0.00    0.00
        2026-01-16   accepted   1005.00   20.00      0.00       0.00   25.00
        2026-01-18   accepted   1000.00   20.00      0.00       0.00   20.00
        2026-01-20   accepted    995.00   20.00      0.00       0.00   15.00
        2026-01-20   accepted    985.00   20.00     -5.00       0.00    0.00
        2026-01-20   accepted    980.00   20.00      0.00       0.00    0.00
        2026-01-16   accepted    975.00   20.00      5.00       0.00    0.00
        2026-01-16   refused    1005.00    0.00     -5.00       0.00    0.00
        2026-01-16   refused    1000.00    0.00      0.00       0.00    0.00
        2026-01-20   refused     995.00    0.00      5.00       0.00    0.00
        2026-01-20   refused     985.00    0.00      0.00      15.00    0.00
        2026-01-20   refused     980.00    0.00      0.00      20.00    0.00
        2026-01-16   refused     975.00    0.00      0.00      25.00    0.00
        2026-01-21   refused    1005.00    0.00     -5.00       0.00    0.00
        2026-01-21   accepted   1000.00    0.00      0.00       0.00    0.00
        2026-01-21   accepted    995.00    0.00      5.00       0.00    0.00
        2026-01-21   accepted    985.00    0.00      0.00      15.00    0.00
        2026-01-21   accepted    980.00    0.00      0.00      20.00    0.00
        2026-01-21   refused     975.00    0.00      0.00      25.00    0.00
    )");
}

TEST_CASE("proposal: the tolerance is inclusive, a cent more is not within it") {
    check_grid(item(1, "333.33", "6.67", "1.25"), R"(
        2026-01-15   refused     325.41    6.67      1.25       0.00    0.00
        2026-01-15   refused     325.40    0.00      0.00       7.93    0.00
        2026-01-15   refused     327.91    6.67     -1.25       0.00    0.00
        2026-01-15   refused     327.92    6.67      0.00       0.00    1.26
        2026-02-15   refused     332.08    0.00      1.25       0.00    0.00
        2026-02-15   refused     332.07    0.00      0.00       1.26    0.00
        2026-02-15   refused     334.59    0.00      0.00       0.00    1.26
    )");
    check_grid(item(1, "10", "0", "0"), R"(
        2026-01-15   refused       9.99    0.00      0.00       0.01    0.00
        2026-01-15   refused      10.01    0.00      0.00       0.00    0.01
    )");
}

TEST_CASE("proposal: money goes to the items in their order, what is left stays") {
    const std::vector<CollectedItem> items = {item(1, "100"), item(2, "1000", "20", "5"), item(3, "50", "0", "2")};
    const auto                       pay   = [&](std::string_view received) {
        return told(propose_payment(items, money(received), "2026-01-10"_date, LateDiscount::refused));
    };
    CHECK(pay("60") == "1: 60.00 + 0.00 + 0.00; left 0.00");
    CHECK(pay("100") == "1: 100.00 + 0.00 + 0.00; left 0.00");
    CHECK(pay("1076") == "1: 100.00 + 0.00 + 0.00; 2: 976.00 + 20.00 + 4.00; left 0.00");
    CHECK(pay("1083") == "1: 100.00 + 0.00 + 0.00; 2: 980.00 + 20.00 + 0.00; 3: 3.00 + 0.00 + 0.00; left 0.00");
    CHECK(pay("1129") == "1: 100.00 + 0.00 + 0.00; 2: 980.00 + 20.00 + 0.00; 3: 49.00 + 0.00 + 1.00; left 0.00");
    CHECK(pay("1132") == "1: 100.00 + 0.00 + 0.00; 2: 980.00 + 20.00 + 0.00; 3: 52.00 + 0.00 + -2.00; left 0.00");
    CHECK(pay("1140") == "1: 100.00 + 0.00 + 0.00; 2: 980.00 + 20.00 + 0.00; 3: 50.00 + 0.00 + 0.00; left 10.00");
    CHECK(told(propose_payment({}, money("7"), "2026-01-10"_date, LateDiscount::refused)) == "left 7.00");
}

TEST_CASE("proposal: credits are used up to what is owed, or paid back") {
    const std::vector<CollectedItem> items = {item(1, "100"), item(2, "-30"), item(3, "-80")};
    const auto                       pay   = [&](std::string_view received) {
        return told(propose_payment(items, money(received), "2026-02-10"_date, LateDiscount::refused));
    };
    CHECK(pay("0") == "1: 100.00 + 0.00 + 0.00; 2: -30.00 + 0.00 + 0.00; 3: -70.00 + 0.00 + 0.00; left 0.00");
    CHECK(pay("50") == "1: 100.00 + 0.00 + 0.00; 2: -30.00 + 0.00 + 0.00; 3: -20.00 + 0.00 + 0.00; left 0.00");
    CHECK(pay("120") == "1: 100.00 + 0.00 + 0.00; left 20.00");
    CHECK(pay("-50") == "2: -30.00 + 0.00 + 0.00; 3: -20.00 + 0.00 + 0.00; left 0.00");
    CHECK(pay("-111") == "2: -30.00 + 0.00 + 0.00; 3: -80.00 + 0.00 + 0.00; left -1.00");
}

TEST_CASE("proposal: whatever is received comes to the lines and what is left, and nothing is settled twice") {
    std::mt19937 random(20);
    const auto   pick = [&](int n) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(n)); };
    for (int round = 0; round < 2000; ++round) {
        std::vector<CollectedItem> items;
        for (auto count = pick(6); count > 0; --count) {
            const auto open = pick(20000) - 5000;
            items.push_back({Id<OpenItem>(count), Money{open == 0 ? 1 : open, usd}, Money{pick(300), usd}, "2026-01-15"_date,
                             "2026-01-20"_date, Money{pick(200), usd}});
        }
        const Money received{pick(40000), usd};
        const auto  proposed = propose_payment(items, received, "2026-01-10"_date.plus_days(static_cast<int>(pick(15))),
                                              pick(2) ? LateDiscount::accepted : LateDiscount::refused);
        auto        sum      = proposed.left;
        CHECK_FALSE(proposed.left.is_negative());
        for (const auto& line : proposed.lines) {
            sum += line.amount;
            const auto of = std::find_if(items.begin(), items.end(), [&](const auto& one) { return one.item == line.item; });
            CHECK(line.settled().magnitude() <= of->open.magnitude());
            CHECK(line.settled().is_negative() == of->open.is_negative());
            CHECK(line.write_off.magnitude() <= of->tolerance);
            CHECK((line.discount.is_zero() || line.settled() == of->open));
        }
        CHECK(sum == received);
    }
}

TEST_CASE("mentions: a number is found however it was typed, and never as a part of another") {
    struct Row {
        const char *text, *number;
        bool        found;
    };
    for (const auto& [text, number, found] : std::initializer_list<Row>{{"SI-2026-00007", "SI-2026-00007", true},
                                                                        {"Inv. si 2026/00007, thanks", "SI-2026-00007", true},
                                                                        {"SI202600007", "SI-2026-00007", true},
                                                                        {"SI-2026-000071", "SI-2026-00007", false},
                                                                        {"1SI-2026-00007", "SI-2026-00007", true},
                                                                        {"ASI-2026-00007", "SI-2026-00007", false},
                                                                        {"2026-00007", "SI-2026-00007", false},
                                                                        {"invoices 41 and 142", "42", false},
                                                                        {"invoices 41, 42", "42", true},
                                                                        {"RE42a", "42", true},
                                                                        {"", "42", false},
                                                                        {"nothing", "", false},
                                                                        {"nothing", "-", false}}) {
        CAPTURE(text);
        CAPTURE(number);
        CHECK(mentions(text, number) == found);
    }
}
