#include "database/postgres/postgres_sql.h"

#include "database/engine.h"

#include <doctest/doctest.h>

using tessera::database::postgres::translate;

TEST_CASE("postgres: no location is shown with its password") {
    const auto shown = [](const char* location) { return tessera::database::shown(location); };
    CHECK(shown("postgresql://ada:secret@db/books") == "postgresql://ada@db/books");
    CHECK(shown("postgresql://ada@db/books?password=secret&connect_timeout=2") == "postgresql://ada@db/books?password=***&connect_timeout=2");
    CHECK(shown("postgresql://db/books?user=ada&sslpassword=s&password=secret") == "postgresql://db/books?user=ada&sslpassword=***&password=***");
    CHECK(shown("postgresql://ada@db:5432/password=x") == "postgresql://ada@db:5432/password=x");
    CHECK(shown("books.tessera") == "books.tessera");
}

TEST_CASE("postgres: portable SQL is said in PostgreSQL's words") {
    const auto text = [](const char* sql) { return translate(sql).text; };
    CHECK(text("SELECT :from, :to, :from") == "SELECT $1, $2, $1");
    CHECK(text("SELECT name FROM party WHERE name LIKE :text ESCAPE '\\'") == "SELECT name FROM party WHERE name ILIKE $1 ESCAPE '\\'");
    CHECK(text("SELECT CAST(x AS INTEGER), sum(amount) FROM t") == "SELECT CAST(x AS bigint), tessera_sum(amount) FROM t");
    CHECK(text("SELECT sum, summary(x), \"sum(a)\", ':like it''s :so' FROM t") == "SELECT sum, summary(x), \"sum(a)\", ':like it''s :so' FROM t");
    CHECK(text("SELECT x::text, 'a:b' FROM t") == "SELECT x::text, 'a:b' FROM t");
    CHECK(translate("SELECT :a + :b + :a").parameters == 2);
}

TEST_CASE("postgres: what changes rows and gives none back is known by its first word") {
    CHECK(translate("INSERT INTO t (a) VALUES (:a)").writes);
    CHECK(translate(" \n update t SET a = :a").writes);
    CHECK(translate("DELETE FROM t").writes);
    CHECK_FALSE(translate("INSERT INTO t (a) VALUES (:a) RETURNING id").writes);
    CHECK_FALSE(translate("SELECT 'insert' FROM t").writes);
    CHECK_FALSE(translate("WITH x AS (SELECT 1) SELECT * FROM x").writes);
}

TEST_CASE("postgres: whether a value is nothing is answered where the server could not tell what it is") {
    const auto asked = translate("SELECT 1 WHERE (:a IS NULL OR day >= :a) AND (:b IS NOT NULL OR 1 = :c)");
    CHECK(asked.answered({false, false, false}) == "SELECT 1 WHERE ($1 IS NULL OR day >= $1) AND ($2 IS NOT NULL OR 1 = $3)");
    CHECK(asked.answered({true, true, true}) == "SELECT 1 WHERE (TRUE OR day >= $1) AND (FALSE OR 1 = $3)");
    CHECK_FALSE(asked.is_only_asked(1));
    CHECK(asked.is_only_asked(2));
    CHECK_FALSE(asked.is_only_asked(3));
}
