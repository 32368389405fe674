// Files that others wrote, against what others read in them (genkgo/camt, wolph/mt940, csingley/ofxtools), and what no
// bank may write.

#include "bank/statement_file.h"

#include <tessera/csv.h>
#include <tessera/refused.h>

#include <doctest/doctest.h>
#include <boost/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

using namespace financials::bank;
using tessera::Date;

namespace {

std::filesystem::path shared_dir() {
    if (const auto* named = std::getenv("TESSERA_SHARED_DIR")) return named;
    return TESSERA_SHARED_DIR;
}
std::filesystem::path files() { return shared_dir() / "data" / "bank"; }

std::string read_file(const std::filesystem::path& path) {
    std::ifstream      file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string refusal(std::string_view bytes) {
    try {
        read_statements(bytes, "statement");
    } catch (const tessera::Refused& refused) {
        return refused.code() + ": " + refused.sentence();
    }
    return {};
}

Amount amount(std::string_view text) { return Amount::parse(text); }

std::string base64(std::string_view text) {
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string                       bytes;
    unsigned                          bits = 0, count = 0;
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == alphabet.npos) break;
        bits = bits << 6 | static_cast<unsigned>(value);
        count += 6;
        if (count >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 0xFF);
    }
    return bytes;
}

// What wolph/mt940 read of one entry: its YAML is objects of Python, whose days are two bytes of year, month, day.
struct Expected {
    std::string amount{}, status{}, reference{};
    Date        date{};
};
std::vector<Expected> expected_of(const std::filesystem::path& yml) {
    std::ifstream         file(yml);
    std::vector<Expected> all;
    bool                  inside = false;
    std::string           awaited;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("- !!python/object:mt940.models.Transaction")) all.emplace_back();
        if (line.starts_with("transactions:")) inside = true;
        if (!inside || all.empty()) continue;
        auto& last = all.back();
        if (line.starts_with("    amount: ")) awaited = "amount";
        if (line.starts_with("    entry_date: !!python")) awaited = "date";
        if (line.starts_with("    date: !!python") && last.date.empty()) awaited = "date";
        if (line.starts_with("      - '") && awaited == "amount") last.amount = line.substr(9, line.rfind('\'') - 9);
        if (line.starts_with("      B") && awaited == "date") {
            const auto bytes = base64(line.substr(6));
            const auto at    = [&](std::size_t i) { return static_cast<unsigned char>(bytes.at(i)); };
            last.date        = Date(at(0) * 256 + at(1), at(2), at(3));
        }
        if (line.starts_with("    status: ")) last.status = line.substr(12);
        if (line.starts_with("    customer_reference: ")) last.reference = line.substr(24);
    }
    return all;
}

}  // namespace

TEST_CASE("bank statement: every camt file gives the balances and sums that were computed for it") {
    const auto text = read_file(files() / "expected-camt.csv");
    REQUIRE_FALSE(text.empty());
    tessera::CsvReader                 rows(text);
    std::map<std::string, std::size_t> seen;
    int                                checked = 0;
    while (rows.next()) {
        const std::string file(rows["file"]);
        CAPTURE(file);
        const auto statements = read_statements(read_file(files() / file), file);
        const auto at         = seen[file]++;
        REQUIRE(at < statements.size());
        const auto& statement = statements[at];
        CHECK(statement.notice == (rows["message"].find("camt.054") != std::string_view::npos));
        CHECK(statement.number == rows["statement_id"]);
        CHECK(statement.account == rows["account"]);
        if (!rows["currency"].empty()) CHECK(statement.currency == rows["currency"]);
        CHECK(statement.opening.has_value() == !rows["opening"].empty());
        if (statement.opening) CHECK(*statement.opening == amount(rows["opening"]));
        if (statement.closing) CHECK(*statement.closing == amount(rows["closing"]));
        Amount credits, debits;
        for (const auto& entry : statement.entries) (entry.amount.is_negative() ? debits : credits) += entry.amount.magnitude();
        CHECK(credits == amount(rows["credits"]));
        CHECK(debits == amount(rows["debits"]));
        if (statement.opening && statement.closing)
            CHECK((*statement.opening + credits - debits == *statement.closing) == (rows["opening_plus_entries_is_closing"] == "yes"));
        ++checked;
    }
    CHECK(checked == 17);
    for (const auto& [file, count] : seen) CHECK(read_statements(read_file(files() / file), file).size() == count);
}

TEST_CASE("bank statement: camt entries are those of genkgo/camt, day by day") {
    int checked = 0;
    for (const auto& file : std::filesystem::directory_iterator(files() / "camt-genkgo")) {
        if (file.path().extension() != ".json") continue;
        auto xml = file.path();
        CAPTURE(xml.filename().string());
        std::map<std::string, std::int64_t> expected, read;
        const auto                          parsed = boost::json::parse(read_file(file.path()));
        for (const auto& entry : parsed.at("getEntries").as_array()) {
            const auto  minor  = std::stoll(std::string(entry.at("getAmount").at("getAmount").as_string()));
            const bool  debit  = entry.at("getCreditDebitIndicator").as_string() == "DBIT";
            const auto& booked = entry.at("getBookingDate");
            const auto& day    = booked.is_null() ? entry.at("getValueDate") : booked;
            expected[day.is_null() ? std::string{} : std::string(day.at("0").as_string()).substr(0, 10)] +=
                debit ? -std::abs(minor) : minor;
        }
        // Of several statements it lists the entries of the last.
        const auto statement = read_statements(read_file(xml.replace_extension(".xml")), "camt").back();
        for (const auto& entry : statement.entries) read[entry.date.str()] += entry.amount.raw() / 10'000;
        CHECK(read == expected);
        ++checked;
    }
    CHECK(checked == 16);
}

TEST_CASE("bank statement: a camt entry says who paid, from where and what for, in every version") {
    for (const char* version : {"camt053.v2.minimal.xml", "camt053.v3.xml", "camt053.v4.xml", "camt053.v8.xml"}) {
        CAPTURE(version);
        const auto statements = read_statements(read_file(files() / "camt-genkgo" / version), version);
        REQUIRE(statements.size() == 1);
        const auto& entry = statements[0].entries.at(0);
        CHECK(entry.counterparty == "NAME NAME");
        CHECK(entry.account == "NL56AGDH9619008421");
        CHECK(entry.reference.find("4654654654654654") != std::string::npos);
    }
    CHECK(
        refusal(read_file(files() / "camt-genkgo" / "camt053.v2.wrong.xml")) ==
        "financials.statement_unreadable: To read this statement, have the bank write it again: line 1: the file has no statement in it.");
}

TEST_CASE("bank statement: every MT940 file gives the entries that wolph/mt940 read in it") {
    int checked = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(files() / "mt940")) {
        if (file.path().extension() != ".sta") continue;
        auto       yml      = file.path();
        const auto expected = expected_of(yml.replace_extension(".yml"));
        CAPTURE(file.path().filename().string());
        ++checked;
        std::vector<Entry> entries;
        try {
            for (const auto& statement : read_statements(read_file(file.path()), "mt940"))
                std::ranges::copy(statement.entries, std::back_inserter(entries));
        } catch (const tessera::Refused& refused) {
            CHECK(refused.code() == "financials.statement_unreadable");
            CHECK(expected.empty());
            continue;
        }
        REQUIRE(entries.size() == expected.size());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            CAPTURE(i);
            // A reversed credit takes money away and a reversed debit brings it back, as the closing balances of these files say.
            const auto sign = expected[i].status == "RC" || expected[i].status == "RD" ? -1 : 1;
            CHECK(entries[i].amount.raw() == sign * amount(expected[i].amount).raw());
            CHECK(entries[i].date == expected[i].date);
        }
    }
    CHECK(checked == 41);
}

TEST_CASE("bank statement: MT940 balances tie, and German purposes are taken apart") {
    const auto statements = read_statements(read_file(files() / "mt940" / "betterplace" / "sepa_mt9401.sta"), "sta");
    REQUIRE(statements.size() > 1);
    for (const auto& statement : statements) {
        Amount sum;
        for (const auto& entry : statement.entries) sum += entry.amount;
        CAPTURE(statement.number);
        REQUIRE(statement.opening);
        REQUIRE(statement.closing);
        CHECK(*statement.opening + sum == *statement.closing);
    }
    const auto one = read_statements(
        ":20:X\n:25:DE1/2\n:60F:C260101EUR10,\n:61:2601020102C5,NTRFNONREF//B-77\n:86:166?00CREDIT?20EREF+E-1SVWZ+In"
        "v?21oice 12?31DE89370400440532013000?32ANNA?33 BERG\n:62F:C260102EUR15,00\n-\n",
        "x");
    REQUIRE(one.size() == 1);
    const auto& entry = one[0].entries.at(0);
    CHECK(entry.amount.str() == "5");
    CHECK(entry.counterparty == "ANNA BERG");
    CHECK(entry.account == "DE89370400440532013000");
    CHECK(entry.reference == "E-1");
    CHECK(entry.text == "Invoice 12");
    CHECK(entry.bank_id == "B-77");
    CHECK(one[0].opening->str() == "10");
    CHECK(one[0].closing->str() == "15");
}

TEST_CASE("bank statement: OFX of both kinds, also with a comma") {
    for (const char* name : {"stmtrs.ofx", "stmtrs_euro.ofx"}) {
        CAPTURE(name);
        const auto statements = read_statements(read_file(files() / "ofx" / name), name);
        REQUIRE(statements.size() == 1);
        CHECK(statements[0].account == "999988");
        CHECK(statements[0].currency == "USD");
        CHECK(statements[0].closing->str() == "200.29");
        REQUIRE(statements[0].entries.size() == 2);
        CHECK(statements[0].entries[0].amount.str() == "-200");
        CHECK(statements[0].entries[0].bank_id == "00002");
        CHECK(statements[0].entries[1].date == Date(2005, 10, 20));
    }
    const auto card = read_statements(read_file(files() / "ofx" / "br_nubank_cc.ofx"), "card");
    REQUIRE(card.size() == 1);
    CHECK(card[0].currency == "BRL");
    CHECK(card[0].entries.size() == 6);
    Amount sum;
    for (const auto& entry : card[0].entries) sum += entry.amount;
    CHECK(sum.str() == "-1280.91");
    CHECK(sum == *card[0].closing);
    for (const char* name : {"profrs.ofx", "invstmtrs.ofx"})
        CHECK(refusal(read_file(files() / "ofx" / name)).find("has no statement in it") != std::string::npos);
}

TEST_CASE("bank statement: CSV by the names of its columns, its balances prove it") {
    const auto read = [](const char* text) { return read_statements(text, "csv"); };
    const auto up =
        read("Date;Amount;Balance;Name;IBAN;Description\n31.01.2026;1.234,50;1.244,50;Anna;DE1;Inv 1\n01.02.2026;-44,50;1.200,00;;;Fee\n");
    REQUIRE(up.size() == 1);
    CHECK(up[0].opening->str() == "10");
    CHECK(up[0].closing->str() == "1200");
    CHECK(up[0].entries[0].counterparty == "Anna");
    CHECK(up[0].entries[1].text == "Fee");
    const auto down = read("date,amount,balance\n2026-02-01,-44.50,1200.00\n2026-01-31,\"1,234.50\",1244.50\n");
    CHECK(down[0].opening->str() == "10");
    CHECK(down[0].entries[0].amount.str() == "1234.5");
    const auto split = read("date,debit,credit,currency\n2026-02-01,5.00,,EUR\n2026-02-02,,7.00,EUR\n");
    CHECK(split[0].entries[0].amount.str() == "-5");
    CHECK(split[0].entries[1].amount.str() == "7");
    CHECK(split[0].currency == "EUR");
    CHECK_FALSE(split[0].opening);
    const auto says = [&](const std::string& text, const char* what) {
        CAPTURE(text);
        CHECK(refusal(text).find(what) != std::string::npos);
    };
    says("a,b\n1,2\n", "line 1: a table of bank lines has the columns date and amount");
    says("date,amount\n2026-02-01,\"1,234\"\n", "line 2: \"1,234\" may be thousands");
    says("date,amount\n2026-02-01,12x\n", "line 2: \"12x\" is no amount");
    says("date,amount\n2026-02-30,12\n", "line 2: \"2026-02-30\" is no day");
    says("date,amount\n02/01/2026,12\n", "line 2: \"02/01/2026\" is no day");
    says("date,amount,balance\n2026-02-01,1,10\n2026-02-02,1,12\n", "do not follow");
    says("date,debit,credit\n2026-02-01,1,1\n", "line 2: give either");
    says("date,amount,currency\n2026-02-01,1,EUR\n2026-02-02,1,USD\n", "line 3: the currency USD");
    says("", "line 1: a table of bank lines");
}

TEST_CASE("bank statement: what cannot be read names the line") {
    const auto says = [&](const std::string& text, const char* what) {
        CAPTURE(text);
        CHECK(refusal(text).find(what) != std::string::npos);
    };
    says("<?xml version=\"1.0\"?>\n<Document>\n<BkToCstmrStmt>\n</Document>", "line 4: ");
    says("<Document>\n<M><Stmt>\n<Ntry>\n<Amt Ccy=\"EUR\">x</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry></Stmt></M></Document>",
         "line 4: \"x\" is no amount");
    says("<Document><M><Stmt>\n<Ntry><Amt>1</Amt></Ntry></Stmt></M></Document>", "line 2: it does not say whether");
    says(":20:X\n:60F:X260101EUR1,00\n", "line 2: the balance");
    says(":20:X\n:61:2613010101C1,00NTRF\n", "line 2: \"261301\" is no day of the calendar");
    says(":20:X\n:61:260101X1,00NTRF\n", "line 2: the entry");
    says("<OFX><STMTRS><BANKTRANLIST>\n<STMTTRN><TRNAMT>1\n", "ends within a statement");
    says("<OFX><STMTRS>\n<STMTTRN><TRNAMT>1.x</TRNAMT>", "line 2: \"1.x\" is no amount");
}

// A reader meets what comes over the wire: it reads or refuses, whatever is cut out of a file or changed in it.
TEST_CASE("bank statement: damaged files are read or refused, never more") {
    std::mt19937 random(940);
    int          refused = 0, read = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(files())) {
        const auto kind = file.path().extension();
        if (kind != ".xml" && kind != ".sta" && kind != ".ofx") continue;
        const auto whole = read_file(file.path());
        for (int round = 0; round < 40 && !whole.empty(); ++round) {
            auto       text = whole;
            const auto at   = random() % text.size();
            if (round % 3 == 0) text.resize(at);
            if (round % 3 == 1) text[at] = static_cast<char>(random());
            if (round % 3 == 2) text.erase(at, random() % 20 + 1);
            (refusal(text).empty() ? read : refused) += 1;
        }
    }
    CHECK(read > 500);
    CHECK(refused > 100);
}
