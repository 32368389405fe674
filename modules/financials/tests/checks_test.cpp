#include "tests/office.h"

#include <set>

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

// Office with one of everything, then damaged behind the ledger's back. Gives the names of the checks that notice.
std::string noticed_by(const std::vector<const char*>& damage) {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    office.post("2026-01-05"_date, "Rent", {{"6050", "7.00"}, {"1010", "", "7.00"}});
    const auto wrong = office.post("2026-01-06"_date, "Wrong", {{"6020", "3.00"}, {"1010", "", "3.00"}});
    office.company.run([&](Transaction& tx) { tx.service<Ledger>().reverse(tx, wrong, "2026-01-07"_date, "wrong"); });
    const auto item = office.invoice(supplier, "I-1", "2026-01-08"_date, "2026-02-07"_date, "100.00");
    Payment    payment{
           .party = supplier, .date = "2026-01-20"_date, .lines = {{.item = item, .amount = office.usd("40.00")}}};
    office.company.run([&](Transaction& tx) {
        tx.insert(payment);
        tx.transition(payment.id, "post");
    });
    office.company.transition(office.period("2026-01"), "lock");
    REQUIRE(office.company.verify() == "");
    office.company.run([&](Transaction& tx) {
        for (const auto* sql : damage) tessera::testing::damage(tx, sql);
    });
    std::string names;
    for (const auto& check : office.company.suite().verify({}))
        if (!check.findings.empty()) names += check.check.substr(check.check.find('.') + 1) + " ";
    return names;
}

}  // namespace

TEST_CASE("verify: each kind of damage is noticed by its check") {
    CHECK(noticed_by({}) == "");
    CHECK(noticed_by({"UPDATE financials_journal_entry SET memo = 'Rents' WHERE id = 1"}) == "hash_chain ");
    CHECK(noticed_by({"UPDATE financials_journal_line SET party = 1 WHERE id = 1"}) == "hash_chain ");
    CHECK(noticed_by({"UPDATE financials_period_balance SET debit = debit + 1, credit = credit + 1 WHERE account = 1 "
                      "OR account = 2"}) == "period_balances ");
    CHECK(noticed_by({"UPDATE financials_daily_balance SET debit = debit + 1 WHERE date = '2026-01-05'"}) ==
          "daily_balances ");
    CHECK(noticed_by({"DELETE FROM financials_daily_balance WHERE date = '2026-01-05'"}) == "daily_balances ");
    CHECK(noticed_by({"UPDATE financials_open_item SET open_amount = open_amount + 1 WHERE id = 1"}) == "open_items ");
    CHECK(noticed_by({"UPDATE financials_settlement SET currency = 'EUR'"}) == "open_items ");
    CHECK(noticed_by({"UPDATE financials_open_item SET amount = 20000, book_amount = 20000, open_amount = 16000 WHERE "
                      "id = 1"}) == "payables_control ");
    CHECK(noticed_by({"UPDATE financials_period_change SET recorded_at = 1"}) == "locked_periods ");
    CHECK(noticed_by({"UPDATE financials_period SET state = 'open' WHERE name = '2026-01'"}) == "locked_periods ");
}

TEST_CASE("verify: damage to amounts and numbers breaks the seal too") {
    CHECK(noticed_by({"UPDATE financials_journal_line SET amount = amount + 1 WHERE id = 1",
                      "UPDATE financials_period_balance SET debit = debit + 1 WHERE account = (SELECT account FROM "
                      "financials_journal_line WHERE id = 1)",
                      "UPDATE financials_daily_balance SET debit = debit + 1 WHERE account = (SELECT account FROM "
                      "financials_journal_line WHERE id = 1)"}) == "entry_balanced hash_chain trial_balance ");
    CHECK(noticed_by({"UPDATE financials_journal_entry SET number = 'JE-2026-00009' WHERE id = 2"}) ==
          "entry_numbers hash_chain ");
    CHECK(noticed_by({"UPDATE financials_journal_entry SET reverses = 1 WHERE reverses = 2"}) ==
          "hash_chain reversals ");
}
