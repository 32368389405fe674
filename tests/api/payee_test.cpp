// Where the money goes: a change of a payee's bank account waits for a second person, and then for some days.

#include "office.h"

#include <doctest/doctest.h>

using namespace api_tests;
using namespace tessera;

namespace {

struct Till : Office {
    Till() {
        entry  = user("ada", {"Payee manager"});
        checks = user("max", {"Payee checker"});
        cash   = user("kim", {"Treasurer"});
        cool_off(0);
    }
    std::string entry, checks, cash;

    void cool_off(int days) {
        company.run([&](Transaction& tx) { tx.execute("UPDATE directory_company SET bank_cool_off_days = :days", std::int64_t{days}); });
    }
    Answer enter(const std::string& number) { return as(entry, "POST", "/api/directory/bank_accounts", R"({"party":"S1","holder":"Lantern Supply","account_number":")" + number + "\"}"); }
    Answer confirm(const std::string& by, std::int64_t account) { return as(by, "POST", "/api/directory/bank_accounts/" + std::to_string(account) + "/confirm"); }
    // In advance, so that nothing has to be owed.
    Answer pay() { return as(cash, "POST", "/api/financials/payments?transition=post", R"({"party":"S1","date":"2026-06-10","on_account":"10.00"})"); }
};

}  // namespace

TEST_CASE("payees: nothing is paid to an account that nobody else has confirmed, nor once it was changed") {
    Till till;
    CHECK(till.pay().status == 201);                                             // no account is known: paid some other way
    const auto account = id_of(till.enter("DE89 3704 0044 0532 0130 00"));
    CHECK(code_of(till.pay()) == "directory.payee_on_hold");
    CHECK(till.confirm(till.entry, account).status == 403);                      // may not
    CHECK(till.confirm(till.checks, account).status == 200);
    CHECK(till.pay().status == 201);
    const auto url = "/api/directory/bank_accounts/" + std::to_string(account);
    CHECK(till.as(till.entry, "PATCH", url, R"({"bank_name":"Commerzbank"})").status == 200);   // says nothing of where the money goes
    CHECK(till.pay().status == 201);
    CHECK(till.as(till.entry, "PATCH", url, R"({"account_number":"GB82 WEST 1234 5698 7654 32"})").status == 200);
    CHECK(code_of(till.pay()) == "directory.payee_on_hold");
    CHECK(code_of(till.as(till.entry, "PATCH", url, R"({"state":"confirmed"})")) == "kernel.read_only_field");
    CHECK(till.company.verify() == "");
}

TEST_CASE("payees: after the confirmation some days pass, in which the payee can object") {
    Till till;
    till.cool_off(2);
    const auto account = id_of(till.enter("DE89370400440532013000"));
    CHECK(till.confirm(till.checks, account).status == 200);
    const auto told = till.pay();
    CHECK(code_of(told) == "directory.payee_on_hold");
    CHECK_MESSAGE(told.body.find(Date::today().plus_days(2).str()) != std::string::npos, told.body);
}

TEST_CASE("payees: who entered an account confirms it only where nobody else could") {
    Till till;
    const auto boss_enters = till.as(till.boss, "POST", "/api/directory/bank_accounts", R"({"party":"S1","account_number":"DE89370400440532013000"})");
    CHECK(code_of(till.confirm(till.boss, id_of(boss_enters))) == "directory.second_person");
    till.company.run([](Transaction& tx) {
        for (auto& user : tx.select<access::User>("name <> 'administrator' ORDER BY id")) {
            user.active = false;
            tx.save(user);
        }
    });
    CHECK(till.confirm(till.boss, id_of(boss_enters)).status == 200);
}
