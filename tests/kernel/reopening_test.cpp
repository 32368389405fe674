#include "workshop_company.h"

#include "database/engine.h"

#include <doctest/doctest.h>

using namespace tessera;
using namespace workshop;

namespace {

void set_setting(WorkshopCompany& shop, std::string_view name, std::string_view value) {
    shop.run([&](Transaction& tx) {
        tx.execute("INSERT INTO kernel_setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);
    });
}

std::string opening(const SuiteOptions& options) {
    return refusal_of([&] { Suite::open(options); });
}

}  // namespace

TEST_CASE("reopening: what was written is there, with the books and the company as they were made") {
    WorkshopCompany shop;
    const auto      id = shop.confirmed_order();
    shop.open({"workshop"});
    CHECK(shop.load(id).state == State::confirmed);
    CHECK(shop.suite().company_name() == "Repair Shop");
    CHECK(shop.suite().books().currency.code() == "USD");
    CHECK(shop.suite().books().currency.decimals() == 2);
    CHECK(refusal_of([&] { shop.suite().init({.company_name = "Another"}); }).starts_with("kernel.not_empty"));
}

TEST_CASE("reopening: a newer module's fields are added to the rows that are there, with their fresh values") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order("from before"));
    shop.open({"workshop_extended"});
    RecordAnswer answer;
    REQUIRE(shop.suite().get({}, "workshop.order", id.value, answer));
    const auto order = boost::json::parse(answer.json).as_object();
    CHECK(order.at("note").as_string() == "from before");
    CHECK(order.at("colour").is_null());
    CHECK(order.at("collected_on").is_null());
    CHECK(order.at("deposit").as_string() == "0.00");
    CHECK(order.at("visits").as_int64() == 0);
    CHECK(order.at("lines").as_array().size() == 1);
    shop.send(shop.change(id.value, R"({"colour":"red","deposit":"5.00"})"));
    shop.open({"workshop_extended"});
    shop.suite().get({}, "workshop.order", id.value, answer);
    CHECK(boost::json::parse(answer.json).as_object().at("colour").as_string() == "red");
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);
}

TEST_CASE("reopening: books that a newer module or a newer Tessera has written are refused, and left alone") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order());
    shop.open({"workshop_extended"});
    shop.suite().stop();
    CHECK(refusal_of([&] { shop.open({"workshop"}); }) ==
          "kernel.newer_schema: To open this database, use workshop 1.10.0 or newer: it was written by it, and this is 1.9.3.");
    auto reader      = shop.options({"workshop"});
    reader.read_only = true;
    CHECK(opening(reader).starts_with("kernel.newer_schema"));

    shop.open({"workshop_extended"});
    RecordAnswer answer;
    CHECK(shop.suite().get({}, "workshop.order", id.value, answer));
    set_setting(shop, "schema_number", "999");
    shop.suite().stop();
    CHECK(refusal_of([&] { shop.open({"workshop_extended"}); }).starts_with("kernel.newer_schema: To open this database, use a newer Tessera: it has schema 999"));
}

TEST_CASE("reopening: books with an older schema are neither read nor written until they are migrated") {
    WorkshopCompany shop;
    shop.insert(shop.order());
    auto reader      = shop.options({"workshop_extended"});
    reader.read_only = true;
    const auto told = fmt::format("kernel.schema_outdated: To open {0}, run tessera migrate --database {0} first: its schema is not the one that the modules here need.",
                                  database::shown(reader.database));
    CHECK(opening(reader) == told);
    auto writer    = shop.options({"workshop_extended"});
    writer.migrate = false;
    shop.suite().stop();
    shop.close();
    CHECK(opening(writer) == told);
    shop.open({"workshop"});
    reader = shop.options({"workshop"});
    reader.read_only = true;
    {
        const auto suite = Suite::open(reader);                     // beside the writer
        CHECK(suite->report({}, "workshop.orders", {}).rows.size() == 1);
        CHECK(refusal_of([&] { suite->write({.name = "test"}, [](Transaction&) {}); }) == "kernel.read_only: To change records, open the database for writing.");
        CHECK(refusal_of([&] { suite->run(shop.create("{}")); }).starts_with("kernel.read_only"));
        shop.insert(shop.order());
        CHECK(suite->report({}, "workshop.orders", {}).rows.size() == 2);
    }
}

TEST_CASE("reopening: a reader makes no file where there is none" * doctest::test_suite("database file")) {
    WorkshopCompany shop;
    auto            reader = shop.options({"workshop"});
    reader.database        = (shop.folder() / "nothing.tessera").string();
    reader.read_only       = true;
    reader.create          = false;
    CHECK(opening(reader).starts_with("kernel.no_database"));
    CHECK(!std::filesystem::exists(reader.database));
}

TEST_CASE("reopening: a second writer is refused while the first has the books" * doctest::test_suite("database file")) {
    WorkshopCompany shop;
    CHECK(opening(shop.options({"workshop"})).starts_with("kernel.database_in_use"));
}

TEST_CASE("reopening: a module that is gone leaves its tables as they are, until it comes back") {
    WorkshopCompany shop;
    const auto      id = shop.confirmed_order();
    shop.open({});
    CHECK_FALSE(shop.suite().kernel().find_entity("workshop.order"));
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 1);
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);
    shop.open({"workshop"});
    CHECK(shop.load(id).state == State::confirmed);
}

TEST_CASE("reopening: a module that cannot load does not make a reader ask for a migration") {
    WorkshopCompany shop;
    auto            reader = shop.options({"workshop", "throws_number"});
    reader.read_only       = true;
    CHECK(opening(reader) == "");
}

TEST_CASE("reopening: seeds run once, with the company, and a name is demanded") {
    WorkshopCompany shop;
    CHECK(shop.number("SELECT count(*) FROM workshop_customer WHERE name = 'Repair Shop'") == 1);
    const testing::Database second(shop.folder(), "second");
    auto                    options = shop.options({"workshop"});
    options.database                = second.location();
    const auto suite                = Suite::open(options);
    CHECK(refusal_of([&] { suite->init({.company_name = "  "}); }).starts_with("kernel.required"));
    CHECK(refusal_of([&] { suite->init({.company_name = "X", .currency = "dollars"}); }) != "");
    suite->init({.company_name = "Second", .currency = "JPY"});
    CHECK(suite->books().currency.decimals() == 0);
}
