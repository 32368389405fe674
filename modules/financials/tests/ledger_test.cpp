#include "tests/office.h"

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

TEST_CASE("ledger: an entry is numbered, sealed and kept in the balances") {
    Office     office;
    const auto id    = office.post("2026-01-31"_date, "Rent January", {{"6050", "900.00"}, {"1010", "", "900.00"}});
    const auto entry = office.company.load(id);
    CHECK(entry.number == "JE-2026-00001");
    CHECK(entry.journal == "general");
    CHECK(entry.user == "administrator");
    CHECK(entry.hash.size() == 64);
    CHECK(office.balance("6050") == "900.00");
    CHECK(office.balance("1010") == "-900.00");
    CHECK(office.company.report("financials.trial_balance", {{"as_of", "2026-01-31"}}) ==
          "1010 | Bank | 0.00 | 0.00 | 900.00 | -900.00\n6050 | Rent | 0.00 | 900.00 | 0.00 | 900.00\n=  |  | 0.00 | "
          "900.00 | 900.00 | 0.00\n");
    CHECK(office.company.verify() == "");
}

TEST_CASE("ledger: refusals come in their documented order and leave nothing") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto ok       = "2026-01-05"_date;
    CHECK(office.refusal("2031-01-05"_date, {{"9.9", "1.00"}}) == "financials.no_period");
    office.company.transition(office.period("2026-02"), "lock");
    CHECK(office.refusal("2026-02-05"_date, {{"9.9", "1.00"}}) == "financials.period_closed");
    CHECK(office.refusal(ok, {{"1000", "1.00"}, {"no.such_role", "", "2.00"}}) == "financials.role_not_mapped");
    CHECK(office.refusal(ok, {{"2010", "1.00"}, {"1000", "", "2.00"}}) == "financials.account_not_postable");
    CHECK(office.refusal(ok, {{"2010", "1.00"}, {"1010", "", "2.00"}}) == "financials.control_account");
    CHECK(office.refusal(ok, {{"financials.payable", "1.00"}, {"1010", "", "2.00"}}) == "financials.party_missing");
    CHECK(office.refusal(ok, {{"financials.payable", "1.00", "", supplier}, {"1010", "", "2.00"}}) ==
          "financials.entry_unbalanced");
    CHECK(office.refusal(ok, {{"financials.payable", "1.00", "", supplier}, {"1010", "", "1.00"}}) ==
          "financials.subledger_differs");
    CHECK(office.company.value<std::int64_t>("SELECT count(*) FROM financials_journal_line") == 0);
    CHECK(office.company.value<std::int64_t>("SELECT count(*) FROM financials_daily_balance") == 0);
    const auto id = office.post(ok, "First", {{"6050", "1.00"}, {"1010", "", "1.00"}});
    CHECK(office.company.load(id).number == "JE-2026-00001");
}

TEST_CASE("ledger: the sentence says how to map a role") {
    Office office;
    CHECK_THROWS_WITH(office.post("2026-01-05"_date, "x", {{"warranty.expense", "1.00"}, {"1010", "", "1.00"}}),
                      doctest::Contains("map the role warranty.expense to an account"));
}

TEST_CASE("ledger: an entry of nothing is not posted") {
    Office office;
    CHECK_FALSE(office.post("2026-01-05"_date, "Nothing", {{"6050", "0.00"}, {"1010", "", "0.00"}}));
    CHECK_FALSE(office.post("2026-01-05"_date, "Nothing", {{"1010", "5.00"}, {"1010", "", "5.00"}}));
    CHECK(office.company.value<std::int64_t>("SELECT count(*) FROM financials_journal_entry") == 0);
}

TEST_CASE("ledger: inactive accounts take nothing, and posted ones stay what they are") {
    Office office;
    office.post("2026-01-05"_date, "Rent", {{"6050", "1.00"}, {"1010", "", "1.00"}});
    const auto change = [&](auto edit) {
        return office.company.refusal([&](Transaction& tx) {
            auto account = tx.load(office.account("6050"));
            edit(account);
            tx.save(account);
        });
    };
    CHECK(change([](Account& a) { a.kind = Kind::income; }) == "financials.account_in_use");
    CHECK(change([](Account& a) { a.postable = false; }) == "financials.account_in_use");
    CHECK(change([](Account& a) { a.name = "Rent and leases"; }) == "");
    CHECK(change([](Account& a) { a.active = false; }) == "");
    CHECK(office.refusal("2026-01-05"_date, {{"6050", "1.00"}, {"1010", "", "1.00"}}) ==
          "financials.account_not_postable");
    CHECK(office.company.refusal([&](Transaction& tx) { tx.remove(office.account("6050")); }) ==
          "financials.account_in_use");
}

TEST_CASE("ledger: journal entries and lines cannot be changed or deleted") {
    Office office;
    office.post("2026-01-05"_date, "Rent", {{"6050", "1.00"}, {"1010", "", "1.00"}});
    for (const auto* sql : {"UPDATE financials_journal_entry SET memo = 'x'", "DELETE FROM financials_journal_entry",
                            "UPDATE financials_journal_line SET amount = 0", "DELETE FROM financials_journal_line"}) {
        CAPTURE(sql);
        CHECK_THROWS(office.company.run([&](Transaction& tx) { tx.execute(sql); }));
    }
    CHECK(office.company.verify() == "");
}

TEST_CASE("ledger: a reversal mirrors its original once and links to it") {
    Office          office;
    const auto      id = office.post("2026-01-05"_date, "Rent", {{"6050", "7.00"}, {"1010", "", "7.00"}});
    Id<PostedEntry> back;
    office.company.run(
        [&](Transaction& tx) { back = tx.service<Ledger>().reverse(tx, id, "2026-02-03"_date, "wrong month"); });
    const auto entry = office.company.load(back);
    CHECK(entry.reverses == id);
    CHECK(entry.date == "2026-02-03"_date);
    CHECK(entry.memo == "Reversal of JE-2026-00001: wrong month");
    CHECK(office.balance("6050") == "0.00");
    CHECK(office.row("financials.trial_balance", "6050", {{"as_of", "2026-01-31"}}) ==
          "6050 | Rent | 0.00 | 7.00 | 0.00 | 7.00");
    CHECK(office.company.refusal([&](Transaction& tx) {
        tx.service<Ledger>().reverse(tx, id, "2026-02-03"_date, "");
    }) == "financials.already_reversed");
    CHECK(office.company.verify() == "");
}

TEST_CASE("ledger: a reversal is dated in an open period, never before its original") {
    Office     office;
    const auto id = office.post("2026-01-05"_date, "Rent", {{"6050", "7.00"}, {"1010", "", "7.00"}});
    office.company.transition(office.period("2026-01"), "lock");
    office.company.transition(office.period("2026-02"), "soft_lock");
    Id<PostedEntry> back;
    office.company.run([&](Transaction& tx) { back = tx.service<Ledger>().reverse(tx, id, "2025-12-30"_date, ""); });
    CHECK(office.company.load(back).date == "2026-03-01"_date);
}

TEST_CASE(
    "ledger: what is cached of the set-up follows every change, also inside one command and after a refused one") {
    Office     office;
    const auto rent = office.account("6050"), bank = office.account("1010"), cash = office.account("1030");
    const auto mapping = Id<AccountRoleMapping>{
        office.company
            .value<std::int64_t>("SELECT id FROM financials_account_role_mapping WHERE role = 'financials.bank'")
            .value()};
    const auto pay = [&](Transaction& tx) {
        tx.service<Ledger>().post(tx, {.date  = "2026-01-05"_date,
                                       .memo  = "Rent",
                                       .lines = {{.account = rent, .debit = office.usd("1.00")},
                                                 credit("financials.bank", office.usd("1.00"))}});
    };
    const auto remap = [&](Transaction& tx, Id<Account> to) {
        auto record    = tx.load(mapping);
        record.account = to;
        tx.save(record);
    };
    office.company.run(pay);
    CHECK(office.balance("1010") == "-1.00");
    CHECK_THROWS(office.company.run([&](Transaction& tx) {
        remap(tx, cash);
        pay(tx);
        throw Refused("test.stop", "To go on, do not stop.");
    }));
    office.company.run(pay);
    CHECK(office.balance("1010") == "-2.00");
    CHECK(office.balance("1030") == "0.00");
    office.company.run([&](Transaction& tx) {
        pay(tx);
        remap(tx, cash);
        pay(tx);
        remap(tx, bank);
        pay(tx);
        remap(tx, cash);
    });
    office.company.run(pay);
    CHECK(office.balance("1010") == "-4.00");
    CHECK(office.balance("1030") == "-2.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("ledger: a mapping goes to accounts that may take the role") {
    Office     office;
    const auto map = [&](std::string role, std::string_view code) {
        return office.company.refusal([&](Transaction& tx) {
            tx.execute("DELETE FROM financials_account_role_mapping WHERE role = :role", role);
            tx.insert(AccountRoleMapping{.role = role, .account = office.account(code)});
        });
    };
    CHECK(map("no.such_role", "1010") == "financials.role_unknown");
    CHECK(map("financials.bank", "1000") == "financials.account_not_postable");
    CHECK(map("financials.bank", "2010") == "financials.control_account");
    CHECK(map("financials.bank", "1020") == "");
}

TEST_CASE("ledger: events carry resolved and merged lines") {
    Office     office;
    const auto posting =
        office.entry("2026-01-05"_date, "Two", {{"6050", "1.00"}, {"6050", "2.00"}, {"financials.bank", "", "3.00"}});
    office.company.run([&](Transaction& tx) { tx.service<Ledger>().post(tx, posting); });
    CHECK(office.company.value<std::int64_t>("SELECT count(*) FROM financials_journal_line") == 2);
    CHECK(office.company.report("financials.journal", {{"as_of", "2026-01-31"}})
              .find("2026-01-05 | JE-2026-00001 | general | Two | 6050 | Rent |  | 3.00 | ") == 0);
}
