// No plugin, however bad, stops the server or changes what is another's.
#include <doctest/doctest.h>

#include <fstream>

#include "../kernel/workshop_company.h"
#include "../loader/good/unruly/unruly.h"
#include "audit/signature.h"
#include "containment/meter.h"
#include "loader/signature.h"

using namespace tessera;

namespace {

namespace fs = std::filesystem;

const WorkshopCompany::Modules both{"workshop", "unruly"};

// Confirms an order whose note tells the plugin what to do.
std::string confirm(WorkshopCompany& shop, const std::string& note) {
    const auto order = shop.insert(shop.order(note));
    return refusal_of([&] {
        try {
            shop.run([&](Transaction& tx) { tx.transition(order, "confirm"); });
        } catch (const std::logic_error&) {
            throw;
        } catch (const Refused&) {
            throw;
        } catch (const std::exception& other) {
            throw std::logic_error(other.what());
        }
    });
}

bool is_closed(WorkshopCompany& shop) { return shop.suite().kernel().find_meter("unruly")->is_closed(); }

std::string told(WorkshopCompany& shop, std::string_view module) {
    for (const auto& m : shop.suite().kernel().modules())
        if (m.name == module) return m.refused;
    return "not there";
}

std::string told_of(const std::string& module) {
    WorkshopCompany shop({"workshop", module});
    shop.confirmed_order();
    return told(shop, module);
}

}  // namespace

TEST_CASE("a bad plugin: what is another's it cannot write, by no way") {
    WorkshopCompany shop(both);
    shop.confirmed_order();
    const std::string writes = "mistake: The module unruly may not write ";
    struct Row {
        const char* how;
        std::string told;
    };
    const Row rows[] = {
        {"update", writes + "workshop_order"},
        {"delete", writes + "workshop_booking"},
        {"trail", writes + "kernel_audit"},
        {"pragma", writes + "everything"},
        {"hidden", writes + "workshop_order"},
        {"directly", writes + "workshop_order"},
        {"balance", writes + "workshop_hours_of_day"},
        {"booking", "mistake: The module unruly may not make a record of workshop.booking: "},
        {"confirmed", "mistake: The module unruly may not change a record of workshop.order in this state: "},
        {"user", "mistake: The module unruly may not make a record of access.user: "},
        {"customer", ""},
        {"own", ""},
    };
    const auto trail = shop.number("SELECT count(*) FROM kernel_audit");
    for (const auto& row : rows) {
        CAPTURE(row.how);
        const auto said = confirm(shop, std::string("unruly: ") + row.how);
        CHECK(said.starts_with(row.told));
        CHECK(said.empty() == row.told.empty());
        shop.suite().kernel().find_meter("unruly")->release();
    }
    CHECK(shop.number("SELECT count(*) FROM workshop_order WHERE note = 'mine'") == 0);
    CHECK(shop.number("SELECT count(*) FROM workshop_customer WHERE name = 'A friend'") == 1);
    CHECK(shop.number("SELECT count(*) FROM kernel_audit") > trail);
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);
}

TEST_CASE("a bad plugin: whatever its functions throw undoes the command they are part of, and nothing else") {
    WorkshopCompany shop(both);
    CHECK(confirm(shop, "unruly: refuse") == "unruly.no: To go on, ask for something else.");
    CHECK(confirm(shop, "unruly: throw") == "mistake: it is broken");
    CHECK(confirm(shop, "unruly: number") == "mistake: unruly's part in workshop.order_confirmed threw something that is no exception");
    CHECK(shop.number("SELECT count(*) FROM workshop_order WHERE state = 'confirmed'") == 0);
    CHECK(shop.refusal([&](Transaction& tx) { tx.insert(unruly::Thing{.name = "refuse"}); }) == "unruly.no: To go on, ask for something else.");
    CHECK_THROWS_AS(shop.insert(unruly::Thing{.name = "number"}), std::runtime_error);
    const auto thing = shop.insert(unruly::Thing{.name = "quiet"});
    CHECK_THROWS_AS(shop.suite().record_view({}, "unruly.thing", thing.value, "inside"), std::runtime_error);
    CHECK_THROWS_AS(shop.suite().record_file({}, "unruly.thing", thing.value, "sheet"), std::runtime_error);
    CHECK_THROWS_AS(shop.suite().report({}, "unruly.broken", {}), std::runtime_error);
    CHECK(confirm(shop, "") == "");
    CHECK(shop.suite().kernel().find_meter("unruly")->counters().failures == 6);
    CHECK(!is_closed(shop));      // never the same function five times
}

TEST_CASE("a bad plugin: one that keeps failing is closed, others go on without it, and it stays closed until it is released") {
    WorkshopCompany shop(both);
    auto            served = shop.options(both);
    served.background      = true;
    shop.open_with(served);
    shop.insert(unruly::Thing{.name = "kept"});
    for (int i = 0; i < 5; ++i) confirm(shop, "unruly: throw");
    CHECK(is_closed(shop));
    CHECK(confirm(shop, "unruly: throw") == "");      // what the workshop does goes on

    const auto closed = shop.refusal([&](Transaction& tx) { tx.insert(unruly::Thing{.name = "another"}); });
    CHECK(closed.starts_with("plugins.closed: To use unruly again, repair it and release it (tessera plugin release unruly): unruly's part in workshop.order_confirmed failed 5 times in a row"));
    CHECK(shop.number("SELECT count(*) FROM unruly_thing WHERE name = 'kept'") == 1);      // what it has may be read

    shop.open(both);      // also after a start
    CHECK(is_closed(shop));
    const auto incident = shop.number("SELECT id FROM plugins_incident WHERE module = 'unruly' AND kind = 'closed' AND state = 'open'");
    REQUIRE(incident > 0);
    CHECK(shop.number("SELECT count(*) FROM kernel_audit_record WHERE entity = 'plugins.incident'") > 0);
    shop.send({.verb = RecordCommand::Verb::transition, .entity = "plugins.incident", .id = incident, .transition = "release"});
    CHECK(!is_closed(shop));
    shop.insert(unruly::Thing{.name = "another"});
    shop.open(both);
    CHECK(!is_closed(shop));
}

TEST_CASE("a plugin: what its reports read is measured, written in SQL or not") {
    WorkshopCompany shop(both);
    const auto&     meter  = *shop.suite().kernel().find_meter("unruly");
    const auto      before = meter.counters();
    shop.suite().report({}, "unruly.grades", {});      // two customers
    CHECK(meter.counters().calls == before.calls + 1);
    CHECK(meter.counters().rows == before.rows + 2);
}

TEST_CASE("a bad plugin: what it validates of another's records is left out once it has failed five times in a row") {
    WorkshopCompany shop(both);
    const auto      broken = shop.create(R"({"name":"Bea","unruly_remark":"throw"})", "workshop.customer");
    for (int i = 0; i < 5; ++i) CHECK_THROWS_AS(shop.send(broken), std::runtime_error);
    CHECK(is_closed(shop));
    CHECK(!shop.suite().kernel().find_meter("workshop")->is_closed());
    shop.send(broken);      // the workshop goes on without the plugin's opinion
    CHECK(shop.number("SELECT count(*) FROM workshop_customer WHERE name = 'Bea'") == 1);
}

TEST_CASE("a bad plugin: what it should have heard while it was closed waits, and is delivered when it is released") {
    WorkshopCompany shop(both);
    const auto      order = shop.insert(shop.order("later: throw"));
    shop.run([&](Transaction& tx) { tx.transition(order, "confirm"); });
    shop.suite().run_outbox();
    shop.suite().kernel().find_meter("unruly")->close("for a test");
    const auto second = shop.insert(shop.order(""));
    shop.run([&](Transaction& tx) { tx.transition(second, "confirm"); });
    const auto waiting = [&] { return shop.number("SELECT count(*) FROM jobs_delivery WHERE state = 'waiting' AND handler LIKE 'unruly:%'"); };
    shop.suite().run_outbox();
    CHECK(waiting() == 2);
    shop.suite().kernel().find_meter("unruly")->release();
    shop.run([&](Transaction& tx) {
        auto told = tx.load(order);
        told.note = "";
        tx.save(told);
        tx.execute("UPDATE jobs_delivery SET due_at = 0");
    });
    shop.suite().run_outbox();
    CHECK(waiting() == 0);
}

TEST_CASE("a bad plugin: its library is left out when a version, a contract or an SQLite does not fit, and the sentence says what to do") {
    CHECK(told_of("needs_newer") == "To load needs_newer, install the workshop that it needs (\"workshop 2.1\"): it is 1.9.3.");
    CHECK(told_of("no_version") == "To load no_version.so, give it a version like 1.0.0; \"latest\" is none.");
    CHECK(told_of("other_contract") ==
          "To load other_contract, rebuild it against this server's SDK: tessera/money.h has changed since it was built (tessera plugin check other_contract.so).");
    CHECK(told_of("brings_sqlite") ==
          "To load brings_sqlite.so, build it without SQLite and use the transaction it is given: two of them in one process break each other's locks.");
}

TEST_CASE("a bad plugin: where signatures are demanded, only what was signed and not touched since is loaded") {
    WorkshopCompany shop(both);
    const auto      keys = audit::fresh_key_pair();
    const auto      key  = (shop.folder() / "key.pub").string();
    std::ofstream(key) << keys.open;
    const auto modules = shop.folder() / "modules";
    fs::create_directory(modules);
    for (const auto* name : {"workshop", "unruly"}) fs::copy_file(WorkshopCompany::test_modules() + name + "/" + name + ".so", modules / (std::string(name) + ".so"));
    loader::sign(modules / "workshop.so", audit::SigningKey(keys.secret, "key"));

    auto options               = shop.options({});
    options.module_directories = {modules.string()};
    options.plugin_signers     = {key};
    shop.open_with(options);
    CHECK(told(shop, "workshop") == "");
    CHECK(told(shop, "unruly") == "To load unruly.so, have it signed by someone the operator trusts: there is no unruly.so.signature.");

    loader::sign(modules / "unruly.so", audit::SigningKey(keys.secret, "key"));
    shop.open_with(options);
    CHECK(told(shop, "unruly") == "");

    shop.close();
    fs::copy_file(modules / "unruly.so", modules / "touched");
    std::ofstream(modules / "touched", std::ios::app) << "x";
    fs::rename(modules / "touched", modules / "unruly.so");
    shop.open_with(options);
    CHECK(told(shop, "unruly") == "To load unruly.so, have it signed again: no key that the operator trusts has signed this file as it is.");
    CHECK(told(shop, "workshop") == "");
}

TEST_CASE("a bad plugin: one that is gone is named as an incident of the books, and its data are there when it returns") {
    WorkshopCompany shop(both);
    shop.insert(unruly::Thing{.name = "kept"});
    auto served       = shop.options({"workshop"});
    served.background = true;
    shop.open_with(served);
    CHECK(shop.number("SELECT count(*) FROM plugins_incident WHERE module = 'unruly' AND kind = 'not_loaded' AND state = 'open'") == 1);
    CHECK(shop.number("SELECT count(*) FROM unruly_thing") == 1);
    shop.open_with(served);      // said once
    CHECK(shop.number("SELECT count(*) FROM plugins_incident") == 1);
    served            = shop.options(both);
    served.background = true;
    shop.open_with(served);
    CHECK(shop.number("SELECT count(*) FROM plugins_incident WHERE state = 'open'") == 0);
    CHECK(shop.number("SELECT count(*) FROM unruly_thing WHERE name = 'kept'") == 1);
}
