// Each invariant is damaged by raw SQL, and exactly the check that guards it reports it.
#include "tests/buying.h"

#include <set>

namespace purchasing::tests {

namespace {

std::set<std::string> reported(Buying& buying) {
    std::set<std::string> checks;
    for (const auto& one : buying.company.suite().verify({}))
        if (!one.findings.empty() && one.check.starts_with("purchasing.")) checks.insert(one.check);
    return checks;
}

std::set<std::string> after(const std::vector<std::string>& damage) {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto receipt = buying.receive(order, {"10/2"});
    buying.invoice(order, {"10 @ 10"}, Buying::day, "A-1");
    buying.invoice(order, {"1 @ 10"}, "2026-03-09"_date, "A-2");
    buying.give_back(receipt, {"1"});
    CHECK(reported(buying) == std::set<std::string>{});
    buying.company.run([&](Transaction& tx) {
        for (const auto& sql : damage) tessera::testing::damage(tx, sql);
    });
    return reported(buying);
}

}  // namespace

TEST_CASE("verify: a running quantity of an order line that its documents do not say") {
    CHECK(after({"UPDATE purchasing_order_line SET received = received + 1000000"}) ==
          std::set<std::string>{"purchasing.order_quantities"});
}
TEST_CASE("verify: an allocation that is lost, and one beyond the goods") {
    CHECK(after({"DELETE FROM purchasing_match_allocation"}) ==
          std::set<std::string>{"purchasing.allocations"});
    CHECK(after({"UPDATE purchasing_match_allocation SET quantity = quantity * 2",
                 "UPDATE purchasing_goods_receipt_line SET matched = matched * 2",
                 "UPDATE purchasing_vendor_invoice_line SET matched = matched * 2"}) ==
          std::set<std::string>{"purchasing.allocations"});
}
TEST_CASE("verify: a clearing entry that is not what was posted") {
    CHECK(after({"UPDATE purchasing_clearing_entry SET amount = amount + 1 WHERE id = 1"}) ==
          std::set<std::string>{"purchasing.received_not_invoiced"});
}
TEST_CASE("verify: a hold that does not hold") {
    CHECK(after({"UPDATE financials_open_item SET held_amount = 0"}) == std::set<std::string>{"purchasing.holds"});
    CHECK(after({"UPDATE purchasing_match_hold SET amount = amount + 1 WHERE id = 1"}) ==
          std::set<std::string>{"purchasing.holds"});
    CHECK(after({"UPDATE purchasing_hold_entry SET state = 'cleared'"}) ==
          std::set<std::string>{"purchasing.holds"});
    CHECK(after({"DELETE FROM purchasing_hold_entry"}) ==
          std::set<std::string>{"purchasing.holds"});
}
TEST_CASE("verify: a payment into what is held") {
    CHECK(
        after({"UPDATE financials_open_item SET open_amount = 100 WHERE id = 1"}).contains("purchasing.held_payments"));
}
TEST_CASE("verify: a supplier's number that stands twice") {
    CHECK(after({"UPDATE purchasing_vendor_invoice SET supplier_number = 'a 1'"}) ==
          std::set<std::string>{"purchasing.duplicates"});
}
TEST_CASE("verify: a posted document without its entry, and a draft with one") {
    CHECK(after({"UPDATE purchasing_goods_receipt SET state = 'draft'"}).contains("purchasing.entries"));
    CHECK(after({"UPDATE purchasing_vendor_invoice SET book_total = book_total + 1 WHERE id = 1"}) ==
          std::set<std::string>{"purchasing.invoice_entries"});
}

}  // namespace purchasing::tests
