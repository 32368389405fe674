#include "database/scratch_database.h"

#include "database/sqlite/sqlite_schema.h"

#include <doctest/doctest.h>

namespace tessera::database::sqlite_schema_test {

TEST_CASE("schema: a declared table becomes a strict one with named checks and deferred references") {
    ScratchDatabase                scratch;
    auto                           connection = scratch.engine->connect(Access::write);
    const TableDefinition          table{.name    = "order_line",
                                         .columns = {{.name       = "order",
                                                      .type       = ColumnType::integer,
                                                      .required   = true,
                                                      .references = "purchase_order",
                                                      .cascade    = true},
                                                     {.name          = "state",
                                                      .required      = true,
                                                      .check         = "state IN ('open', 'closed')",
                                                      .default_value = "'open'"},
                                                     {.name = "due_on", .type = ColumnType::date, .indexed = true},
                                                     {.name = "is_urgent", .type = ColumnType::boolean},
                                                     {.name = "weight", .type = ColumnType::real},
                                                     {.name = "seen_at", .type = ColumnType::instant},
                                                     {.name = "image", .type = ColumnType::blob}},
                                         .indexes = {{.columns = {"state", "due_on DESC"}, .where = "state = 'open'"}},
                                         .append_only = true};
    const std::vector<std::string> expected{
        R"(CREATE TABLE "order_line" (
    "id" INTEGER PRIMARY KEY,
    "order" INTEGER NOT NULL REFERENCES "purchase_order"("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "state" TEXT NOT NULL DEFAULT 'open' CONSTRAINT "order_line__state" CHECK ((state IN ('open', 'closed'))),
    "due_on" TEXT CONSTRAINT "order_line__due_on" CHECK (length("due_on") = 10),
    "is_urgent" INTEGER CONSTRAINT "order_line__is_urgent" CHECK ("is_urgent" IN (0, 1)),
    "weight" REAL,
    "seen_at" INTEGER,
    "image" BLOB
) STRICT)",
        R"(CREATE INDEX "order_line__order" ON "order_line" ("order"))",
        R"(CREATE INDEX "order_line__due_on" ON "order_line" ("due_on"))",
        R"(CREATE INDEX "order_line__state_due_on_desc" ON "order_line" ("state", "due_on" DESC) WHERE state = 'open')",
        R"(CREATE TRIGGER "order_line__no_update" BEFORE UPDATE ON "order_line" BEGIN SELECT RAISE(ABORT, 'append_only: order_line'); END)",
        R"(CREATE TRIGGER "order_line__no_delete" BEFORE DELETE ON "order_line" BEGIN SELECT RAISE(ABORT, 'append_only: order_line'); END)"};

    CHECK(connection->create(table, false) == expected);
    CHECK_FALSE(connection->has_table("order_line"));
    CHECK(connection->create(table) == expected);
    CHECK(connection->has_table("order_line"));
    CHECK(connection->tables() == std::vector<std::string>{"order_line"});
    CHECK(connection->create(table).empty());
}

TEST_CASE("schema: a table that exists is only added to") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    TableDefinition table{.name = "party", .columns = {{.name = "name", .required = true}}};
    connection->create(table);
    connection->execute("INSERT INTO party (name) VALUES ('Ada')");

    table.columns.push_back({.name = "city", .required = true, .indexed = true, .default_value = "'unknown'"});
    table.columns.push_back({.name = "parent", .type = ColumnType::integer, .references = "party"});
    CHECK(connection->create(table).size() == 3);
    CHECK(number(*connection,
                 "SELECT count(*) FROM party WHERE name = 'Ada' AND city = 'unknown' AND parent IS NULL") == 1);

    table.columns.erase(table.columns.begin() + 1);
    CHECK(connection->create(table).empty());
    CHECK(number(*connection, "SELECT count(*) FROM party WHERE city = 'unknown'") == 1);
}

TEST_CASE("schema: what adding cannot do is refused and leaves all as it was") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    connection->create({.name = "party", .columns = {{.name = "name"}}});
    connection->execute("INSERT INTO party (name) VALUES ('Ada'), ('Ada')");
    const auto refusal = [&](ColumnDefinition column) {
        return refusal_of([&] { connection->create({.name = "party", .columns = {{.name = "first"}, column}}); });
    };
    CHECK(
        refusal({.name = "name", .type = ColumnType::integer}) ==
        "kernel.schema_conflict: To change party.name from TEXT to INTEGER, write a migration: a column's type is not "
        "changed by itself.");
    CHECK(refusal({.name = "code", .required = true}) ==
          "kernel.schema_conflict: To add the required column party.code, give it a default value: the table has rows "
          "already.");
    CHECK(refusal({.name = "owner", .type = ColumnType::integer, .required = true, .references = "party"}) ==
          "kernel.schema_conflict: To add the required column party.owner, write a migration: the table has rows "
          "already.");
    CHECK(refusal({.name = "name", .unique = true}).starts_with("kernel.duplicate"));
    CHECK(number(*connection, "SELECT count(*) FROM pragma_table_info('party')") == 2);

    connection->execute("DELETE FROM party");
    CHECK(refusal({.name = "code", .required = true}) == "");
}

TEST_CASE("schema: an index whose definition changed is made anew") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    connection->create({.name = "party", .columns = {{.name = "name", .indexed = true}}});
    CHECK(connection->create({.name = "party", .columns = {{.name = "name", .unique = true, .indexed = true}}}) ==
          std::vector<std::string>{R"(DROP INDEX "party__name")",
                                   R"(CREATE UNIQUE INDEX "party__name" ON "party" ("name"))"});
}

TEST_CASE("schema: a name that would need quoting is our mistake") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    CHECK_THROWS_AS(connection->create({.name = "a\"; DROP TABLE b"}), std::logic_error);
    CHECK_THROWS_AS(connection->create({.name = "a", .columns = {{.name = "B c"}}}), std::logic_error);
}

TEST_CASE("schema: a table that a module writes out is strict, in SQLite's own types, and kept in the order of a key of several columns") {
    const auto becomes = [](std::string_view statement, std::string_view expected) {
        CHECK(sqlite::schema_statement(statement) == expected);
    };
    becomes("CREATE TABLE a (id INTEGER PRIMARY KEY, at BIGINT NOT NULL, text TEXT)",
            "CREATE TABLE a (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, text TEXT) STRICT");
    becomes("CREATE TABLE IF NOT EXISTS a (x SMALLINT, y BOOLEAN, z DOUBLE PRECISION, d DATE)",
            "CREATE TABLE IF NOT EXISTS a (x INTEGER, y INTEGER, z REAL, d TEXT) STRICT");
    becomes("\n    CREATE TABLE a (x BIGINT, y BIGINT, PRIMARY KEY (x, y))",
            "\n    CREATE TABLE a (x INTEGER, y INTEGER, PRIMARY KEY (x, y)) STRICT, WITHOUT ROWID");
    becomes("CREATE TABLE a (x TEXT, PRIMARY KEY (x))", "CREATE TABLE a (x TEXT, PRIMARY KEY (x)) STRICT");
    becomes("CREATE TABLE a (DATED TEXT, bigint TEXT, \"DATE\" TEXT CHECK (\"DATE\" <> 'BIGINT'))",
            "CREATE TABLE a (DATED TEXT, bigint TEXT, \"DATE\" TEXT CHECK (\"DATE\" <> 'BIGINT')) STRICT");
    becomes("CREATE INDEX b ON a (x, y)", "CREATE INDEX b ON a (x, y)");
    becomes("CREATE VIEW c AS SELECT CAST(x AS DATE) FROM a", "CREATE VIEW c AS SELECT CAST(x AS DATE) FROM a");
}

TEST_CASE("schema: a module's own table takes only values of its columns' types") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    connection->define("CREATE TABLE IF NOT EXISTS daily (day TEXT, account BIGINT, sum BIGINT NOT NULL, PRIMARY KEY (day, account))");
    connection->execute("INSERT INTO daily (day, account, sum) VALUES ('2026-01-31', 1, 5)");
    CHECK_THROWS(connection->execute("INSERT INTO daily (day, account, sum) VALUES ('2026-01-31', 2, 'five')"));
    CHECK_THROWS(connection->execute("INSERT INTO daily (day, account, sum) VALUES (NULL, 3, 5)"));
    CHECK_THROWS(connection->define("CREATE TABLE IF NOT EXISTS other (x NUMBER)"));
    CHECK(number(*connection, "SELECT count(*) FROM daily") == 1);
}

TEST_CASE("schema: a module's own table stays as it is, and other columns for it are refused") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    connection->define("CREATE TABLE IF NOT EXISTS kept (entry INTEGER PRIMARY KEY, rest BIGINT)");
    connection->execute("INSERT INTO kept (entry, rest) VALUES (1, 5)");
    connection->define("CREATE TABLE IF NOT EXISTS kept (\n    entry INTEGER PRIMARY KEY,\n    rest  BIGINT)");
    CHECK(refusal_of([&] { connection->define("CREATE TABLE IF NOT EXISTS kept (entry INTEGER PRIMARY KEY, place BIGINT, rest BIGINT)"); }) ==
          "kernel.schema_conflict: To change the columns of kept from (entry, rest) to (entry, place, rest), write a migration: a table of a module's "
          "own is not changed by itself.");
    CHECK(number(*connection, "SELECT rest FROM kept") == 5);
}

}  // namespace tessera::database::sqlite_schema_test
