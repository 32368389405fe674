// Pay is not for everybody's eyes, and nobody pays out alone.

#include "tests/workshop.h"

#include <doctest/doctest.h>

using namespace payroll;
using tessera::Actor;
using tessera::Permissions;
using tessera::Transaction;

namespace {

Actor user(Workshop& shop, const char* name, const char* role, std::vector<std::string> permissions) {
    tessera::access::User record{.name = name, .full_name = name};
    if (*role)
        record.roles.push_back(
            {.role = *shop.company.value<Id<tessera::access::Role>>("SELECT id FROM access_role WHERE name = :role", std::string(role))});
    const auto id = shop.company.insert(record);
    return {.name = name, .permissions = Permissions::of(std::move(permissions)), .user = id.value};
}

template <class Work>
std::string code_of(Work work) {
    try {
        work();
        return "";
    } catch (const tessera::Refused& refused) {
        return refused.code();
    }
}

}  // namespace

TEST_CASE("access: who may read every module sees no pay, who may see pay does") {
    Workshop    shop;
    const auto  january = shop.paid("2026-01");
    const auto  reader  = Actor::reader("rita");
    const Actor insider{.name = "ines", .permissions = Permissions::of({"payroll.read", "payroll.see_pay"})};
    auto&       suite = shop.company.suite();
    for (const char* entity :
         {"payroll.employee", "payroll.assignment", "payroll.unpaid_leave", "payroll.run", "payroll.payslip", "payroll.posting"}) {
        CAPTURE(entity);
        CHECK(code_of([&] { suite.list(reader, entity, {}); }) == "kernel.not_permitted");
        CHECK(code_of([&] { suite.history(reader, entity, 1); }) == "kernel.not_permitted");
        CHECK(code_of([&] { suite.list(insider, entity, {}); }) == "");
    }
    for (const char* report : {"payroll.register", "payroll.payslip", "payroll.cost_by_centre", "payroll.year_to_date"}) {
        CAPTURE(report);
        CHECK(code_of([&] { suite.report(reader, report, {}); }) == "kernel.not_permitted");
    }
    CHECK(code_of([&] { suite.attachments(reader, "payroll.run", january.value); }) == "kernel.not_permitted");
    CHECK(code_of([&] { suite.list(reader, "payroll.component", {}); }) == "");
    CHECK(code_of([&] { suite.report(insider, "payroll.register", {{"run", "PR-2026-00001"}}); }) == "");
}

TEST_CASE("access: each step has its permission") {
    Workshop   shop;
    const auto january = shop.run("2026-01");
    const auto clerk   = user(shop, "carl", "Payroll clerk", {"payroll.see_pay", "payroll.calculate"});
    const auto manager = user(shop, "mona", "Payroll manager", {"payroll.see_pay", "payroll.approve", "payroll.post", "payroll.pay"});
    CHECK(shop.move(january, "calculate", "", manager) == "kernel.not_permitted");
    CHECK(shop.move(january, "calculate", "", clerk) == "");
    CHECK(shop.move(january, "approve", "", clerk) == "kernel.not_permitted");
    CHECK(shop.move(january, "approve", "", manager) == "");
    CHECK(shop.move(january, "post", "", clerk) == "kernel.not_permitted");
    CHECK(shop.move(january, "post", "", manager) == "");
    CHECK(shop.move(january, "make_payment_file", R"({"pay_from": 1})", clerk) == "kernel.not_permitted");
    CHECK(shop.move(january, "reverse", R"({"reason": "Wrong"})", clerk) == "kernel.not_permitted");
    const auto run = shop.company.load(january);
    CHECK(run.calculated_by == "carl");
    CHECK(run.approved_by == "mona");
    CHECK(*shop.company.value<std::string>(
              "SELECT approved_by FROM access_approval WHERE document_entity = 'payroll.run' AND document_id = :run", january) == "mona");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("access: a second person approves, where there is one") {
    SUBCASE("who has both permissions and no more has conflicting duties") {
        Workshop   shop;
        const auto january = shop.run("2026-01");
        const auto both    = user(shop, "bea", "", {"payroll.see_pay", "payroll.calculate", "payroll.approve"});
        CHECK(shop.move(january, "calculate", "", both) == "");
        CHECK(shop.move(january, "approve", "", both) == "access.conflicting_duties");
    }
    SUBCASE("who may do everything asks another, if there is another") {
        Workshop   shop;
        const auto january = shop.run("2026-01");
        const auto owner   = user(shop, "olga", "", {"*"});
        CHECK(shop.move(january, "calculate", "", owner) == "");
        user(shop, "mona", "Payroll manager", {});
        CHECK(shop.move(january, "approve", "", owner) == "payroll.second_person");
        CHECK(shop.sentence() == "To approve PR-2026-00001, ask somebody else: olga has calculated it.");
    }
    SUBCASE("who is alone approves alone") {
        Workshop   shop;
        const auto january = shop.run("2026-01");
        const auto owner   = user(shop, "olga", "", {"*"});
        shop.company.run([](Transaction& tx) { tessera::testing::damage(tx, "UPDATE access_user SET active = 0 WHERE name <> 'olga'"); });
        CHECK(shop.move(january, "calculate", "", owner) == "");
        CHECK(shop.move(january, "approve", "", owner) == "");
    }
}
