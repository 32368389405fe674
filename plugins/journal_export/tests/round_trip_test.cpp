// What is exported and read back gives the same transactions, whatever the books hold that people type.

#include "tests/office.h"

#include <random>
#include <sstream>

using namespace journal_export;
using namespace journal_export::tests;

namespace {

const std::string pieces[] = {"Rent", " ",  "  ",      "; ", ",",       "%3B", "%", ":", "[2026-01-01]",
                              "\"",   "\\", "(x)",     "*",  "= 5 USD", "@",   "|", "ä", "語",
                              "\n",   "\t", "memo: x", "#",  "'",       "{",   "~"};

std::string random_text(std::mt19937& random) {
    std::string text;
    for (auto count = random() % 5; count > 0; --count) text += pieces[random() % std::size(pieces)];
    return text;
}

// Books of random manual entries: names, memos and parties with everything in them that grammars care about.
void fill(Office& office, unsigned seed, int decimals) {
    std::mt19937             random(seed);
    const char*              codes[]   = {"1010", "1020", "3010", "4010", "6050", "6100", "z 1", "X;2"};
    Id<directory::Party>     parties[] = {{}, office.named<directory::Party>("directory_party", "Ann; [Archer], %3B")};
    std::vector<Id<Account>> accounts;
    for (const auto* code : codes) accounts.push_back(office.account(code));
    for (int i = 0; i < 30; ++i) {
        ManualEntry  entry{.date    = "2026-01-01"_date.plus_days(static_cast<int>(random() % 300)),
                           .journal = static_cast<financials::ManualJournal>(random() % 3),
                           .memo    = "M" + random_text(random)};
        std::int64_t rest = 0;
        const auto   add  = [&](std::int64_t units) {
            if (units == 0) return;
            entry.lines.push_back({.account = accounts[random() % accounts.size()],
                                      .debit   = Money{std::max<std::int64_t>(units, 0), Currency::of("USD", decimals)},
                                      .credit  = Money{std::max<std::int64_t>(-units, 0), Currency::of("USD", decimals)},
                                      .party   = parties[random() % 2],
                                      .memo    = random_text(random)});
            rest += units;
        };
        for (auto lines = 1 + random() % 5; lines > 0; --lines) add(static_cast<std::int64_t>(random() % 2'000'001) - 1'000'000);
        add(-rest);
        office.company.refusal([&](Transaction& tx) {  // lines alike may cancel each other out, and then there is nothing to post
            tx.insert(entry);
            tx.transition(entry.id, "post");
        });
    }
}

std::unique_ptr<Office> office_with(int decimals) {
    auto office = std::make_unique<Office>(tessera::testing::CompanyOptions{.modules = {"journal_export"}, .decimals = decimals});
    office->company.insert(directory::Party{.number = "A; [1], 2", .name = "Ann; [Archer], %3B"});
    office->company.insert(Account{.code = "z 1", .name = "a  b; %41 - c ", .kind = financials::Kind::asset});
    office->company.insert(Account{.code = "X;2", .name = "(Süd): \"x\"", .kind = financials::Kind::expense});
    return office;
}

// Without what a copy of an entry cannot share: its number and the document it was made by.
std::string without_numbers(const std::string& text) {
    std::istringstream lines(text);
    std::string        result;
    for (std::string line; std::getline(lines, line);) {
        const auto start = line.find_first_not_of(" ;");
        const auto word  = start == std::string::npos ? "" : line.substr(start, line.find(' ', start) - start);
        if (word == "source:" || word == "document:" || word == "number:") continue;
        if (const auto code = line.find(" (JE-"); code != std::string::npos) line.erase(code, line.find(')', code) + 1 - code);
        result += line + '\n';
    }
    return result;
}

}  // namespace

TEST_CASE("round trip: books that are exported, imported elsewhere and exported again read the same") {
    for (const int decimals : {2, 0, 4}) {
        const auto original = office_with(decimals);
        fill(*original, static_cast<unsigned>(decimals) + 10, decimals);
        REQUIRE(original->count("financials_journal_entry") > 25);
        for (const auto syntax : all_syntaxes) {
            CAPTURE(decimals);
            CAPTURE(tessera::name_of(syntax));
            const auto text = original->exported(syntax);
            const auto copy = office_with(decimals);
            const auto id   = copy->import(syntax, text);
            REQUIRE(copy->problems(id) == "");
            copy->company.transition(id, "post");
            CHECK(copy->count("financials_journal_entry") == original->count("financials_journal_entry"));
            CHECK(without_numbers(copy->exported(syntax)) == without_numbers(text));
            CHECK(copy->company.verify() == "");
        }
    }
}

TEST_CASE("round trip: a span with opening balances carries the balances into other books") {
    const auto original = office_with(2);
    fill(*original, 5, 2);
    const auto text = original->exported(Syntax::hledger, "2026-06-01"_date);
    const auto copy = office_with(2);
    const auto id   = copy->import(Syntax::hledger, text);
    REQUIRE(copy->problems(id) == "");
    copy->company.transition(id, "post");
    const auto closing = [](Office& office) {
        std::string text;
        const auto  report = office.company.report_result("financials.trial_balance", {{"as_of", "2026-12-31"}});
        for (const auto& row : report.rows)
            text += fmt::format("{} {}\n", std::get<std::string>(row.at(0)), std::get<tessera::Decimal>(row.at(5)).str());
        return text;
    };
    CHECK(closing(*copy) == closing(*original));
    CHECK(copy->company.value<std::int64_t>(
              "SELECT count(*) FROM financials_manual_entry WHERE journal = 'opening' AND memo = 'Opening balances'") == 1);
}

TEST_CASE("round trip: any bytes that are imported are checked without anything being made") {
    const auto   office = office_with(2);
    std::mt19937 random(7);
    fill(*office, 8, 2);
    const auto entries        = office->count("financials_journal_entry");
    const auto manual_entries = office->count("financials_manual_entry");
    int        faulty         = 0;
    for (int i = 0; i < 60; ++i) {
        const auto syntax = all_syntaxes[i % 3];
        auto       text   = office->exported(syntax);
        text.erase(0, text.rfind("\n2026-", text.size() - 400));
        for (int changes = i % 8; changes > 0; --changes) text[random() % text.size()] = static_cast<char>(random());
        const auto id    = office->import(syntax, text);
        const auto state = office->company.load(id).state;
        CHECK((state == ImportState::checked) == office->problems(id).empty());
        faulty += state == ImportState::faulty;
    }
    CHECK(office->count("financials_journal_entry") == entries);
    CHECK(office->count("financials_manual_entry") == manual_entries);
    CHECK(faulty > 20);
    CHECK(faulty < 60);
}
