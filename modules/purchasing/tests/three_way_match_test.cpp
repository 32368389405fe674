#include "services/three_way_match.h"

#include <doctest/doctest.h>
#include <tessera/text.h>

#include <sstream>

using namespace purchasing;

namespace {

const Currency usd = Currency::of("USD");

std::string described(const MatchDecision& decision) {
    std::string text;
    for (const auto& finding : decision.findings)
        text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", tessera::name_of(finding.outcome),
                            tessera::name_of(finding.reason), finding.at_stake);
    return text.empty() ? "ok" : text;
}

// Columns: ordered quantity, order price, received, accepted, previously invoiced, invoiced quantity, its price,
// result.
void check_matches(const MatchPolicy& policy, const std::string& table) {
    std::istringstream rows(table);
    std::string        row;
    while (std::getline(rows, row)) {
        if (tessera::trim(row).empty() || row.find("ordered") != std::string::npos) continue;
        std::istringstream cells(row);
        std::string        ordered, order_price, received, accepted, before, quantity, price, result;
        cells >> ordered >> order_price >> received >> accepted >> before >> quantity >> price;
        std::getline(cells, result);
        const auto decision =
            three_way_match({.ordered             = Quantity::parse(ordered),
                             .received            = Quantity::parse(received),
                             .accepted            = Quantity::parse(accepted),
                             .previously_invoiced = Quantity::parse(before),
                             .quantity            = Quantity::parse(quantity),
                             .order_price         = UnitPrice::parse(order_price),
                             .amount = tessera::extend(Quantity::parse(quantity), UnitPrice::parse(price), usd),
                             .policy = policy});
        INFO(row);
        CHECK(described(decision) == tessera::trim(result));
    }
}

Side limit(std::optional<const char*> percent, std::optional<const char*> absolute, Outcome beyond) {
    Side side{.beyond = beyond};
    if (percent) side.percent = Percent::parse(*percent);
    if (absolute) side.absolute = Quantity::parse(*absolute);
    return side;
}

}  // namespace

TEST_CASE("three-way match: without tolerances every higher price and every quantity not accepted is held") {
    check_matches({}, R"(
        ordered  at     received  accepted  before  invoiced  at      result
        10       12.00  10        10        0       10        12.00   ok
        10       12.00  10        10        0       10        12.25   block price_exceeds_order 2.50
        10       12.00  10        10        0       10        11.00   warn price_below_order 10.00
        10       12.00   8         8        0       10        12.00   block quantity_exceeds_receipt 24.00
        10       12.00  10         8        0       10        12.00   block quantity_exceeds_receipt 24.00
        10       12.00   0         0        0       10        12.00   block not_received 120.00
        10       12.00  12        12        0       12        12.00   block quantity_exceeds_order 24.00
        10       12.00  10        10        0       12        12.00   block quantity_exceeds_order 24.00
        10       12.00   8         8        0       12        12.00   block quantity_exceeds_order 24.00, block quantity_exceeds_receipt 24.00
        10       12.00  10        10       10       10        12.00   block quantity_exceeds_order 120.00
        10       12.00   8         8        6        4        12.00   block quantity_exceeds_receipt 24.00
        10       12.00  10        10        0        4        12.00   ok
        1000      1.00  550       450       0      550         1.00   block quantity_exceeds_receipt 100.00
    )");
}

TEST_CASE("three-way match: price is checked before quantity, and money is at stake once") {
    check_matches({}, R"(
        ordered  at     received  accepted  before  invoiced  at      result
        10       10.00   8         8        0       10        13.00   block price_exceeds_order 24.00, block quantity_exceeds_receipt 26.00
        10       10.00   0         0        0       10        13.00   block not_received 130.00
    )");
}

TEST_CASE("three-way match: a tolerance is inclusive, and all limits given must hold") {
    MatchPolicy policy;
    policy.price_above    = limit("2", "50", Outcome::block);
    policy.price_below    = limit("5", {}, Outcome::block);
    policy.quantity_above = limit("10", {}, Outcome::block);
    check_matches(policy, R"(
        ordered  at      received  accepted  before  invoiced  at      result
        10       100.00  10        10        0       10        102.00  ok
        10       100.00  10        10        0       10        102.01  block price_exceeds_order 20.10
        100      100.00  100       100       0       100       100.50  ok
        100      100.00  100       100       0       100       100.51  block price_exceeds_order 51.00
        10       100.00  10        10        0       10         95.00  ok
        10       100.00  10        10        0       10         94.99  block price_below_order 50.10
        100        1.00  100       100       0       110         1.00  ok
        100        1.00  100       100       0       111         1.00  block quantity_exceeds_order 11.00
        100        1.00  200       200       0       111         1.00  block quantity_exceeds_order 11.00
        100        1.00   50        50       0        55         1.00  ok
        100        1.00   50        50       0        56         1.00  block quantity_exceeds_receipt 6.00
    )");
}

TEST_CASE(
    "three-way match: NetSuite, bill 970 for 97 of 1000 for 100 passes 10 % of the amount and fails a quantity limit "
    "of 2") {
    // docs.oracle.com section_4096219721
    const auto amount   = limit("10", {}, Outcome::block);
    const auto quantity = limit({}, "2", Outcome::block);
    CHECK(judge_deviation(amount, 30'000000, 1000'000000) == Outcome::ok);
    CHECK(judge_deviation(quantity, Quantity::of(3).raw(), Quantity::of(100).raw()) == Outcome::block);

    MatchPolicy policy;
    policy.quantity_below = quantity;
    check_matches(policy, R"(
        ordered  at     received  accepted  before  invoiced  at      result
        100      10.00  100       100       0        97       10.00   block quantity_below_receipt 970.00
        100      10.00  100       100       0        98       10.00   ok
    )");
}

TEST_CASE("three-way match: SAP KW, planned delivery cost 100 with a limit of 10 takes 110 and blocks 111") {
    // SAP blog 2015/12/04, part 2
    const auto limit_of_ten = limit({}, "10", Outcome::block);
    CHECK(judge_deviation(limit_of_ten, 10'000000, 100'000000) == Outcome::ok);
    CHECK(judge_deviation(limit_of_ten, 11'000000, 100'000000) == Outcome::block);
}

TEST_CASE("three-way match: SAP PP compares what was invoiced with the invoiced quantity at order price") {
    MatchPolicy policy;
    policy.price_above = limit({}, "5", Outcome::block);
    check_matches(policy, R"(
        ordered  at     received  accepted  before  invoiced  at      result
        10       10.00  10        10        0        5        11.00   ok
        10       10.00  10        10        0       10        11.00   block price_exceeds_order 10.00
    )");
}

TEST_CASE("three-way match: the sentence says what clears it") {
    const auto sentence = [](const char* received, const char* accepted, const char* price) {
        return three_way_match({.ordered     = Quantity::of(10),
                                .received    = Quantity::parse(received),
                                .accepted    = Quantity::parse(accepted),
                                .quantity    = Quantity::of(10),
                                .order_price = UnitPrice::parse("12.5"),
                                .amount      = tessera::extend(Quantity::of(10), UnitPrice::parse(price), usd)})
            .findings.at(0)
            .clears_when;
    };
    CHECK(sentence("8", "8", "12.5") == "Receive 2 more, or have the supplier credit 25.00.");
    CHECK(sentence("10", "8", "12.5") == "Receive 2 more, or have the supplier credit 25.00.");
    CHECK(sentence("0", "0", "12.5") == "Receive 10, or have the supplier credit 125.00.");
    CHECK(sentence("10", "10", "12.75") ==
          "To pay 12.75 instead of the ordered 12.50 each, release it, or have the supplier credit 2.50.");
}

TEST_CASE("three-way match: an invoice dated before its goods is only warned about, and only when asked") {
    LineToMatch line{.ordered     = Quantity::of(1),
                     .received    = Quantity::of(1),
                     .accepted    = Quantity::of(1),
                     .quantity    = Quantity::of(1),
                     .order_price = UnitPrice::of(10),
                     .amount      = Money{1000, usd},
                     .invoiced_on = Date(2026, 1, 1)};
    CHECK(described(three_way_match(line)) == "ok");
    line.first_received_on = Date(2026, 1, 5);
    CHECK(described(three_way_match(line)) == "warn invoice_before_receipt 10.00");
}

TEST_CASE("three-way match: a price correction is held when it raises the price beyond the tolerance") {
    CHECK(described(match_price_correction({}, Money{-1000, usd}, Money{40000, usd})) == "ok");
    CHECK(described(match_price_correction({}, Money{1000, usd}, Money{40000, usd})) ==
          "block price_exceeds_order 10.00");
    MatchPolicy policy;
    policy.price_above = limit("2.5", {}, Outcome::block);
    CHECK(described(match_price_correction(policy, Money{1000, usd}, Money{40000, usd})) == "ok");
}

TEST_CASE("three-way match: held is what blocks, not what warns") {
    const auto decision = three_way_match({.ordered     = Quantity::of(10),
                                           .received    = Quantity::of(8),
                                           .accepted    = Quantity::of(8),
                                           .quantity    = Quantity::of(10),
                                           .order_price = UnitPrice::of(10),
                                           .amount      = Money{9000, usd}});
    CHECK(described(decision) == "warn price_below_order 8.00, block quantity_exceeds_receipt 18.00");
    CHECK(decision.held() == Money{1800, usd});
    CHECK(decision.outcome == Outcome::block);
}
