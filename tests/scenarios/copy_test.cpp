// The demonstration company, copied from a file to wherever the tests have their databases (a PostgreSQL, where one is
// named) and back to a file: every report reads the same in all three, and each of them goes on.
#include "process.h"

#include <doctest/doctest.h>
#include <tessera/testing/database.h>

#include <optional>
#include <regex>

namespace copies {

namespace {

constexpr const char* reports[] = {
    "financials.trial_balance",   "financials.balance_sheet",     "financials.journal",
    "financials.open_items",      "financials.payables_ageing",   "inventory.valuation",
    "inventory.stock_on_hand",    "inventory.value_entries",      "purchasing.received_not_invoiced",
    "purchasing.open_orders",     "purchasing.order_summary",     "purchasing.match_summary",
    "purchasing.holds",           "purchasing.supplier_performance"};

struct Companies {
    whole::Scratch                           folder{};
    std::optional<tessera::testing::Database> elsewhere{};

    Companies() { elsewhere.emplace(folder.path(), "elsewhere"); }

    whole::Ended run(const std::string& database, const std::string& command) const {
        return whole::run({"/bin/sh", "-c", command}, {.directory = folder.path(), .environment = {"TESSERA_DATABASE=" + database}},
                          std::chrono::seconds(300));
    }
    std::string output(const std::string& database, const std::string& command) const {
        const auto ended = run(database, command);
        CHECK_MESSAGE(ended.code == 0, command, ": ", ended.errors);
        return ended.output;
    }
    std::string report(const std::string& database, const std::string& name) const {
        return output(database, "tessera report " + name + " --format csv");
    }
    void copy(const std::string& from, const std::string& to) const {
        const auto ended = run(from, "tessera copy --progress --to '" + to + "'");
        CHECK_MESSAGE(ended.code == 0, ended.errors);
        CHECK(ended.output.ends_with("Both hold the same and are sound.\n"));
        CHECK(std::regex_search(ended.errors, std::regex("(Copying|Comparing) [a-z_]+: [0-9]+ of [0-9]+\n")));
        CHECK(std::regex_search(ended.output, std::regex("(^|\n)kernel_audit [0-9]+ [0-9a-f]{16}\n")));
        CHECK(std::regex_search(ended.output, std::regex("(^|\n)financials_journal_line [0-9]+ [0-9a-f]{16}\n")));
    }
};

}  // namespace

TEST_CASE("copy: the demonstration company reads the same from file to database to file, and goes on in each") {
    const Companies   all;
    const std::string first = "first.tessera", second = all.elsewhere->location(), third = "third.tessera";
    all.output(first, "tessera demo");
    all.copy(first, second);
    all.copy(second, third);
    for (const auto* name : reports) {
        const auto report = all.report(first, name);
        CHECK_MESSAGE(report.find('\n') < report.size() - 1, name);
        CHECK_MESSAGE(all.report(second, name) == report, name);
        CHECK_MESSAGE(all.report(third, name) == report, name);
    }
    const auto order = [&](const std::string& database) {
        return all.output(database,
                          R"(echo '{"supplier":"MASON","lines":[{"product":"BR-1010","quantity":"5","price":"2.00"}]}' | tessera purchasing order create --then approve --json -)");
    };
    const auto next = order(first);
    CHECK(next.starts_with("Purchase order PO-"));
    CHECK(order(second) == next);
    CHECK(order(third) == next);
    CHECK(all.output(second, "tessera verify | tail -1").ends_with("0 violated.\n"));
}

}  // namespace copies
