// The audit trail as evidence: what was done to it behind the program's back is found, and what is erased leaves it whole.
#include "workshop_company.h"

#include "audit/anchors.h"
#include "audit/seal.h"
#include "database/engine.h"

#include <tessera/access.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

#include <algorithm>

using namespace tessera;
using namespace workshop;

namespace {

using Findings = std::vector<Finding>;

Findings chain_findings(WorkshopCompany& shop) {
    for (auto& verified : shop.suite().verify({}))
        if (verified.check == "kernel.audit_chain") return verified.findings;
    throw std::logic_error("no such check");
}

std::string told(const Findings& findings) {
    std::string text;
    for (const auto& one : findings) text += fmt::format("{}: expected {}, found {}\n", one.record, one.expected, one.found);
    return text;
}

bool is_named(const Findings& findings, const std::string& record) {
    return std::ranges::any_of(findings, [&](const auto& one) { return one.record.starts_with(record); });
}

// As somebody would who has the database in his hands: past every guard, and without leaving an entry.
void tamper(WorkshopCompany& shop, const std::vector<std::string>& statements) {
    shop.run(
        [&](Transaction& tx) {
            for (const char* table : {"kernel_audit", "kernel_audit_record", "kernel_audit_personal"}) tx.connection().unprotect(table);
            for (const auto& statement : statements) tx.execute(statement);
        },
        {.name = {}});
}

// The whole trail sealed anew, as it is now.
void seal_anew(WorkshopCompany& shop) {
    shop.run(
        [&](Transaction& tx) {
            tx.connection().unprotect("kernel_audit");
            auto previous = audit::before_the_first;
            for (auto& entry : tx.rows<audit::Entry>(fmt::format("SELECT {} FROM kernel_audit ORDER BY id", audit::entry_columns))) {
                previous = audit::seal_of(previous, entry).value();
                tx.execute("UPDATE kernel_audit SET hash = :hash WHERE id = :id", previous, entry.id);
            }
        },
        {.name = {}});
    shop.open({"workshop"});                                   // which remembers no other seals
}

std::vector<audit::Anchor> anchors(WorkshopCompany& shop) {
    std::vector<audit::Anchor> all;
    shop.read([&](const Snapshot& tx) { all = audit::anchors_of(tx, "Repair Shop", "1"); });
    return all;
}

Findings anchor_findings(WorkshopCompany& shop, const std::vector<audit::Anchor>& of, const audit::PublicKey* key = nullptr) {
    Findings findings;
    shop.read([&](const Snapshot& tx) { audit::check_anchors(tx, of, key, [&](Finding f) { findings.push_back(std::move(f)); }); });
    return findings;
}

Id<access::User> make_user(WorkshopCompany& shop, const std::string& name = "ada", const std::string& email = "ada@example.org") {
    return shop.insert(access::User{.name = name, .full_name = name == "ada" ? "Ada Lovelace" : "Grace Hopper", .email = email});
}

std::string everything_in(WorkshopCompany& shop, const std::string& table, const std::string& column) {
    std::string all;
    shop.read([&](const Snapshot& tx) { tx.each<std::string>(fmt::format("SELECT {} FROM {}", column, table), [&](const std::string& text) { all += text + "\n"; }); });
    return all;
}

boost::json::value audit_of(WorkshopCompany& shop, const AuditRequest& request) { return boost::json::parse(shop.suite().audit({}, request)); }

}  // namespace

TEST_CASE("evidence: whatever column of an entry is changed, the entry is named") {
    const std::pair<std::string, std::string> columns[] = {
        {"company", "company + 1"}, {"at", "at + 1"},    {"user_name", "'nobody'"}, {"command", "'test.other'"}, {"reason", "'ordered from above'"}, {"changes", "'[]'"},
        {"hash", "'00'"},           {"format", "1"},     {"format", "3"},           {"via", "'session 1'"},      {"request", "'00000000-1'"},
    };
    WorkshopCompany shop;
    shop.confirmed_order();
    REQUIRE(told(chain_findings(shop)) == "");
    for (const auto& [column, value] : columns) {
        CAPTURE(column);
        struct Kept { std::string text{}; };
        tamper(shop, {"CREATE TABLE kept AS SELECT * FROM kernel_audit", fmt::format("UPDATE kernel_audit SET {} = {} WHERE id = 3", column, value)});
        CHECK_MESSAGE(is_named(chain_findings(shop), "audit entry 3"), told(chain_findings(shop)));
        tamper(shop, {fmt::format("UPDATE kernel_audit SET {0} = (SELECT {0} FROM kept WHERE kept.id = 3) WHERE id = 3", column), "DROP TABLE kept"});
        REQUIRE(told(chain_findings(shop)) == "");
    }
}

TEST_CASE("evidence: an entry that was taken out, put in, moved or exchanged with another is named") {
    struct Row { std::vector<std::string> sql; std::string found; };
    const std::string columns = "company, at, user_name, command, reason, changes, hash, format, via, request";
    const Row         rows[]  = {
        {{"DELETE FROM kernel_audit WHERE id = 3"}, "audit entry 3"},
        {{"DELETE FROM kernel_audit WHERE id = 1"}, "audit entry 1"},
        {{"DELETE FROM kernel_audit WHERE id >= 3"}, "audit entry 4"},
        {{"UPDATE kernel_audit SET id = 900 WHERE id = 3"}, "audit entry 3"},
        {{"UPDATE kernel_audit SET id = 0 WHERE id = 2"}, "audit entry 0"},
        {{fmt::format("INSERT INTO kernel_audit (id, {0}) SELECT 5, {0} FROM kernel_audit WHERE id = 4", columns)}, "audit entry 5"},
        {{"UPDATE kernel_audit SET id = 900 WHERE id = 3", "UPDATE kernel_audit SET id = 3 WHERE id = 2", "UPDATE kernel_audit SET id = 2 WHERE id = 900"}, "audit entry 2"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.sql.front());
        WorkshopCompany shop;
        shop.confirmed_order();
        REQUIRE(shop.number("SELECT max(id) FROM kernel_audit") == 4);
        tamper(shop, row.sql);
        CHECK_MESSAGE(is_named(chain_findings(shop), row.found), told(chain_findings(shop)));
    }
}

TEST_CASE("evidence: what leads from records to their entries is proven too") {
    for (const auto* sql : {"DELETE FROM kernel_audit_record WHERE audit = 3", "UPDATE kernel_audit_record SET record = 77 WHERE audit = 3", "UPDATE kernel_audit_record SET entity = 'workshop.tool' WHERE audit = 3",
                            "INSERT INTO kernel_audit_record (entity, record, audit) VALUES ('workshop.tool', 1, 3)"}) {
        CAPTURE(sql);
        WorkshopCompany shop;
        shop.confirmed_order();
        tamper(shop, {sql});
        CHECK_MESSAGE(is_named(chain_findings(shop), "audit entry 3"), told(chain_findings(shop)));
    }
}

TEST_CASE("evidence: a personal value cannot be changed, exchanged or taken out unseen") {
    for (const auto* sql : {"UPDATE kernel_audit_personal SET value = '\"eve@example.org\"' WHERE path = '0.after.email'", "UPDATE kernel_audit_personal SET salt = '00' WHERE path = '0.after.email'",
                            "UPDATE kernel_audit_personal SET path = '0.before.email' WHERE path = '0.after.email'", "DELETE FROM kernel_audit_personal WHERE path = '0.after.email'",
                            "INSERT INTO kernel_audit_personal (audit, path, salt, value) SELECT audit, '0.after.name', salt, value FROM kernel_audit_personal WHERE path = '0.after.email'",
                            "UPDATE kernel_audit_personal SET audit = 1 WHERE path = '0.after.email'"}) {
        CAPTURE(sql);
        WorkshopCompany shop;
        make_user(shop);
        const auto entry = shop.number("SELECT max(id) FROM kernel_audit");
        REQUIRE(told(chain_findings(shop)) == "");
        tamper(shop, {sql});
        CHECK_MESSAGE(is_named(chain_findings(shop), fmt::format("audit entry {}", entry)), told(chain_findings(shop)));
    }
}

TEST_CASE("evidence: who seals the whole trail anew deceives the chain, but not an anchor") {
    WorkshopCompany shop;
    shop.confirmed_order();
    const auto before = anchors(shop);
    REQUIRE(before.size() >= 1);
    REQUIRE(told(anchor_findings(shop, before)) == "");
    tamper(shop, {"UPDATE kernel_audit SET user_name = 'nobody' WHERE id = 2"});
    seal_anew(shop);
    shop.confirmed_order();                                    // business goes on

    CHECK(told(chain_findings(shop)) == "");
    const auto found = anchor_findings(shop, before);
    REQUIRE(found.size() == 1);
    CHECK(found[0].record == fmt::format("audit entry {} of {}", before.back().last, before.back().day));
    CHECK(found[0].expected == "chain " + before.back().chain);
    CHECK(found[0].found.starts_with("chain "));
    CHECK(found[0].found != found[0].expected);
}

TEST_CASE("evidence: anchors hold while the trail goes on, and not when it was cut off behind them") {
    WorkshopCompany shop;
    const auto      early = anchors(shop);
    shop.confirmed_order();
    const auto late = anchors(shop);
    CHECK(told(anchor_findings(shop, early)) == "");
    CHECK(late.back().last > early.back().last);
    CHECK(late.back().first == early.back().first);            // the day as far as it had come
    tamper(shop, {fmt::format("DELETE FROM kernel_audit WHERE id > {}", early.back().last), fmt::format("DELETE FROM kernel_audit_record WHERE audit > {}", early.back().last)});
    CHECK(told(chain_findings(shop)) == "");
    CHECK(told(anchor_findings(shop, early)) == "");
    const auto found = anchor_findings(shop, late);
    REQUIRE(found.size() == 1);
    CHECK(found[0].found == "missing");
}

TEST_CASE("evidence: each day has its anchor, over its own entries") {
    WorkshopCompany shop;
    shop.confirmed_order();
    // As if the first two were of the day before.
    tamper(shop, {"UPDATE kernel_audit SET at = at - 86400000000 WHERE id <= 2"});
    seal_anew(shop);
    const auto days = anchors(shop);
    REQUIRE(days.size() == 2);
    CHECK(days[0].first == 1);
    CHECK(days[0].last == 2);
    CHECK(days[1].first == 3);
    CHECK(days[1].day == days[0].day.plus_days(1));
    CHECK(told(anchor_findings(shop, days)) == "");
    auto wrong    = days;
    wrong[0].root = std::string(64, '0');
    CHECK(anchor_findings(shop, wrong).front().found == "root " + days[0].root);
    wrong     = days;
    wrong[0].day = wrong[0].day.plus_days(1);
    CHECK(anchor_findings(shop, wrong).front().expected == "entries of this day");
}

TEST_CASE("evidence: an anchor that is not signed by the key is named") {
    WorkshopCompany         shop;
    auto                    all  = anchors(shop);
    const auto              pair = audit::fresh_key_pair();
    const audit::PublicKey  open(pair.open, "key.pub");
    const audit::SigningKey key(pair.secret, "key");
    CHECK(anchor_findings(shop, all, &open).front().found == "none");
    for (auto& one : all) one.signature = key.sign(audit::text_of(one));
    CHECK(told(anchor_findings(shop, all, &open)) == "");
    all.front().company = "Another Shop";
    CHECK(anchor_findings(shop, all, &open).front().found == "another");
}

TEST_CASE("evidence: entries of the versions before are still proven") {
    WorkshopCompany shop;
    shop.confirmed_order();
    tamper(shop, {"UPDATE kernel_audit SET format = 1, via = NULL, request = NULL WHERE id <= 2"});
    seal_anew(shop);
    CHECK(told(chain_findings(shop)) == "");
    tamper(shop, {"UPDATE kernel_audit SET request = 'made-up' WHERE id = 2"});
    CHECK(chain_findings(shop).front().record == "audit entry 2");
}

TEST_CASE("evidence: an entry says what proved who it was, and which request it came with") {
    WorkshopCompany shop;
    auto            options = shop.options({"workshop"});
    options.via             = "command line";
    shop.open_with(options);
    const auto id = shop.insert(shop.order());
    shop.run([&](Transaction& tx) { tx.transition(id, "confirm"); }, {.name = "workshop.order.confirm", .actor = {.name = "grace", .via = "token 7", .request = "3f2a91c4-17"}});
    const auto entries = boost::json::parse(shop.suite().history({}, "workshop.order", id.value)).at("entries").as_array();
    CHECK(entries[0].at("via").as_string() == "token 7");
    CHECK(entries[0].at("request").as_string() == "3f2a91c4-17");
    CHECK(entries[1].at("via").as_string() == "command line");
    CHECK(entries[1].at("request").as_string() == "");
    CHECK(told(chain_findings(shop)) == "");
}

TEST_CASE("evidence: personal values are not in what is sealed, and are shown all the same") {
    WorkshopCompany shop;
    const auto      user = make_user(shop);
    CHECK(everything_in(shop, "kernel_audit", "changes").find("Lovelace") == std::string::npos);
    const auto entries = boost::json::parse(shop.suite().history({}, "access.user", user.value)).at("entries").as_array();
    const auto text    = boost::json::serialize(entries);
    CHECK(text.find(R"({"field":"email","before":null,"after":"ada@example.org"})") != std::string::npos);
    CHECK(text.find("digest") == std::string::npos);
}

TEST_CASE("erasure: nothing personal of the record is left anywhere, the chain is whole, and what is kept is told") {
    WorkshopCompany shop;
    const auto      user = make_user(shop);
    shop.run([&](Transaction& tx) {
        auto changed  = tx.load(user);
        changed.email = "countess@example.org";
        tx.save(changed);
    });
    shop.insert(access::Session{.holder = user, .started_at = Instant::now(), .address = "192.0.2.7", .agent = "Firefox on Linux"});
    const auto other  = make_user(shop, "grace", "grace@example.org");
    const auto before = anchors(shop);
    auto       again  = shop.change(user.value, R"({"full_name":"Augusta Ada King"})", "access.user");
    again.info        = {.idempotency_key = "once", .request_digest = "x"};
    shop.send(again);
    CHECK(everything_in(shop, "kernel_request", "answer").find("Augusta") != std::string::npos);

    const auto report = boost::json::parse(shop.suite().erase({.reason = "asked by letter"}, "access.user", user.value));
    CHECK(boost::json::serialize(report.at("erased")) ==
          fmt::format(R"([{{"entity":"access.user","record":{},"fields":["full_name","email"]}},{{"entity":"access.session","record":1,"fields":["address","agent"]}}])", user.value));
    CHECK(report.at("values").as_int64() == 8);
    CHECK(boost::json::serialize(report.at("kept")).find("the name to sign in with") != std::string::npos);

    CHECK(shop.load(user).email == "");
    CHECK(shop.load(user).full_name == "");
    CHECK(shop.load(user).name == "ada");
    CHECK(shop.load(other).email == "grace@example.org");
    for (const auto& [table, column] : {std::pair("kernel_audit", "changes"), std::pair("kernel_audit_personal", "value"), std::pair("kernel_request", "answer"), std::pair("access_session", "address"),
                                        std::pair("access_session", "agent")}) {
        const auto all = everything_in(shop, table, column);
        for (const auto* word : {"Lovelace", "ada@", "countess", "Augusta", "192.0.2.7", "Firefox"}) CHECK_MESSAGE(all.find(word) == std::string::npos, std::string(table), " has ", std::string(word));
    }
    CHECK(told(chain_findings(shop)) == "");
    CHECK(told(anchor_findings(shop, before)) == "");
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);

    const auto text = shop.suite().history({}, "access.user", user.value);
    CHECK(text.find(R"x("after":"(erased)")x") != std::string::npos);
    CHECK(text.find("asked by letter") != std::string::npos);
    CHECK(shop.suite().history({}, "access.user", other.value).find("grace@example.org") != std::string::npos);
}

TEST_CASE("erasure: what is written into the record later is kept again, and proven") {
    WorkshopCompany shop;
    const auto      user = make_user(shop);
    shop.suite().erase({.reason = "asked"}, "access.user", user.value);
    shop.send(shop.change(user.value, R"({"email":"new@example.org"})", "access.user"));
    CHECK(told(chain_findings(shop)) == "");
    tamper(shop, {"DELETE FROM kernel_audit_personal WHERE value = '\"new@example.org\"'"});
    CHECK(is_named(chain_findings(shop), "audit entry"));
    CHECK(shop.suite().erase({.reason = "asked again"}, "access.user", user.value).find(R"("values":0)") != std::string::npos);
    CHECK(told(chain_findings(shop)) == "");
}

TEST_CASE("erasure: values that a version before has sealed stay, and are told") {
    WorkshopCompany shop;
    const auto      user  = make_user(shop);
    const auto      entry = shop.number("SELECT max(id) FROM kernel_audit");
    tamper(shop, {fmt::format(R"(UPDATE kernel_audit SET format = 1, changes = '[{{"entity":"access.user","id":{},"did":"insert","after":{{"name":"ada","email":"ada@example.org"}}}}]' WHERE id = {})",
                              user.value, entry),
                  fmt::format("DELETE FROM kernel_audit_personal WHERE audit = {}", entry)});
    seal_anew(shop);
    REQUIRE(told(chain_findings(shop)) == "");
    CHECK(shop.suite().erase({.reason = "asked"}, "access.user", user.value).find(fmt::format("values within audit entries {}", entry)) != std::string::npos);
    CHECK(told(chain_findings(shop)) == "");
}

TEST_CASE("erasure: it needs its permission, a reason, and a record with something personal") {
    WorkshopCompany shop;
    const auto      user  = make_user(shop);
    const auto      order = shop.insert(shop.order());
    const auto      erase = [&](const CommandInfo& info, const char* entity, std::int64_t id) { return refusal_of([&] { shop.suite().erase(info, entity, id); }); };
    CHECK(erase({.actor = {.name = "clerk", .permissions = Permissions::of({"access.administer", "*.read"})}, .reason = "asked"}, "access.user", user.value).starts_with("kernel.not_permitted: "));
    CHECK(erase({}, "access.user", user.value).starts_with("kernel.required: "));
    CHECK(erase({.reason = "asked"}, "access.user", 4711).starts_with("kernel.not_found: "));
    CHECK(erase({.reason = "asked"}, "workshop.order", order.value) ==
          "kernel.nothing_personal: To erase what is kept about a person, choose a record with personal fields: work orders have none.");
    CHECK(shop.load(user).email == "ada@example.org");
}

TEST_CASE("audit search: by whom, what, when and with which words, page by page") {
    WorkshopCompany shop;
    const auto      order = shop.insert(shop.order("Squeaks"));
    shop.run([&](Transaction& tx) {
        tx.because("a discount of 5%");
        tx.transition(order, "confirm");
    }, {.name = "workshop.order.confirm", .actor = {.name = "grace"}});
    make_user(shop);
    const auto total = shop.number("SELECT count(*) FROM kernel_audit");
    const auto found = [&](const AuditRequest& request) { return audit_of(shop, request).at("total").as_int64(); };

    CHECK(found({}) == total);
    CHECK(found({.by = "grace"}) == 1);
    CHECK(found({.by = "nobody"}) == 0);
    CHECK(found({.entity = "workshop.order"}) == 2);
    CHECK(found({.entity = "workshop.order", .record = order.value}) == 2);
    CHECK(found({.entity = "workshop.order", .record = 4711}) == 0);
    CHECK(found({.command = "workshop.order.confirm"}) == 1);
    CHECK(found({.command = "confirm"}) == 1);
    CHECK(found({.command = "firm"}) == 0);
    CHECK(found({.text = "5%"}) == 1);
    CHECK(found({.text = "squeaks"}) == 1);
    CHECK(found({.text = "ADA@example"}) == 1);                 // a personal value
    CHECK(found({.from = Date::today().plus_days(2).str()}) == 0);
    CHECK(found({.from = Date::today().plus_days(-1).str(), .until = Date::today().plus_days(1).str()}) == total);
    CHECK(found({.by = "grace", .entity = "workshop.order", .text = "discount"}) == 1);

    const auto row = audit_of(shop, {.by = "grace"}).at("rows").at(0);
    CHECK(row.at("entity").as_string() == "workshop.order");
    CHECK(row.at("record").as_int64() == order.value);
    CHECK(row.at("label").as_string() == shop.load(order).number);
    CHECK(row.at("reason").as_string() == "a discount of 5%");
    CHECK(boost::json::serialize(row.at("changes")).find(R"({"field":"state","before":"draft","after":"confirmed"})") != std::string::npos);

    std::vector<std::int64_t> ids;
    for (std::int64_t before = 0;;) {
        const auto page = audit_of(shop, {.limit = 2, .before = before});
        CHECK(page.at("total").as_int64() == total);
        if (page.at("rows").as_array().empty()) break;
        for (const auto& one : page.at("rows").as_array()) ids.push_back(one.at("id").as_int64());
        before = ids.back();
    }
    CHECK(std::ssize(ids) == total);
    CHECK(std::ranges::is_sorted(ids, std::ranges::greater{}));
}

TEST_CASE("audit search: it needs access.administer, sees everything or nothing, and refuses what it does not know") {
    WorkshopCompany shop;
    const auto      refused = [&](const Actor& actor, const AuditRequest& request) { return refusal_of([&] { shop.suite().audit(actor, request); }); };
    CHECK(refused({.name = "clerk", .permissions = Permissions::of({"*.read"})}, {}).starts_with("kernel.not_permitted: "));
    CHECK(refused({.name = "boss", .permissions = Permissions::of({"access.administer"})}, {}) == "");
    CHECK(refused({}, {.entity = "workshop.nothing"}).starts_with("kernel.malformed_query: To set entity, "));
    CHECK(refused({}, {.record = 7}).starts_with("kernel.malformed_query: To set record, "));
    CHECK(refused({}, {.from = "yesterday"}).starts_with("kernel.malformed_query: To set from, "));
}
