#include "migrations/schema.h"

#include "database/scratch_database.h"

#include <doctest/doctest.h>

using namespace tessera;

namespace {

struct Page {
    Id<Page>    id{};
    std::string title{};
    std::string text{};
};

void declare(Kernel& kernel, bool with_text, std::string version = "1.0.0") {
    kernel.begin_module({.name = "book", .version = std::move(version)});
    auto page = kernel.entity<Page>("book.page", "Page").field("title", &Page::title, unique);
    if (with_text) page.field("text", &Page::text, indexed);
    kernel.schema("CREATE VIEW IF NOT EXISTS book_titles AS SELECT title FROM book_page");
    kernel.commit_module();
    kernel.finish();
}

}  // namespace

TEST_CASE("migrations: what is up to date needs nothing; a dry run says what would be done and does nothing") {
    database::ScratchDatabase scratch;
    const auto                connection = scratch.engine->connect(database::Access::write);
    Kernel                    first;
    declare(first, false);
    const auto planned = migrations::bring_up_to_date(*connection, first, false);
    CHECK_FALSE(planned.empty());
    CHECK_FALSE(connection->has_table("book_page"));
    CHECK(migrations::bring_up_to_date(*connection, first) == planned);
    CHECK(connection->has_table("book_page"));
    CHECK(migrations::bring_up_to_date(*connection, first).empty());

    Kernel second;
    declare(second, true);
    CHECK(migrations::fingerprint(second) != migrations::fingerprint(first));
    connection->execute("INSERT INTO book_page (id, version, title) VALUES (1, 1, 'One')");
    CHECK_FALSE(migrations::bring_up_to_date(*connection, second).empty());
    CHECK(database::number(*connection, "SELECT count(*) FROM book_page WHERE text IS NULL") == 1);
}

TEST_CASE("migrations: versions are compared as numbers, part by part") {
    const std::tuple<std::string, std::string, bool> cases[] = {
        // written by, opened with, refused
        {"1.9.3", "1.10.0", false}, {"1.10.0", "1.9.3", true}, {"1.0", "1.0.0", false}, {"1.0.1", "1.0", true}, {"2", "10", false}, {"10", "2", true}, {"1.0.0", "1.0.0", false},
    };
    for (const auto& [written, opened, refused] : cases) {
        CAPTURE(written);
        CAPTURE(opened);
        database::ScratchDatabase scratch;
        const auto                connection = scratch.engine->connect(database::Access::write);
        Kernel                    first, second;
        declare(first, false, written);
        declare(second, false, opened);
        migrations::bring_up_to_date(*connection, first);
        const auto told = database::refusal_of([&] { migrations::bring_up_to_date(*connection, second); });
        CHECK(told.starts_with("kernel.newer_schema") == refused);
    }
}

TEST_CASE("migrations: a reader demands books, and up to date") {
    database::ScratchDatabase scratch;
    const auto                connection = scratch.engine->connect(database::Access::write);
    Kernel                    first, second;
    declare(first, false);
    declare(second, true);
    CHECK(database::refusal_of([&] { migrations::require_up_to_date(*connection, first, "here"); }).starts_with("kernel.no_books"));
    migrations::bring_up_to_date(*connection, first);
    CHECK(database::refusal_of([&] { migrations::require_up_to_date(*connection, first, "here"); }) == "");
    CHECK(database::refusal_of([&] { migrations::require_up_to_date(*connection, second, "here"); }) ==
          "kernel.schema_outdated: To open here, run tessera migrate --database here first: its schema is not the one that the modules here need.");
}
