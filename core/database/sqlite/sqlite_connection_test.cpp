#include "database/scratch_database.h"

#include <doctest/doctest.h>

#include <fstream>
#include <thread>

namespace tessera::database::sqlite_connection_test {

void make_parties(Connection& connection) {
    connection.create({.name    = "party",
                       .columns = {{.name = "name", .required = true, .unique = true},
                                   {.name = "parent", .type = ColumnType::integer, .references = "party"}}});
}

void insert(Connection& connection, std::int64_t id, std::string_view name) {
    Statement& statement = connection.prepare("INSERT INTO party (id, name) VALUES (:id, :name)");
    statement.bind(1, id);
    statement.bind(2, name);
    CHECK_FALSE(statement.step());
    CHECK(statement.changes() == 1);
}

constexpr auto count   = "SELECT count(*) FROM party";
constexpr auto endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

TEST_CASE("database: values come back as they were bound") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    connection->create({.name    = "sample",
                        .columns = {{.name = "whole", .type = ColumnType::integer},
                                    {.name = "real", .type = ColumnType::real},
                                    {.name = "words", .type = ColumnType::text},
                                    {.name = "bytes", .type = ColumnType::blob},
                                    {.name = "missing", .type = ColumnType::text}}});
    const std::string bytes("\0\xff\x01", 3);
    Statement&        insert = connection->prepare(
               "INSERT INTO sample (whole, real, words, bytes, missing) VALUES (:whole, :real, :words, :bytes, :missing)");
    CHECK(insert.parameter_count() == 5);
    insert.bind(1, std::int64_t{INT64_MIN});
    insert.bind(2, 0.5);
    insert.bind(3, std::string_view{});
    insert.bind_blob(4, bytes);
    insert.bind_null(5);
    insert.step();

    Statement& row = connection->prepare("SELECT * FROM sample");
    REQUIRE(row.step());
    CHECK(row.column_count() == 6);
    CHECK(row.column_name(1) == "whole");
    CHECK(row.integer(1) == INT64_MIN);
    CHECK(row.text(1) == "-9223372036854775808");
    CHECK(row.real(2) == 0.5);
    CHECK(row.is_text(3));
    CHECK(row.text(3) == "");
    CHECK(row.text(4) == bytes);
    CHECK(row.is_null(5));
    CHECK_FALSE(row.step());
}

TEST_CASE("database: a snapshot that the disk refuses leaves the connection fit for the next") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    make_parties(*writer);
    insert(*writer, 1, "Ada");
    auto reader = scratch.engine->connect(Access::read);
    reader->begin_snapshot();
    reader->rollback();
    insert(*writer, 2, "Grace");
    writer->execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const auto overwrite = [&](const std::string& bytes) {
        std::fstream file(scratch.file, std::ios::in | std::ios::out | std::ios::binary);
        std::string  before(bytes.size(), '\0');
        file.read(before.data(), static_cast<std::streamsize>(before.size()));
        file.seekp(0).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return before;
    };
    const auto whole = overwrite(std::string(4096, '\0'));
    CHECK(refusal_of([&] { reader->begin_snapshot(); }) != "");
    overwrite(whole);
    insert(*writer, 3, "Joan");
    CHECK(refusal_of([&] { reader->begin_snapshot(); }) == "");
    Statement& rows = reader->prepare(count);
    REQUIRE(rows.step());
    CHECK(rows.integer(0) == 3);
}

TEST_CASE("database: a parameter that appears twice is one, numbered by first appearance") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::read);
    Statement&      statement  = connection->prepare("SELECT :b, :a, :b");
    CHECK(statement.parameter_count() == 2);
    statement.bind(1, std::string_view("first"));
    statement.bind(2, std::string_view("second"));
    REQUIRE(statement.step());
    CHECK(statement.text(0) == "first");
    CHECK(statement.text(1) == "second");
    CHECK(statement.text(2) == "first");
}

TEST_CASE("database: a statement is prepared once, and again only while it is in use") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    make_parties(*connection);
    insert(*connection, 1, "Ada");
    insert(*connection, 2, "Bob");

    constexpr auto sql   = "SELECT name FROM party WHERE id >= :id ORDER BY id";
    Statement&     outer = connection->prepare(sql);
    outer.bind(1, std::int64_t{1});
    REQUIRE(outer.step());
    Statement& inner = connection->prepare(std::string(sql));
    CHECK(&inner != &outer);
    inner.bind(1, std::int64_t{2});
    REQUIRE(inner.step());
    CHECK(inner.text(0) == "Bob");
    CHECK(outer.text(0) == "Ada");
    connection->release(inner);
    CHECK(&connection->prepare(sql) == &inner);
    while (outer.step()) {
    }
    CHECK(&connection->prepare(sql) == &outer);
}

TEST_CASE("database: a statement handed out again has forgotten what was bound") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::read);
    for (const int parameters : {1, 2, 64, 65, 100}) {
        CAPTURE(parameters);
        std::string sql = "SELECT :p1";
        for (int p = 2; p <= parameters; ++p) sql += ", :p" + std::to_string(p);
        for (const std::size_t length : {6, 100'000}) {
            Statement& first = connection->prepare(sql);
            for (int p = 1; p <= parameters; ++p) first.bind(p, std::string(length, 's'));
            REQUIRE(first.step());
            CHECK(first.text(parameters - 1).size() == length);
            connection->release(first);
            Statement& second = connection->prepare(sql);
            CHECK(&second == &first);
            if (parameters > 1) second.bind(1, std::int64_t{7});
            REQUIRE(second.step());
            CHECK((parameters == 1 || second.integer(0) == 7));
            for (int p = parameters > 1 ? 2 : 1; p <= parameters; ++p) CHECK(second.is_null(p - 1));
            connection->release(second);
        }
    }
}

TEST_CASE("database: of many thousand texts the long unused are forgotten, the ones in use are kept") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::read);
    Statement&      held       = connection->prepare("SELECT 'held'");
    REQUIRE(held.step());
    for (int i = 0; i < 5000; ++i) {
        connection->begin_snapshot();
        connection->prepare("SELECT " + std::to_string(i)).step();
        if (i % 100 != 99) CHECK(held.text(0) == "held");
        if (i % 100 == 99) {
            connection->rollback();
            Statement& again = connection->prepare("SELECT 'held'");
            REQUIRE(again.step());
            CHECK(&again == &held);
        } else {
            connection->execute("ROLLBACK");
        }
    }
}

TEST_CASE("database: only one statement at a time, and not none") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::read);
    CHECK_THROWS_AS(connection->prepare("SELECT 1; SELECT 2"), std::logic_error);
    CHECK_THROWS_AS(connection->prepare("  "), std::logic_error);
    CHECK_THROWS_AS(connection->prepare("SELECT \"nowhere\""), std::runtime_error);
    CHECK_NOTHROW(connection->prepare("SELECT 1;\n"));
}

TEST_CASE("database: a snapshot does not see what is committed after it began") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    auto            reader = scratch.engine->connect(Access::read);
    make_parties(*writer);
    insert(*writer, 1, "Ada");

    reader->begin_snapshot();
    writer->begin();
    insert(*writer, 2, "Bob");
    writer->commit();
    CHECK(number(*reader, count) == 1);
    reader->rollback();
    CHECK(number(*reader, count) == 2);
}

TEST_CASE("database: a snapshot ends even when a loop in it was left half way") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    auto            reader = scratch.engine->connect(Access::read);
    make_parties(*writer);
    insert(*writer, 1, "Ada");
    reader->begin_snapshot();
    REQUIRE(reader->prepare("SELECT name FROM party").step());
    reader->rollback();
    insert(*writer, 2, "Bob");
    CHECK(number(*reader, count) == 2);
    scratch.engine->checkpoint(*writer);
    CHECK(std::filesystem::file_size(scratch.file + "-wal") == 0);
}

TEST_CASE("database: a reader cannot write") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    make_parties(*writer);
    auto reader = scratch.engine->connect(Access::read);
    CHECK_THROWS_AS(reader->execute("INSERT INTO party (name) VALUES ('Eve')"), std::runtime_error);
    CHECK(number(*reader, count) == 0);
}

TEST_CASE("database: a savepoint is undone alone") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    make_parties(*connection);
    connection->begin();
    connection->savepoint();
    insert(*connection, 1, "Ada");
    connection->release_savepoint();
    connection->savepoint();
    insert(*connection, 2, "Bob");
    connection->rollback_to_savepoint();
    CHECK(connection->in_transaction());
    connection->commit();
    CHECK_FALSE(connection->in_transaction());
    CHECK(number(*connection, "SELECT max(id) FROM party") == 1);
}

TEST_CASE("database: an unknown reference is refused when its command ends, naming table and column") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    make_parties(*connection);
    connection->begin();
    connection->savepoint();
    connection->execute("INSERT INTO party (id, name) VALUES (1, 'Ada')");
    connection->release_savepoint();

    connection->savepoint();
    connection->prepare("INSERT INTO party (id, name, parent) VALUES (2, 'Bob', 99)").step();
    CHECK(refusal_of([&] { connection->release_savepoint(); }) ==
          "kernel.unknown_reference: To save this party, choose a parent that exists.");
    connection->rollback_to_savepoint();

    connection->savepoint();
    connection->prepare("INSERT INTO party (id, name, parent) VALUES (2, 'Bob', 3)").step();
    insert(*connection, 3, "Cid");
    connection->release_savepoint();

    connection->savepoint();
    connection->prepare("DELETE FROM party WHERE id = 3").step();
    CHECK(refusal_of([&] { connection->release_savepoint(); }) ==
          "kernel.in_use: To delete this party, first delete or change what refers to it.");
    connection->rollback_to_savepoint();
    connection->commit();
    CHECK(number(*connection, count) == 3);
}

TEST_CASE("database: a commit with an unknown reference is refused and can be rolled back") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    make_parties(*connection);
    connection->begin();
    connection->prepare("INSERT INTO party (id, name, parent) VALUES (2, 'Bob', 99)").step();
    CHECK(refusal_of([&] { connection->commit(); }).starts_with("kernel.unknown_reference"));
    CHECK(connection->in_transaction());
    connection->rollback();
    CHECK(number(*connection, count) == 0);
}

TEST_CASE("database: a query past its deadline, or cancelled, is ended") {
    ScratchDatabase scratch;
    auto            reader = scratch.engine->connect(Access::read);
    const auto      now    = std::chrono::steady_clock::now();
    reader->limit(now + std::chrono::milliseconds(20));
    CHECK(refusal_of([&] { number(*reader, endless); }).starts_with("kernel.query_cancelled"));
    CHECK(std::chrono::steady_clock::now() - now < std::chrono::seconds(5));

    std::atomic<bool> cancelled = false;
    reader->limit(std::chrono::steady_clock::time_point::max(), &cancelled);
    std::thread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        cancelled = true;
    });
    CHECK(refusal_of([&] { number(*reader, endless); }).starts_with("kernel.query_cancelled"));
    canceller.join();

    reader->limit(std::chrono::steady_clock::time_point::max());
    CHECK(number(*reader, "SELECT 7") == 7);
}

TEST_CASE("database: what goes on after the engine gave a transaction up is not written outside of it") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    make_parties(*connection);
    connection->begin();
    insert(*connection, 1, "Ada");
    connection->limit(std::chrono::steady_clock::now());
    CHECK(refusal_of([&] {
              connection->execute(
                  "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n) "
                  "INSERT INTO party (name) SELECT i FROM n");
          }).starts_with("kernel.query_cancelled"));
    connection->limit(std::chrono::steady_clock::time_point::max());
    CHECK_FALSE(connection->in_transaction());
    CHECK(refusal_of([&] {
              connection->prepare("INSERT INTO party (name) VALUES ('Bob')").step();
          }).starts_with("kernel.group_undone"));
    CHECK(refusal_of([&] {
              connection->execute("INSERT INTO party (name) VALUES ('Bob')");
          }).starts_with("kernel.group_undone"));
    CHECK(refusal_of([&] { connection->commit(); }).starts_with("kernel.group_undone"));
    connection->rollback();
    CHECK(number(*connection, count) == 0);
    CHECK_NOTHROW(insert(*connection, 1, "Ada"));
}

}  // namespace tessera::database::sqlite_connection_test
