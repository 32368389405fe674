// What one person must not do together, how much somebody may approve, and that what was approved is what is relied on.

#include "office.h"

#include <doctest/doctest.h>

using namespace api_tests;
using namespace tessera;

namespace {

std::string approve(std::int64_t order) { return "/api/purchasing/orders/" + std::to_string(order) + "/approve"; }

}  // namespace

TEST_CASE("duties: roles that one person must not have together are not given to one person") {
    Office office;
    CHECK(code_of(office.make_user("eve", {"Buyer", "Purchasing manager"})) == "access.conflicting_duties");
    CHECK(code_of(office.make_user("eve", {"Payables clerk", "Treasurer"})) == "access.conflicting_duties");
    CHECK(office.make_user("eve", {"Buyer", "Reader"}).status == 201);
    const auto eve = office.id("/api/access/users?name=eve");
    CHECK(code_of(office.as(office.boss, "PATCH", "/api/access/users/" + std::to_string(eve), R"({"roles":[{"role":"Buyer"},{"role":"Purchasing manager"}]})")) == "access.conflicting_duties");
    // nor by changing what a role permits
    const auto reader = office.id("/api/access/roles?name=Reader");
    CHECK(code_of(office.as(office.boss, "PATCH", "/api/access/roles/" + std::to_string(reader), R"({"permissions":[{"permission":"purchasing.approve"}]})")) == "access.conflicting_duties");
}

TEST_CASE("duties: where a mitigation is enough, one with an end is, and nobody records it for themselves") {
    Office office;
    CHECK(code_of(office.make_user("eve", {"Buyer", "Receiving clerk"})) == "access.conflicting_duties");
    CHECK(office.make_user("eve", {"Buyer"}).status == 201);
    const auto eve      = std::to_string(office.id("/api/access/users?name=eve"));
    const auto conflict = std::to_string(office.id("/api/access/duty_conflicts?first=purchasing.edit&second=purchasing.receive"));
    const auto mitigate = [&](const std::string& ends) {
        return office.as(office.boss, "POST", "/api/access/mitigations",
                         R"({"holder":)" + eve + R"(,"conflict":)" + conflict + R"(,"control":"The owner counts the stock each Friday","starts_on":"2020-01-01","ends_on":")" + ends + "\"}");
    };
    const auto both = [&] { return office.as(office.boss, "PATCH", "/api/access/users/" + eve, R"({"roles":[{"role":"Buyer"},{"role":"Receiving clerk"}]})"); };
    CHECK(code_of(mitigate("2019-01-01")) == "access.bad_time");
    CHECK(code_of(mitigate("2029-01-01")) == "access.bad_time");
    CHECK(mitigate("2020-06-30").status == 201);                                 // over long ago
    CHECK(code_of(both()) == "access.conflicting_duties");
    const auto today = Date::today();
    CHECK(office.as(office.boss, "POST", "/api/access/mitigations",
                    R"({"holder":)" + eve + R"(,"conflict":)" + conflict + R"(,"control":"The owner counts","starts_on":")" + today.str() + R"(","ends_on":")" + today.plus_days(30).str() + "\"}")
              .status == 201);
    CHECK(both().status == 200);
    const auto held = office.as(office.boss, "GET", "/api/reports/access.held_conflicts");
    CHECK_MESSAGE(held.body.find("The owner counts") != std::string::npos, held.body);

    office.company.run([](Transaction& tx) {
        access::Role role{.name = "Security"};
        role.permissions.push_back({.permission = "access.*"});
        access::User user{.name = "sam"};
        user.roles.push_back({.role = tx.insert(role)});
        tx.insert(user);
    });
    const auto sam = office.token_of("sam");
    CHECK(code_of(office.as(sam, "POST", "/api/access/mitigations",
                            R"({"holder":"sam","conflict":)" + conflict + R"(,"control":"I look myself","starts_on":"2026-01-01","ends_on":"2026-02-01"})")) == "access.own_mitigation");
}

TEST_CASE("duties: who worked on a document takes no step on it, or on what follows from it, that another has to take") {
    Office     office;
    const auto buyer = office.user("ada", {"Buyer"}), manager = office.user("max", {"Purchasing manager"}), clerk = office.user("rex", {"Receiving clerk"});
    const auto order = id_of(office.order(buyer, "10.00"));
    CHECK(office.as(buyer, "POST", approve(order)).status == 403);               // has no such permission
    CHECK(office.as(manager, "POST", approve(order)).status == 200);

    // The same person, with other roles on another day.
    const auto ada = std::to_string(office.id("/api/access/users?name=ada"));
    const auto now = [&](const std::string& user, const char* role) {
        REQUIRE(office.as(office.boss, "PATCH", "/api/access/users/" + user, std::string(R"({"roles":[{"role":")") + role + "\"}]}").status == 200);
    };
    const auto second = id_of(office.order(buyer, "20.00"));
    now(ada, "Purchasing manager");
    CHECK(code_of(office.as(buyer, "POST", approve(second))) == "access.conflicting_duties");
    const auto third = id_of(office.order(office.boss, "20.00"));
    CHECK(office.as(buyer, "POST", approve(third)).status == 200);               // somebody else's

    now(ada, "Receiving clerk");                                                 // what she ordered she does not receive
    const auto receipt = [&](std::int64_t of) {
        const auto line = parse_json(office.as(office.boss, "GET", "/api/purchasing/orders/" + std::to_string(of)).body).at("lines").at(0).at("id").as_int64();
        return R"({"date":"2026-06-02","lines":[{"order_line":)" + std::to_string(line) + R"(,"quantity":"1"}]})";
    };
    CHECK(code_of(office.as(buyer, "POST", "/api/purchasing/goods_receipts?transition=post", receipt(order))) == "access.conflicting_duties");
    CHECK(code_of(office.as(buyer, "POST", "/api/purchasing/goods_receipts", receipt(order))) == "access.conflicting_duties");
    CHECK(code_of(office.as(buyer, "POST", "/api/purchasing/orders/" + std::to_string(order) + "/receive_all", "{}")) == "access.conflicting_duties");
    CHECK(office.as(clerk, "POST", "/api/purchasing/goods_receipts?transition=post", receipt(order)).status == 201);

    // What has happened all the same is found: by who may do everything, or before the conflict was known.
    id_of(office.order(office.boss, "30.00", "?transition=approve"));
    const auto report = office.as(office.boss, "GET", "/api/reports/access.conflicting_steps");
    const auto rows   = parse_json(report.body).at("rows").as_array();
    REQUIRE_MESSAGE(rows.size() == 1, report.body);
    CHECK(rows[0].at("user") == "administrator");
    CHECK(office.company.verify() == "");
}

TEST_CASE("duties: creating and approving in one step is both") {
    Office office;
    office.company.run([](Transaction& tx) {
        for (auto& conflict : tx.select<access::DutyConflict>("first = 'purchasing.approve' AND second = 'purchasing.edit'")) {
            conflict.effect = access::Effect::off;
            tx.save(conflict);
        }
    });
    const auto eve = office.user("eve", {"Buyer", "Purchasing manager"});
    CHECK(office.order(eve, "1.00", "?transition=approve").status == 201);
    office.company.run([](Transaction& tx) {
        for (auto& conflict : tx.select<access::DutyConflict>("first = 'purchasing.approve' AND second = 'purchasing.edit'")) {
            conflict.effect = access::Effect::blocks;
            tx.save(conflict);
        }
    });
    CHECK(code_of(office.order(eve, "1.00", "?transition=approve")) == "access.conflicting_duties");
    CHECK(office.order(eve, "1.00").status == 201);
    CHECK(parse_json(office.as(office.boss, "GET", "/api/reports/access.conflicting_steps").body).at("rows").as_array().size() == 1);
}

TEST_CASE("limits: nobody approves above their limit, for a document, in a currency or for all of a day") {
    Office     office;
    const auto buyer = office.user("ada", {"Buyer"});
    REQUIRE(office
                .as(office.boss, "POST", "/api/access/roles",
                    R"({"name":"Small approver","permissions":[{"permission":"*.read"},{"permission":"purchasing.approve"}],"limits":[{"permission":"purchasing.approve","currency":"USD","amount":"100.00","amount_a_day":"150.00"}]})")
                .status == 201);
    const auto small = office.user("max", {"Small approver"});
    const auto of    = [&](const char* price) { return id_of(office.order(buyer, price)); };
    CHECK(code_of(office.as(small, "POST", approve(of("100.01")))) == "access.over_limit");
    CHECK(office.as(small, "POST", approve(of("100.00"))).status == 200);
    CHECK(code_of(office.as(small, "POST", approve(of("50.01")))) == "access.over_limit");
    CHECK(office.as(small, "POST", approve(of("50.00"))).status == 200);
    CHECK(code_of(office.as(small, "POST", approve(of("0.01")))) == "access.over_limit");
    const auto euros = id_of(office.as(buyer, "POST", "/api/purchasing/orders", R"({"supplier":"S1","currency":"EUR","lines":[{"product":"P1","quantity":"1","price":"1.00"}]})"));
    CHECK(code_of(office.as(small, "POST", approve(euros))) == "access.over_limit");
    const auto big = office.user("kim", {"Small approver", "Purchasing manager"});  // another role without a limit
    CHECK(office.as(big, "POST", approve(of("5000.00"))).status == 200);
}

TEST_CASE("delegation: a role is lent for some days by who has it, and what is lent cannot be lent on") {
    Office     office;
    const auto buyer = office.user("ada", {"Buyer"}), manager = office.user("max", {"Purchasing manager"}), other = office.user("kim", {"Reader"});
    REQUIRE(office.as(office.boss, "POST", "/api/access/roles", R"({"name":"Lender","permissions":[{"permission":"access.delegate"}]})").status == 201);
    const auto max = std::to_string(office.id("/api/access/users?name=max"));
    REQUIRE(office.as(office.boss, "PATCH", "/api/access/users/" + max, R"({"roles":[{"role":"Purchasing manager"},{"role":"Lender"}]})").status == 200);
    const auto today = Date::today();
    const auto lend  = [&](const std::string& by, const char* giver, const char* taker, const char* role, Date until) {
        return office.as(by, "POST", "/api/access/delegations",
                         std::string(R"({"giver":")") + giver + R"(","taker":")" + taker + R"(","role":")" + role + R"(","starts_on":")" + today.str() + R"(","ends_on":")" + until.str() +
                             R"(","reason":"On holiday"})");
    };
    const auto order = id_of(office.order(buyer, "10.00"));
    CHECK(office.as(other, "POST", approve(order)).status == 403);
    CHECK(code_of(lend(manager, "max", "ada", "Purchasing manager", today.plus_days(7))) == "access.conflicting_duties");
    CHECK(code_of(lend(manager, "max", "kim", "Treasurer", today.plus_days(7))) == "access.not_yours_to_give");
    CHECK(code_of(lend(manager, "kim", "ada", "Reader", today.plus_days(7))) == "access.not_yours_to_give");
    CHECK(code_of(lend(manager, "max", "kim", "Purchasing manager", today.plus_days(200))) == "access.bad_time");
    CHECK(lend(manager, "max", "kim", "Purchasing manager", today.plus_days(7)).status == 201);
    CHECK(office.as(other, "POST", approve(order)).status == 200);
    REQUIRE(office.as(office.boss, "PATCH", "/api/access/users/" + max, R"({"active":false})").status == 200);  // who lent it has it no more
    CHECK(office.as(other, "POST", approve(id_of(office.order(buyer, "10.00")))).status == 403);
}

TEST_CASE("approval: it is about what the document said then; what was changed since is found") {
    Office     office;
    const auto buyer = office.user("ada", {"Buyer"}), manager = office.user("max", {"Purchasing manager"});
    const auto order = id_of(office.order(buyer, "10.00"));
    REQUIRE(office.as(manager, "POST", approve(order)).status == 200);
    const auto approvals = parse_json(office.as(office.boss, "GET", "/api/access/approvals").body).at("rows").as_array();
    REQUIRE(approvals.size() == 1);
    CHECK(approvals[0].at("approved_by") == "max");
    CHECK(approvals[0].at("amount") == "10.00");
    CHECK(office.company.verify() == "");
    office.company.run([&](Transaction& tx) { tx.execute("UPDATE purchasing_order_line SET price = price * 2 WHERE document = :order", order); });
    CHECK(office.company.verify().find("access.approved_content") != std::string::npos);
}
