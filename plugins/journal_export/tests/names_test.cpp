#include "text/account_names.h"
#include "text/escapes.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace journal_export;
using financials::Kind;

namespace {

const std::string pieces[] = {"a",  "Z", "X", "x", "7", " ", "  ", "-",      "--", "%", "%41", ":",  ";", ",",  ".", "\"",
                              "\\", "(", ")", "[", "]", "ä", "×",  "\u00A0", "語", "Д", "=",   "@",  "'", "\t", "|", "&",
                              "/",  "~", "!", "*", "#", "{", "}",  "20",     "3B", "_", "+",   "\n", "Ж", "😀"};

std::string random_text(std::mt19937& random, int longest) {
    std::string text;
    const int   length = 1 + static_cast<int>(random() % static_cast<unsigned>(longest));
    for (int i = 0; i < length; ++i) text += pieces[random() % std::size(pieces)];
    return text;
}

}  // namespace

TEST_CASE("names: an account is called by its kind, its code and its name, as each program takes it") {
    struct Row {
        Kind        kind{};
        const char* code{};
        const char* name{};
        const char* plain{};
        const char* beancount{};
    };
    const Row rows[] = {
        {Kind::asset, "1010", "Bank", "assets:1010 Bank", "Assets:1010-Bank"},
        {Kind::liability, "2100", "VAT 7%; old", "liabilities:2100 VAT 7%25%3B old", "Liabilities:2100-VAT-7--25--3B-old"},
        {Kind::equity, "K 1", "Owner's", "equity:K%201 Owner's", "Equity:K--201-Owner--27s"},
        {Kind::income, "x", "A  B", "income:x A %20B", "Income:Xx-A--20-B"},
        {Kind::expense, "X9", "(old) ", "expenses:X9 (old)%20", "Expenses:XX9-X--28old--29--20"},
        {Kind::expense, "6", "Gebäude: Süd", "expenses:6 Gebäude%3A Süd", "Expenses:6-Gebäude--3A-Süd"},
        {Kind::asset, "7", "a - b", "assets:7 a - b", "Assets:7-a--20--2D-b"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.plain);
        CHECK(account_name(Syntax::hledger, row.kind, row.code, row.name) == row.plain);
        CHECK(account_name(Syntax::ledger, row.kind, row.code, row.name) == row.plain);
        CHECK(account_name(Syntax::beancount, row.kind, row.code, row.name) == row.beancount);
    }
}

TEST_CASE("names: every name leads back to kind, code and name, and no two accounts share one") {
    std::mt19937 random(1);
    for (const auto syntax : {Syntax::hledger, Syntax::beancount}) {
        std::set<std::tuple<int, std::string, std::string>> accounts;
        std::set<std::string>                               names;
        for (int i = 0; i < 20'000; ++i) {
            const auto kind = static_cast<Kind>(random() % 5);
            const auto code = random_text(random, 3), title = random_text(random, 6);
            const auto name = account_name(syntax, kind, code, title);
            const auto back = read_account_name(syntax, name);
            CAPTURE(name);
            REQUIRE(back);
            REQUIRE(back->kind == kind);
            REQUIRE(back->code == code);
            REQUIRE(back->name == title);
            accounts.emplace(static_cast<int>(kind), code, title);
            names.insert(name);
        }
        CHECK(accounts.size() == names.size());
        CHECK(names.size() > 10'000);
    }
}

TEST_CASE("names: what this plugin never writes is no name of an account") {
    for (const auto* text :
         {"", "assets", "assets:", "assets:1010", "Assets:1010 Bank", "cash:1010 Bank", "assets:1010  Bank", "assets:1010 %42ank"})
        CHECK_FALSE(read_account_name(Syntax::hledger, text));
    for (const auto* text : {"Assets:1010", "assets:1010-Bank", "Assets:1010--2", "Assets:1010-B--4", "Assets:--20-B", "Assets:1010--20"})
        CHECK_FALSE(read_account_name(Syntax::beancount, text));
}

TEST_CASE("escapes: a text is escaped only where it must be, and comes back as it was") {
    CHECK(escaped("50% off; now", Place::description) == "50% off%3B now");
    CHECK(escaped("a%3Bb", Place::description) == "a%253Bb");
    CHECK(escaped(" [2026-01-01], x: y ", Place::tag) == "%20%5B2026-01-01]%2C x: y%20");
    CHECK(escaped("JE (1)", Place::code) == "JE %281%29");
    CHECK(quoted("a \"b\"\n\\") == "\"a \\\"b\\\"\\n\\\\\"");
    std::mt19937 random(2);
    for (int i = 0; i < 20'000; ++i) {
        const auto text = random_text(random, 8);
        for (const auto place : {Place::code, Place::description, Place::tag}) {
            const auto written = escaped(text, place);
            REQUIRE(unescaped(written) == text);
            REQUIRE(written.find_first_of("\n\t") == std::string::npos);
        }
    }
}
