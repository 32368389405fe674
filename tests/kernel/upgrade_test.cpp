// An older schema is brought up to date as a whole or not at all, and only when the reports read the same afterwards.
#include "workshop_company.h"

#include "database/engine.h"
#include "loader/loader.h"
#include "migrations/schema.h"
#include "migrations/upgrade.h"

#include <doctest/doctest.h>

#include <fmt/ranges.h>

using namespace tessera;

namespace {

std::unique_ptr<Kernel> kernel_with(const std::string& module) {
    auto kernel = std::make_unique<Kernel>();
    loader::load(*kernel, {.directories = {WorkshopCompany::test_modules() + module}});
    return kernel;
}

struct TitleRow {
    std::string title{};
};

enum class Titles { plain, with_page, loud };

// A report on a view; what the view says is up to the version.
void declare(Kernel& kernel, Titles titles) {
    kernel.begin_module({.name = "book", .version = titles == Titles::plain ? "1.0.0" : "2.0.0"});
    kernel.schema("CREATE TABLE IF NOT EXISTS book_title (title TEXT PRIMARY KEY)");
    if (titles != Titles::plain) kernel.schema("CREATE TABLE IF NOT EXISTS book_page (page BIGINT PRIMARY KEY)");
    if (titles == Titles::loud) kernel.schema("INSERT INTO book_title (title) SELECT upper(title) FROM book_title");
    kernel.report<TitleRow>("book.titles", "Titles").column("title", &TitleRow::title).query("SELECT title FROM book_title ORDER BY title");
    if (titles != Titles::plain) kernel.report<TitleRow>("book.pages", "Pages").column("title", &TitleRow::title).query("SELECT CAST(page AS TEXT) FROM book_page ORDER BY page");
    kernel.commit_module();
    kernel.finish();
}

struct Bookshop {
    WorkshopCompany   shop{};
    testing::Database place{shop.folder(), "books"};
    SuiteOptions      options{.database = place.location()};
    Kernel            plain{};

    Bookshop() {
        declare(plain, Titles::plain);
        const auto writer = database::open(place.location(), database::Create::yes)->connect(database::Access::write);
        writer->begin();
        migrations::bring_up_to_date(*writer, plain);
        writer->prepare("INSERT INTO book_title (title) VALUES ('wheel')").step();
        writer->commit();
    }
    bool has_table(std::string_view table) const { return database::open(place.location())->connect(database::Access::read)->has_table(table); }
    bool is_up_to_date(const Kernel& kernel) const { return migrations::is_up_to_date(*database::open(place.location())->connect(database::Access::read), kernel); }
};

}  // namespace

TEST_CASE("upgrade: a newer module's fields are there afterwards, what was there is the same, and again there is nothing to do") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order("from before"));
    shop.close();
    const auto kernel   = kernel_with("workshop_extended");
    const auto options  = shop.options({"workshop_extended"});
    int        asked    = 0;
    const auto upgraded = migrations::upgrade(options, *kernel, {.reports = {"workshop.orders"}, .before = [&] { ++asked; }});
    CHECK(asked == 1);
    CHECK(!upgraded.statements.empty());
    CHECK(upgraded.alike == 1);
    CHECK(upgraded.different.empty());
    const auto again = migrations::upgrade(options, *kernel, {.before = [&] { ++asked; }});
    CHECK(asked == 1);
    CHECK(again.statements.empty());
    auto as_it_is    = options;
    as_it_is.migrate = false;
    shop.open_with(as_it_is);
    RecordAnswer answer;
    REQUIRE(shop.suite().get({}, "workshop.order", id.value, answer));
    CHECK(boost::json::parse(answer.json).as_object().at("note").as_string() == "from before");
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);
}

TEST_CASE("upgrade: when a report reads otherwise afterwards, nothing is changed, and it is named") {
    const Bookshop books;
    Kernel         loud;
    declare(loud, Titles::loud);
    const auto refused = refusal_of([&] { migrations::upgrade(books.options, loud, {}); });
    CHECK_MESSAGE(refused.starts_with("kernel.reports_differ: To migrate "), refused);
    CHECK_MESSAGE(refused.ends_with(": book.titles; nothing was changed."), refused);
    CHECK(!books.has_table("book_page"));
    CHECK(books.is_up_to_date(books.plain));
    // What is meant to read otherwise is left out by naming the others.
    const auto upgraded = migrations::upgrade(books.options, loud, {.reports = {"book.pages"}});
    CHECK(upgraded.not_comparable == std::vector<std::string>{"book.pages"});
    CHECK(books.is_up_to_date(loud));
}

TEST_CASE("upgrade: a report that needs what is not there before is named, and the others are compared") {
    const Bookshop books;
    Kernel         newer;
    declare(newer, Titles::with_page);
    const auto upgraded = migrations::upgrade(books.options, newer, {});
    CHECK(upgraded.alike == 1);
    CHECK(upgraded.not_comparable == std::vector<std::string>{"book.pages"});
    CHECK(books.has_table("book_page"));
    CHECK(refusal_of([&] { migrations::upgrade(books.options, books.plain, {}); }).starts_with("kernel.newer_schema: "));
}

TEST_CASE("upgrade: what fails before it, such as the backup, leaves the books as they were") {
    const Bookshop books;
    Kernel         newer;
    declare(newer, Titles::with_page);
    CHECK(refusal_of([&] { migrations::upgrade(books.options, newer, {.before = [] { throw Refused("kernel.storage_full", "To save changes, free space."); }}); }) ==
          "kernel.storage_full: To save changes, free space.");
    CHECK(refusal_of([&] { migrations::upgrade(books.options, newer, {.reports = {"book.nothing"}}); }).starts_with("kernel.no_report: "));
    CHECK(books.is_up_to_date(books.plain));
}
