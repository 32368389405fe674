#include "read/amount_reader.h"
#include "read/journal_reader.h"

#include <doctest/doctest.h>

#include <random>

using namespace journal_export;

namespace {

std::string shown(const ReadAmount& read) {
    if (!read.amount) return read.fault == Fault::ambiguous ? "ambiguous" : "unreadable";
    return read.amount->str() + (read.amount->commodity.empty() ? "" : " " + read.amount->commodity);
}

// "2026-01-31 (12) Rent; 6050 900.00 USD; 1010" and a line for each problem: "! 3 unreadable_date"
std::string read(Syntax syntax, std::string_view text) {
    Problems    problems;
    std::string out;
    for (const auto& entry : read_journal(syntax, text, problems)) {
        if (!entry.whole) continue;
        out += fmt::format("{}{} {}", entry.date, entry.code.empty() ? "" : " (" + entry.code + ")", entry.memo);
        for (const auto& tag : entry.tags) out += fmt::format(" [{}={}]", tag.name, tag.value);
        for (const auto& posting : entry.postings) {
            out += "; " + posting.account;
            if (posting.amount) out += " " + shown({.amount = posting.amount});
            if (posting.cost) out += " costs";
            if (posting.asserted) out += " asserted";
            for (const auto& tag : posting.tags) out += fmt::format(" [{}={}]", tag.name, tag.value);
        }
        out += '\n';
    }
    for (const auto& problem : problems.list()) out += fmt::format("! {} {}\n", problem.line, problem.code.substr(15));
    return out;
}

}  // namespace

TEST_CASE("amounts: signs, commodities and separators are read where people put them") {
    struct Row {
        const char* declared{};
        const char* text{};
        const char* amount{};
    };
    const Row rows[] = {
        {"", "100.00 USD", "100.00 USD"},
        {"", " -100 USD ", "-100 USD"},
        {"", "$-5", "-5 $"},
        {"", "-$5.5", "-5.5 $"},
        {"", "$ 5", "5 $"},
        {"", "5€", "5 €"},
        {"", "+5", "5"},
        {"", "\"green tea\" 3", "3 green tea"},
        {"", "1,234.50 USD", "1234.50 USD"},
        {"", "1.234,50 EUR", "1234.50 EUR"},
        {"", "1,234,567 USD", "1234567 USD"},
        {"", "12,5 EUR", "12.5 EUR"},
        {"", "0.125 USD", "0.125 USD"},
        {"", "1000.125 USD", "1000.125 USD"},
        {"", "1,234 USD", "ambiguous"},
        {"", "1.234 EUR", "ambiguous"},
        {"1,000.00 USD", "1,234 USD", "1234 USD"},
        {"1.000,00 EUR", "1.234 EUR", "1234 EUR"},
        {"1000.000 KWD", "1.234 KWD", "1.234 KWD"},
        {"1,000.00 USD", "1,234 EUR", "ambiguous"},
        {"1. JPY", "1,234 JPY", "1234 JPY"},
        {"1.000,00 EUR", "1,234.5 EUR", "unreadable"},
        {"", ".5 USD", "0.5 USD"},
        {"", "5. USD", "5 USD"},
        {"", "1,23,456 USD", "unreadable"},
        {"", "1.2.3,4,5 USD", "unreadable"},
        {"", "", "unreadable"},
        {"", "USD", "unreadable"},
        {"", ".", "unreadable"},
        {"", "--5", "unreadable"},
        {"", "5 USD EUR", "unreadable"},
        {"", "USD 5 EUR", "unreadable"},
        {"", "(5 + 5) USD", "unreadable"},
        {"", "1e3 USD", "unreadable"},
        {"", "123456789012345678 USD", "unreadable"},
        {"", "0.0000000000001 USD", "unreadable"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.declared);
        CAPTURE(row.text);
        AmountReader reader;
        if (*row.declared) CHECK(reader.declare(row.declared));
        CHECK(shown(reader.read(row.text)) == row.amount);
    }
}

TEST_CASE("reading: hledger and ledger share their transactions") {
    const char* text =
        "\xEF\xBB\xBF; a comment\n# another\n\n"
        "commodity 1.000,00 EUR\naccount assets:Bank  ; type:A\n    ; alias b\n\n"
        "comment\n2026-01-01 no transaction\nend comment\n"
        "2026-01-31 * (12) Rent  ; project: house\r\n"
        "    ; floor: second one\n"
        "    expenses:Rent of it  1.234,50 EUR ; memo: for (two)\n"
        "    ! assets:Bank\n"
        "2026/2/3 Food\n"
        "\texpenses:Food\t$10\n"
        "\tassets:Cash  $-10 = $90\n";
    for (const auto syntax : {Syntax::hledger, Syntax::ledger})
        CHECK(read(syntax, text) ==
              "2026-01-31 (12) Rent [project=house] [floor=second one]; expenses:Rent of it 1234.50 EUR [memo=for (two)]; assets:Bank\n"
              "2026-02-03 Food; expenses:Food 10 $; assets:Cash -10 $ asserted\n");
    CHECK(read(Syntax::hledger, "decimal-mark ,\n2026-01-01 x\n a  1.000\n b  -1.000,00\n") == "2026-01-01 x; a 1000; b -1000.00\n");
    CHECK(read(Syntax::ledger, "commodity EUR\n    format 1.000,00 EUR\n2026-01-01 x\n a  1.000 EUR\n b\n") ==
          "2026-01-01 x; a 1000 EUR; b\n");
}

TEST_CASE("reading: hledger divides a comment into tags at commas, ledger has one tag in it") {
    const char* text = "2026-01-01 x\n  a  1  ; see one: 1, two: 2, 3\n  b\n";
    CHECK(read(Syntax::hledger, text) == "2026-01-01 x; a 1 [one=1] [two=2]; b\n");
    CHECK(read(Syntax::ledger, text) == "2026-01-01 x; a 1 [one=1, two: 2, 3]; b\n");
}

TEST_CASE("reading: a semicolon begins hledger's comment anywhere, ledger's behind two spaces or a tab") {
    const char* text = "2026-01-01 Rent; May  ; a: b\n  x  1\n  y\n";
    CHECK(read(Syntax::hledger, text) == "2026-01-01 Rent [a=b]; x 1; y\n");
    CHECK(read(Syntax::ledger, text) == "2026-01-01 Rent; May [a=b]; x 1; y\n");
    CHECK(read(Syntax::ledger, "2026-01-01 Rent;\t; a: b\n  x  1\n  y\n") == "2026-01-01 Rent; [a=b]; x 1; y\n");
}

TEST_CASE("reading: escapes are resolved in what this plugin has written, and left alone elsewhere") {
    CHECK(read(Syntax::hledger, "2026-01-01 100%25 wool\n  a  1  ; memo: %2C\n  b\n") == "2026-01-01 100%25 wool; a 1 [memo=%2C]; b\n");
    CHECK(read(Syntax::hledger, "2026-01-01 100%25 wool\n  ; journal: general\n  a  1  ; memo: %2C\n  b\n") ==
          "2026-01-01 100% wool [journal=general]; a 1 [memo=,]; b\n");
}

TEST_CASE("reading: an escape that stands for no text is refused") {
    for (const auto* escape : {"%FF", "%00", "%1B", "%C3%28", "%7F"}) {
        CAPTURE(escape);
        CHECK(read(Syntax::hledger, fmt::format("2026-01-01 x{}\n  ; journal: general\n  a  1\n  b\n", escape)) == "! 1 unreadable_text\n");
        CHECK(read(Syntax::ledger, fmt::format("2026-01-01 x\n  ; journal: general\n  a  1\n  ; memo: {}\n  b\n", escape)) ==
              "! 1 unreadable_text\n");
    }
    CHECK(read(Syntax::hledger, "2026-01-01 x%0A%09%C3%A4\n  ; journal: general\n  a  1\n  b\n") ==
          "2026-01-01 x\n\tä [journal=general]; a 1; b\n");
}

TEST_CASE("reading: beancount's transactions, strings and metadata are read, its other directives passed over") {
    const char* text =
        "option \"title\" \"Us\"\n* A heading\n;; comment\n"
        "2026-01-01 open Assets:Bank USD\n  name: \"x\"\n2026-01-01 commodity USD\n2026-12-31 close Assets:Bank\n"
        "2027-01-01 balance Assets:Bank 5.00 ~ 0.00 USD\n2026-01-01 price EUR 1.1 USD\n"
        "2026-01-31 txn \"Landlord\" \"Rent; \\\"January\\\"\" #house ^lease ; why\n"
        "  number: \"JE-1\"\n  floor: 2\n"
        "  Expenses:Rent  1,900.00 USD ; a comment\n    memo: \"up \\\\ there\"\n"
        "  ! Assets:Bank\n"
        "2026-02-01 ! \"\"\n  Assets:A  5 USD @@ 4 EUR\n  Assets:B  -5 USD @ 1.25 EUR\n";
    CHECK(read(Syntax::beancount, text) ==
          "2026-01-31 (JE-1) Landlord | Rent; \"January\" [floor=2]; Expenses:Rent 1900.00 USD [memo=up \\ there]; Assets:Bank\n"
          "2026-02-01 ; Assets:A 5 USD costs; Assets:B -5 USD costs\n");
}

TEST_CASE("reading: what is not understood is told with its line, and the rest is read") {
    CHECK(
        read(Syntax::hledger,
             "include other.journal\n2026-02-30 x\n  a  1\n  b\n2026-01-01 y\n  a  1x2\n  (b)  1\n  c  1 {2}\n  d  = 5\n  e\n  f  @ 2 EUR\n"
             "2026-01-02 z\n  a  1\n  b  -1\n= expr\n~ monthly\nY2026\n  stray\n\n  stray\n") ==
        "2026-01-02 z; a 1; b -1\n"
        "! 1 unreadable_line\n! 2 unreadable_date\n! 6 unreadable_amount\n! 7 unreadable_line\n! 8 unreadable_amount\n! 9 "
        "unreadable_amount\n"
        "! 11 unreadable_amount\n! 15 unreadable_line\n! 16 unreadable_line\n! 17 unreadable_line\n! 20 unreadable_line\n");
    CHECK(read(Syntax::ledger, "2026-01-01 y\n  a  1,234 USD\n  b\n01/02 z\n  a  1\n  b\n2026-01-01=2026-01-02 z\n  a  1\n  b\n") ==
          "! 2 ambiguous_amount\n! 4 unreadable_date\n! 7 unreadable_date\n");
    CHECK(read(Syntax::beancount,
               "include \"x\"\nplugin \"y\"\n2026-01-01 pad Assets:A Assets:B\n2026-13-01 * \"x\"\n2026-01-01 * \"x\n  Assets:A  1 USD\n"
               "2026-01-01 * \"x\"\n  Assets\n  k: \"v\n  Assets:A  1 USD {2 EUR}\n2026-01-01 * \"a\" \"b\" \"c\"\n2026-01-01 * word\n") ==
          "! 1 unreadable_line\n! 2 unreadable_line\n! 3 unreadable_line\n! 4 unreadable_date\n! 5 unreadable_line\n! 8 unreadable_line\n! "
          "9 unreadable_line\n"
          "! 10 unreadable_amount\n! 11 unreadable_line\n! 12 unreadable_line\n");
    CHECK(read(Syntax::hledger, "2026-01-01 x\n  a\xFF  1\n  a\x01  1\n" + std::string(line_bytes_max + 1, ';') + "\n") ==
          "! 2 unreadable_text\n! 3 unreadable_text\n! 4 unreadable_text\n");
}

TEST_CASE("reading: a file that is too large is not read, and only so many problems are listed") {
    Problems bytes;
    CHECK(read_journal(Syntax::hledger, std::string(bytes_max + 1, '\n'), bytes).empty());
    CHECK(bytes.list().at(0).code == "journal_export.too_large");

    std::string text;
    for (std::size_t i = 0; i < transactions_max; ++i) text += "2026-01-01 x\n a  1\n b\n";
    Problems full;
    CHECK(read_journal(Syntax::ledger, text, full).size() == transactions_max);
    CHECK(full.none());
    CHECK(read_journal(Syntax::ledger, text + "2026-01-01 x\n a  1\n b\n", full).empty());
    CHECK(full.list().at(0).code == "journal_export.too_large");
    CHECK(full.list().at(0).line == 3 * static_cast<std::int64_t>(transactions_max) + 1);

    std::string wrong;
    for (std::size_t i = 0; i < problems_max + 50; ++i) wrong += "wrong\n";
    Problems many;
    read_journal(Syntax::hledger, wrong, many);
    CHECK(many.list().size() == problems_max);
    CHECK(many.count() == problems_max + 50);
}

TEST_CASE("reading: whatever the bytes are, they are read or refused") {
    const std::string journals[] = {
        "commodity 1,000.00 USD\n2026-01-31 * (12) Rent ; a: b, c: d\n    ; journal: general\n    assets:1010 Bank  -1,000.00 USD @@ 5 EUR "
        "= 3 USD\n    x\n\n",
        "option \"title\" \"Us\"\n2026-01-31 * \"Payee\" \"Rent \\\"x\\\"\" #t ^l\n  number: \"JE-1\"\n  Assets:1010-Bank  -1,000.00 USD "
        "@@ 5 EUR\n    memo: \"m\"\n  X:Y\n"};
    const std::string_view alphabet = "0123456789-/.,;:#*!%%%|(){}[]@=\"\\ \t\r\n$abXY\xC3\xA4\xFF\x01~^&+'";
    std::mt19937           random(3);
    std::size_t            entries = 0, problems_found = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        if (i % 2 == 0) {
            for (auto length = random() % 200; length > 0; --length) text += alphabet[random() % alphabet.size()];
        } else {
            text = journals[random() % 2];
            for (auto changes = 1 + random() % 6; changes > 0; --changes) {
                const auto at = random() % text.size();
                switch (random() % 3) {
                    case 0: text[at] = static_cast<char>(random()); break;
                    case 1: text.erase(at, random() % 5); break;
                    default: text.insert(at, 1, alphabet[random() % alphabet.size()]);
                }
            }
        }
        for (const auto syntax : {Syntax::hledger, Syntax::ledger, Syntax::beancount}) {
            Problems problems;
            for (const auto& entry : read_journal(syntax, text, problems)) {
                ++entries;
                REQUIRE(entry.line >= 1);
                REQUIRE(tessera::valid_utf8(entry.memo));
                REQUIRE((!entry.whole || !entry.date.empty()));
                REQUIRE((entry.whole || !problems.none()));
                for (const auto& posting : entry.postings) REQUIRE_FALSE(posting.account.empty());
            }
            problems_found += problems.count();
        }
    }
    CHECK(entries > 10'000);
    CHECK(problems_found > 10'000);
}
