#include "containment/own_tables.h"

#include <doctest/doctest.h>
#include <fmt/ranges.h>

using namespace tessera;

TEST_CASE("a module's SQL: which tables it would write is read from its words, however it is written") {
    struct Row {
        const char* sql;
        const char* tables;
    };
    const Row rows[] = {
        {"SELECT * FROM financials_journal_line", ""},
        {"\n  select a FROM b WHERE c = 'DELETE FROM d'", ""},
        {"INSERT INTO warranty_claim (a) VALUES (:a)", "warranty_claim"},
        {"insert or replace into warranty_claim values (1)", "warranty_claim"},
        {"REPLACE INTO warranty_claim VALUES (1)", "warranty_claim"},
        {"INSERT INTO a VALUES (1) ON CONFLICT (b) DO UPDATE SET c = 1", "a"},
        {"UPDATE financials_account SET code = 'x'", "financials_account"},
        {"UPDATE OR IGNORE financials_account SET code = 'x'", "financials_account"},
        {"UPDATE \"financials_account\" SET code = 'x'", "financials_account"},
        {"UPDATE main.financials_account SET code = 'x'", "financials_account"},
        {"UPDATE/**/financials_account -- , warranty_claim\n SET code = 'x'", "financials_account"},
        {"DELETE FROM `kernel_audit`", "kernel_audit"},
        {"DELETE FROM [kernel_audit]", "kernel_audit"},
        {"WITH x AS (SELECT 1) DELETE FROM kernel_audit WHERE id IN (SELECT * FROM x)", "kernel_audit"},
        {"WITH gone AS (DELETE FROM kernel_audit RETURNING id) INSERT INTO warranty_claim SELECT id FROM gone", "kernel_audit warranty_claim"},
        {"SELECT a FROM c; DELETE FROM d", "everything"},
        {"DROP TABLE kernel_audit", "everything"},
        {"PRAGMA foreign_keys = OFF", "everything"},
        {"ATTACH 'x' AS y", "everything"},
        {"UPDATE warranty_claim SET a = 1;", "warranty_claim"},
        {"UPDATE warranty_claim SET a = 1; DELETE FROM kernel_audit", "everything"},
        {"", ""},
    };
    for (const auto& row : rows) {
        CAPTURE(row.sql);
        CHECK(fmt::format("{}", fmt::join(containment::tables_written(row.sql), " ")) == row.tables);
    }
}

TEST_CASE("a module's SQL: it writes its own tables, and is told where it may not") {
    CHECK_NOTHROW(containment::require_own_tables("warranty", "UPDATE warranty_claim SET fault = ''"));
    CHECK_THROWS_AS(containment::require_own_tables("warranty", "UPDATE warrantyclaim SET fault = ''"), std::logic_error);
    CHECK_THROWS_WITH(containment::require_own_tables("warranty", "DELETE FROM financials_journal_line"),
                      "The module warranty may not write financials_journal_line: it writes its own tables, and changes other records through the services of their module.");
}
