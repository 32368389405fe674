#include "workshop_company.h"

#include <tessera/accounts.h>

#include <doctest/doctest.h>

using namespace tessera;
using namespace workshop;

TEST_CASE("permissions: nothing is allowed that is not granted, by its name, with its module, or in every module") {
    struct Case {
        std::vector<std::string> granted{};
        const char*              asked;
        bool                     allowed;
    };
    const Case cases[] = {
        {{}, "workshop.read", false},
        {{"workshop.read"}, "workshop.read", true},
        {{"workshop.read"}, "workshop.edit", false},
        {{"workshop.*"}, "workshop.confirm", true},
        {{"workshop.*"}, "workshops.confirm", false},
        {{"*.read"}, "workshop.read", true},
        {{"*.read"}, "workshop.edit", false},
        {{"*"}, "anything.at_all", true},
        {{"work", "workshop", "workshop.", ""}, "workshop.read", false},
        {{"workshop.read"}, "", false},
        {{"*.*"}, "workshop.read", false},
    };
    for (const auto& one : cases) {
        CAPTURE(one.asked);
        CHECK(Permissions::of(one.granted)->allow(one.asked) == one.allowed);
    }
}

TEST_CASE("permissions: who is known stays known while nothing can be written") {
    WorkshopCompany shop;
    access::Accounts accounts(shop.suite());
    const auto       key = accounts.make_token(Actor{}, "administrator", "test", {"*.read"}, {}).key;
    shop.run([](Transaction& tx) { tx.execute("UPDATE access_key SET used_at = 1"); });      // long ago: this use is to be noted
    shop.suite().stop();
    const auto visitor = accounts.recognise(key);
    REQUIRE(visitor);
    CHECK(visitor->actor.may("workshop.read"));
    CHECK(shop.suite().list(visitor->actor, "workshop.customer", {}).find("Ada") != std::string::npos);
}

TEST_CASE("permissions: every door asks for what it needs") {
    WorkshopCompany shop;
    const auto      order = shop.insert(shop.order()).value;
    auto&           suite = shop.suite();

    using Door             = std::function<void(const Actor&)>;
    const auto sends       = [&](RecordCommand command) -> Door {
        return [&shop, command](const Actor& actor) {
            auto own       = command;
            own.info.actor = actor;
            shop.send(own);
        };
    };
    const ListRequest everything{};
    RecordAnswer      answer;
    struct Case {
        const char*              door;
        std::vector<std::string> needs;
        Door                     go;
    };
    const Case cases[] = {
        {"look at a record", {"workshop.read"}, [&](const Actor& a) { suite.get(a, "workshop.order", order, answer); }},
        {"list", {"workshop.read"}, [&](const Actor& a) { suite.list(a, "workshop.order", everything); }},
        {"export", {"workshop.read"}, [&](const Actor& a) { suite.export_csv(a, "workshop.order", everything, [](std::string_view) {}); }},
        {"history", {"workshop.read"}, [&](const Actor& a) { suite.history(a, "workshop.order", order); }},
        {"related", {"workshop.read"}, [&](const Actor& a) { suite.related(a, "workshop.order", order); }},
        {"report", {"workshop.read"}, [&](const Actor& a) { suite.report(a, "workshop.orders", {}); }},
        {"change", {"workshop.edit", "workshop.read"}, sends(shop.change(order, R"({"note":"seen"})"))},
        {"create", {"workshop.edit", "workshop.read"}, sends(shop.create(R"({"name":"Grace"})", "workshop.customer"))},
        {"import", {"workshop.edit", "workshop.read"}, [&](const Actor& a) { suite.import_csv({.actor = a}, "workshop.customer", "name\nHopper\n"); }},
        {"tools", {"workshop.keep_tools", "workshop.read"}, sends(shop.create(R"({"code":"L1"})", "workshop.tool"))},
        {"confirm", {"workshop.confirm", "workshop.read"}, sends(shop.move(order, "confirm"))},
        {"work that is not described", {"*"}, [&](const Actor& a) { suite.write({.name = "test", .actor = a}, [](Transaction&) {}); }},
    };
    const std::vector<std::string> all{"workshop.read", "workshop.edit", "workshop.confirm", "workshop.keep_tools", "*.edit", "other.*"};
    for (const auto& one : cases) {
        CAPTURE(one.door);
        for (const auto& missing : one.needs) {                       // all but one of what it needs
            CAPTURE(missing);
            auto granted = all;
            std::erase(granted, missing);
            if (missing == "workshop.edit") std::erase(granted, "*.edit");
            const auto told = refusal_of([&] { one.go({.name = "clerk", .permissions = Permissions::of(granted)}); });
            CHECK_MESSAGE(told.starts_with("kernel.not_permitted: "), told);
        }
        const auto told = refusal_of([&] { one.go({.name = "clerk", .permissions = Permissions::of(one.needs)}); });
        CHECK_MESSAGE(told.find("not_permitted") == std::string::npos, told);
    }
}

TEST_CASE("permissions: related records and the catalogue show only what the reader may see") {
    WorkshopCompany shop;
    const auto      order    = shop.confirmed_order();
    const Actor     stranger = {.name = "stranger", .permissions = Permissions::of({"elsewhere.read"})};
    const auto      seen     = shop.suite().catalogue(stranger);
    CHECK(seen.find(R"("entities":[])") != std::string::npos);
    CHECK(seen.find(R"("reports":[])") != std::string::npos);
    CHECK(seen.find(R"("permissions":[])") != std::string::npos);
    CHECK(shop.suite().catalogue(Actor::reader("rita")).find("workshop.order") != std::string::npos);
    CHECK(shop.suite().related({}, "workshop.customer", shop.customer().value).find(R"("entity":"workshop.order")") != std::string::npos);
    static_cast<void>(order);
}
