#include "workshop_company.h"

#include "database/engine.h"
#include "migrations/copy.h"
#include "migrations/schema.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <limits>

using namespace tessera;
using namespace workshop;

namespace {

// A shop with finished, confirmed and deleted orders, and a place for its copy.
struct CopiedShop {
    WorkshopCompany   shop{};
    testing::Database place{shop.folder(), "copy"};

    CopiedShop() {
        shop.run([&](Transaction& tx) {
            tx.insert(Printer{.name = "label printer"});
            tx.insert(Tool{.code = "SAW", .description = "Säge", .count = -1, .lent = true, .weight = Quantity::parse("1.25")});
        });
        const auto finished = shop.confirmed_order();
        shop.send(shop.move(finished.value, "finish", R"({"remark":"Ölwechsel","hours":"1.5"})"));
        shop.send(shop.remove(shop.insert(shop.order("deleted")).value));
        shop.confirmed_order();
        shop.suite().run_outbox();
        shop.confirmed_order();
    }

    std::string from() const { return shop.options({}).database; }
    std::string to() const { return place.location(); }
    auto        copied() { return migrations::copy(from(), to(), shop.suite().kernel()); }

    // The shop goes on in the copy.
    void move() {
        auto options     = shop.options({"workshop"});
        options.database = to();
        shop.open_with(options);
    }
    void change_copy(std::string_view statement) const {
        const auto writer = database::open(to())->connect(database::Access::write);
        writer->begin();
        writer->prepare(statement).step();
        writer->commit();
    }
};

const migrations::CopiedTable& named(const std::vector<migrations::CopiedTable>& tables, std::string_view name) {
    return *std::ranges::find(tables, name, &migrations::CopiedTable::name);
}

// Tables of a module's own, one of them without a key; without the module it is as if that were gone.
enum class Shelf { with_books, gone };
void declare(Kernel& kernel, Shelf shelf) {
    kernel.begin_module({.name = "desk", .version = "1.0.0"});
    kernel.entity<Printer>("desk.printer", "Printer").field("name", &Printer::name);
    kernel.commit_module();
    if (shelf == Shelf::with_books) {
        kernel.begin_module({.name = "shelf", .version = "1.0.0"});
        kernel.schema("CREATE TABLE IF NOT EXISTS shelf_book (title TEXT PRIMARY KEY, pages BIGINT, weight REAL, cover BLOB)");
        kernel.schema("CREATE TABLE IF NOT EXISTS shelf_note (word TEXT, page BIGINT)");
        kernel.commit_module();
    }
    kernel.finish();
}

struct Book {
    std::string                 title{};
    std::optional<std::int64_t> pages{};
    std::optional<double>       weight{};
    std::optional<std::string>  cover{};
    bool                        operator==(const Book&) const = default;
};

std::vector<Book> books_in(const std::string& location) {
    const auto        reader = database::open(location)->connect(database::Access::read);
    auto&             rows   = reader->prepare("SELECT title, pages, weight, cover FROM shelf_book ORDER BY title");
    std::vector<Book> books;
    while (rows.step()) {
        auto& book = books.emplace_back(Book{.title = std::string(rows.text(0))});
        if (!rows.is_null(1)) book.pages = rows.integer(1);
        if (!rows.is_null(2)) book.weight = rows.real(2);
        if (!rows.is_null(3)) book.cover = std::string(rows.text(3));
    }
    return books;
}

void put(database::Connection& writer, const Book& book) {
    auto& insert = writer.prepare("INSERT INTO shelf_book (title, pages, weight, cover) VALUES (:title, :pages, :weight, :cover)");
    insert.bind(1, std::string_view(book.title));
    book.pages ? insert.bind(2, *book.pages) : insert.bind_null(2);
    book.weight ? insert.bind(3, *book.weight) : insert.bind_null(3);
    book.cover ? insert.bind_blob(4, *book.cover) : insert.bind_null(4);
    insert.step();
}

const std::vector<Book> odd_books = {
    {.title = ""},
    {.title = "Größe\t\"'\\", .pages = std::numeric_limits<std::int64_t>::min(), .weight = 0.1, .cover = std::string("\0\\x\xff", 4)},
    {.title = "a", .pages = std::numeric_limits<std::int64_t>::max(), .weight = 1e300, .cover = ""},
    {.title = "b", .pages = 0, .weight = -3.0},
};

void make_shelf(const std::string& location, const Kernel& kernel) {
    const auto writer = database::open(location, database::Create::yes)->connect(database::Access::write);
    writer->begin();
    migrations::bring_up_to_date(*writer, kernel);
    for (const auto& book : odd_books) put(*writer, book);
    for (const char* row : {"'word', 7", "'word', 7", "'word', NULL", "NULL, NULL", "'', 1"})
        writer->prepare(fmt::format("INSERT INTO shelf_note (word, page) VALUES ({})", row)).step();
    writer->commit();
}

bool has_findings(Suite& suite) {
    return std::ranges::any_of(suite.verify({}), [](const auto& check) { return !check.findings.empty(); });
}

}  // namespace

TEST_CASE("copy: every table has its rows, the ledgers are named, and both sides have the same digests") {
    CopiedShop books;
    const auto copied = books.copied();
    CHECK(migrations::differences(copied, books.to()).empty());
    CHECK(migrations::differences(copied, books.from()).empty());
    CHECK(named(copied, "workshop_order").rows == 3);
    CHECK(named(copied, "kernel_retired_id").rows == 2);
    CHECK(named(copied, "workshop_order").digest.size() == 64);
    CHECK_FALSE(named(copied, "workshop_order").ledger);
    CHECK(named(copied, "workshop_booking").ledger);
    CHECK(named(copied, "kernel_audit").ledger);
    CHECK(std::ranges::is_sorted(copied, {}, &migrations::CopiedTable::name));
}

TEST_CASE("copy: the company goes on in the copy with the next ids and numbers") {
    CopiedShop books;
    auto&      shop = books.shop;
    const auto last = shop.number("SELECT max(id) FROM workshop_order");
    books.copied();
    books.move();
    CHECK(shop.suite().company_name() == "Repair Shop");
    CHECK_FALSE(has_findings(shop.suite()));
    const auto order = shop.confirmed_order();
    CHECK(order.value == last + 1);
    CHECK(shop.load(order).number.ends_with("-00004"));
    while (shop.suite().run_outbox() > 0) {}
    CHECK(shop.number("SELECT count(*) FROM jobs_delivery WHERE state = 'waiting'") == 0);
    CHECK_FALSE(has_findings(shop.suite()));
}

TEST_CASE("copy: a request that was done before is answered in the copy as it was") {
    CopiedShop books;
    auto&      shop    = books.shop;
    auto       request = shop.create(R"({"customer":1,"lines":[{"article":"wheel","quantity":"1","price":"2"}]})");
    request.info       = {.idempotency_key = "one", .request_digest = "digest"};
    const auto first   = shop.send(request);
    books.copied();
    books.move();
    CHECK(shop.send(request).id == first.id);
    request.info.idempotency_key = "two";
    CHECK(shop.send(request).id == first.id + 1);
}

TEST_CASE("copy: what was changed in the copy is named by its table") {
    CopiedShop books;
    const auto copied = books.copied();
    SUBCASE("a value") {
        books.change_copy("UPDATE workshop_order SET note = 'other' WHERE id = 1");
        CHECK(migrations::differences(copied, books.to()) == std::vector<std::string>{"workshop_order has other values than were copied"});
    }
    SUBCASE("a text for nothing") {
        books.change_copy("UPDATE workshop_order SET note = '' WHERE id = 1 AND note IS NULL");
        CHECK(migrations::differences(copied, books.to()) == std::vector<std::string>{"workshop_order has other values than were copied"});
    }
    SUBCASE("a row that is gone, and one that came") {
        books.change_copy("DELETE FROM workshop_printer");
        books.change_copy("INSERT INTO kernel_setting (name, value) VALUES ('color', 'blue')");
        const auto found = migrations::differences(copied, books.to());
        REQUIRE(found.size() == 2);
        CHECK(found[0].starts_with("kernel_setting has "));
        CHECK(found[1] == "workshop_printer has 0 rows, 1 were copied");
    }
}

TEST_CASE("copy: a target that holds something is refused, and stays as it is") {
    CopiedShop books;
    const auto copied = books.copied();
    CHECK(refusal_of([&] { books.copied(); }).starts_with("kernel.not_empty: To copy books, name a file that does not exist yet or an empty database: "));
    CHECK(migrations::differences(copied, books.to()).empty());
    const auto file = (books.shop.folder() / "letter.txt").string();
    std::ofstream(file) << "No database.";
    CHECK(refusal_of([&] { migrations::copy(books.from(), file, books.shop.suite().kernel()); }).starts_with("kernel.not_empty: "));
    CHECK(std::filesystem::file_size(file) == 12);
}

TEST_CASE("copy: tables and columns that nothing declares are refused by name, before anything is made") {
    CopiedShop books;
    books.shop.run([&](Transaction& tx) {
        tx.execute("CREATE TABLE garden_bed (id BIGINT)");
        tx.execute("ALTER TABLE workshop_printer ADD COLUMN color TEXT");
    });
    CHECK(refusal_of([&] { books.copied(); }) ==
          "kernel.unknown_tables: To copy all of these books, have the modules run that declare garden_bed, workshop_printer.color: nothing that runs here does.");
    CHECK((!database::exists(books.to())));
}

TEST_CASE("copy: one that fails on its way leaves nothing behind") {
    CopiedShop books;
    int        rows = 0;
    const auto stop = [&](std::string_view, std::int64_t done, std::int64_t total) {
        CHECK(done <= total);
        if (++rows == 10) throw std::runtime_error("stopped");
    };
    CHECK_THROWS(migrations::copy(books.from(), books.to(), books.shop.suite().kernel(), stop));
    CHECK((!database::exists(books.to())));
    CHECK(migrations::differences(books.copied(), books.to()).empty());
}

TEST_CASE("copy: values keep their kind from a file to wherever and back to a file") {
    const WorkshopCompany   shop;
    Kernel                  kernel;
    const testing::Database place(shop.folder(), "copy");
    const auto              from = (shop.folder() / "from.tessera").string(), back = (shop.folder() / "back.tessera").string();
    declare(kernel, Shelf::with_books);
    make_shelf(from, kernel);

    const auto there = migrations::copy(from, place.location(), kernel);
    const auto again = migrations::copy(place.location(), back, kernel);
    CHECK(migrations::differences(there, place.location()).empty());
    CHECK(migrations::differences(there, back).empty());
    CHECK(migrations::differences(again, from).empty());
    CHECK(named(there, "shelf_note").rows == 5);
    CHECK(books_in(from).size() == odd_books.size());
    CHECK((books_in(place.location()) == books_in(from)));
    CHECK((books_in(back) == books_in(from)));
}

TEST_CASE("copy: books of modules that are gone are refused by what would be lost") {
    const WorkshopCompany   shop;
    Kernel                  whole, rest;
    const testing::Database from(shop.folder(), "from"), to(shop.folder(), "to");
    declare(whole, Shelf::with_books);
    declare(rest, Shelf::gone);
    make_shelf(from.location(), whole);
    const auto refusal = [&] { return refusal_of([&] { migrations::copy(from.location(), to.location(), rest); }); };
    CHECK(refusal() == "kernel.unknown_tables: To copy all of these books, have the modules run that declare shelf_book, shelf_note: nothing that runs here does.");
    {
        const auto writer = database::open(from.location())->connect(database::Access::write);
        for (const char* table : {"shelf_book", "shelf_note"}) writer->execute(fmt::format("DROP TABLE {}", table));
    }
    CHECK(refusal().starts_with("kernel.no_modules: "));
    CHECK((!database::exists(to.location())));
}
