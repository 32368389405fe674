#include "workshop_company.h"

#include <tessera/testing/company.h>

#include <doctest/doctest.h>

using namespace tessera;
using namespace workshop;

namespace {

std::vector<Finding> findings(WorkshopCompany& shop, std::string_view check) {
    for (auto& verified : shop.suite().verify({}))
        if (verified.check == check) return verified.findings;
    throw std::logic_error("no such check");
}

// Damage that only somebody with the file in his hands can do: the database's own triggers are dropped first.
void tamper(WorkshopCompany& shop, std::string sql) {
    shop.run([&](Transaction& tx) {
        tessera::testing::damage(tx, sql);
    });
}

boost::json::array history(WorkshopCompany& shop, std::int64_t id) {
    return boost::json::parse(shop.suite().history({}, "workshop.order", id)).as_object().at("entries").as_array();
}

std::string changes(const boost::json::value& entry) {
    std::string text;
    for (const auto& change : entry.at("changes").as_array()) {
        const auto shown = [&](const char* key) {
            const auto& side = change.at(key);
            if (side.is_object()) return std::string(side.at("label").as_string());         // a reference, by its label
            return side.is_null() ? std::string("-") : std::string(side.as_string());
        };
        text += fmt::format("{} {}>{}; ", std::string(change.at("field").as_string()), shown("before"), shown("after"));
    }
    return text;
}

}  // namespace

TEST_CASE("audit: every command leaves an entry that says who, what, why; a refused one leaves none") {
    WorkshopCompany shop;
    const auto      before = shop.number("SELECT count(*) FROM kernel_audit");
    const auto      id     = shop.insert(shop.order());
    shop.run([&](Transaction& tx) {
        tx.because("the customer called");
        tx.transition(id, "confirm");
    }, {.name = "workshop.by_phone", .actor = {.name = "grace"}});
    shop.refusal([&](Transaction& tx) { tx.transition(id, "confirm"); });
    CHECK(shop.number("SELECT count(*) FROM kernel_audit") == before + 2);

    const auto entries = history(shop, id.value);
    REQUIRE(entries.size() == 2);                              // newest first
    CHECK(entries[0].at("user").as_string() == "grace");
    CHECK(entries[0].at("command").as_string() == "workshop.by_phone");
    CHECK(entries[0].at("reason").as_string() == "the customer called");
    CHECK(changes(entries[0]) == fmt::format("number ->WO-{}-00001; state draft>confirmed; ", Date::today().year()));
    CHECK(changes(entries[1]).find("line ") != std::string::npos);
    CHECK(changes(entries[1]).find("customer ->Ada; ") != std::string::npos);
    CHECK(findings(shop, "kernel.audit_chain").empty());
}

TEST_CASE("audit: a document's history shows its lines, also when only they changed, and no other document's") {
    WorkshopCompany shop;
    const auto      one = shop.insert(shop.order()), two = shop.insert(shop.order());
    const auto      line = shop.load(one).lines[0].id;
    shop.run([&](Transaction& tx) {
        auto a             = tx.load(one);
        a.lines[0].article = "roller";
        tx.save(a);
        auto b = tx.load(two);
        b.lines.clear();
        tx.save(b);
    });
    auto entries = history(shop, one.value);
    REQUIRE(entries.size() == 2);
    CHECK(changes(entries[0]) == fmt::format("line {}: article bearing>roller; ", line));
    entries = history(shop, two.value);
    REQUIRE(entries.size() == 2);
    CHECK(changes(entries[0]).find("article bearing>-") != std::string::npos);
    CHECK(changes(entries[0]).find("roller") == std::string::npos);
    CHECK(changes(entries[0]).find("total 20.00>0.00") != std::string::npos);

    shop.run([&](Transaction& tx) {
        auto l     = tx.load(line);
        l.quantity = Quantity::of(3);
        tx.save(l);                                            // a line by itself
    });
    CHECK(changes(history(shop, one.value)[0]) == fmt::format("line {}: quantity 2>3; ", line));
    shop.run([&](Transaction& tx) { tx.remove(two); });
    CHECK(changes(history(shop, two.value)[0]).find("note") == std::string::npos);
    CHECK(changes(history(shop, two.value)[0]).find("state draft>-") != std::string::npos);
}

TEST_CASE("audit: an entry that was changed, taken out or cut off is found") {
    const std::pair<std::string, std::string> damages[] = {
        {"UPDATE kernel_audit SET user_name = 'nobody' WHERE id = 3", "audit entry 3"},
        {"UPDATE kernel_audit SET changes = '[]' WHERE id = 2", "audit entry 2"},
        {"UPDATE kernel_audit SET reason = 'ordered from above' WHERE id = 3", "audit entry 3"},
        {"UPDATE kernel_audit SET company = 2 WHERE id = 3", "audit entry 3"},
        {"UPDATE kernel_audit SET at = at + 1 WHERE id = 3", "audit entry 3"},
        {"DELETE FROM kernel_audit WHERE id = 3", "audit entry 3"},
        {"DELETE FROM kernel_audit WHERE id = 1", "audit entry 1"},
    };
    for (const auto& [damage, found] : damages) {
        WorkshopCompany shop;
        shop.confirmed_order();
        CHECK(findings(shop, "kernel.audit_chain").empty());
        tamper(shop, damage);
        CAPTURE(damage);
        REQUIRE_FALSE(findings(shop, "kernel.audit_chain").empty());
        CHECK(findings(shop, "kernel.audit_chain").front().record == found);
    }
}

TEST_CASE("audit: the last entries cannot be cut off unnoticed") {
    WorkshopCompany shop;
    shop.confirmed_order();
    // In one command, whose own entry would hide that something was there.
    shop.run([&](Transaction& tx) {
        tessera::testing::damage(tx, "DELETE FROM kernel_audit WHERE id > 2");
    });
    const auto found = findings(shop, "kernel.audit_chain");
    REQUIRE_FALSE(found.empty());
    CHECK(std::ranges::any_of(found, [](const auto& one) { return one.found == "missing"; }));
}

TEST_CASE("audit: verify runs the checks of the modules on one snapshot, and the database's own") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order());
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);
    shop.run([&](Transaction& tx) { tx.execute("UPDATE workshop_order SET total = 1 WHERE id = :id", id); });
    const auto found = findings(shop, "workshop.totals");
    REQUIRE(found.size() == 1);
    CHECK(found[0].record == fmt::format("order {}", id));
    CHECK(found[0].expected == "2000");
    CHECK(found[0].found == "1");
    CHECK(findings(shop, "kernel.storage").empty());
}

TEST_CASE("audit: rows of a ledger that only grows are not written down twice") {
    WorkshopCompany shop;
    const auto      order = shop.insert(shop.order());
    shop.insert(Booking{.order_booked = order, .hours = Quantity::of(1), .recorded_at = Instant::now()});
    CHECK(shop.number("SELECT count(*) FROM kernel_audit WHERE changes LIKE '%workshop.booking%'") == 0);
    CHECK(shop.number("SELECT count(*) FROM kernel_audit WHERE changes LIKE '%workshop.order\"%'") == 1);
}
