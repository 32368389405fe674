#include "tests/office.h"

#include "write/books_text.h"

#include <tessera/accounts.h>

using namespace journal_export;
using namespace journal_export::tests;

namespace {

// Without the declarations of the chart, which every file has.
std::string from(const std::string& text, const std::string& start) {
    const auto at = text.find(start);
    return at == std::string::npos ? "" : text.substr(at);
}

void post_rent(Office& office) {
    office.post("2026-01-01"_date, "Start", {{"1010", "1000.00"}, {"3010", "-1000.00"}}, "opening");
    office.post("2026-02-28"_date, "Rent; \"February\"", {{"6050", "110.00", "EUR", "100.00", "2nd floor, left"}, {"1010", "-110.00"}});
}

}  // namespace

TEST_CASE("export: an entry is a transaction with its number, source and memos, and every account's end is asserted") {
    Office office;
    post_rent(office);
    CHECK(from(office.exported(Syntax::hledger), "\n2026-01-01") ==
          "\n2026-01-01 * (JE-2026-00001) Start\n"
          "    ; journal: opening\n"
          "    ; source: tests.document 7\n"
          "    assets:1010 Bank    1000.00 USD\n"
          "    equity:3010 Share capital    -1000.00 USD\n"
          "\n2026-02-28 * (JE-2026-00002) Rent%3B \"February\"\n"
          "    ; journal: general\n"
          "    ; source: tests.document 7\n"
          "    expenses:6050 Rent    100.00 EUR @@ 110.00 USD\n"
          "    ; memo: 2nd floor%2C left\n"
          "    assets:1010 Bank    -110.00 USD\n"
          "\n2026-12-31 * Balances\n"
          "    assets:1010 Bank    0.00 USD = 890.00 USD\n"
          "    equity:3010 Share capital    0.00 USD = -1000.00 USD\n"
          "    expenses:6050 Rent    0.00 USD = 0.00 USD\n"
          "    expenses:6050 Rent    0.00 EUR = 100.00 EUR\n");
    const auto ledger = office.exported(Syntax::ledger);
    CHECK(from(ledger, "\n2026-01-01") == from(office.exported(Syntax::hledger), "\n2026-01-01"));
    CHECK(ledger.find("commodity USD\n    format 1000.00 USD\ncommodity EUR\n    format 1000.00 EUR\n") != std::string::npos);
    CHECK(ledger.find("\naccount assets:1010 Bank\n") != std::string::npos);
    CHECK(from(office.exported(Syntax::beancount), "\n2026-01-01 * ") ==
          "\n2026-01-01 * \"Start\"\n"
          "  number: \"JE-2026-00001\"\n"
          "  journal: \"opening\"\n"
          "  source: \"tests.document 7\"\n"
          "  Assets:1010-Bank    1000.00 USD\n"
          "  Equity:3010-Share-capital    -1000.00 USD\n"
          "\n2026-02-28 * \"Rent; \\\"February\\\"\"\n"
          "  number: \"JE-2026-00002\"\n"
          "  journal: \"general\"\n"
          "  source: \"tests.document 7\"\n"
          "  Expenses:6050-Rent    100.00 EUR @@ 110.00 USD\n"
          "    memo: \"2nd floor, left\"\n"
          "  Assets:1010-Bank    -110.00 USD\n"
          "\n2027-01-01 balance Assets:1010-Bank    890.00 ~ 0.00 USD\n"
          "2027-01-01 balance Equity:3010-Share-capital    -1000.00 ~ 0.00 USD\n"
          "2027-01-01 balance Expenses:6050-Rent    0.00 ~ 0.00 USD\n"
          "2027-01-01 balance Expenses:6050-Rent    100.00 ~ 0.00 EUR\n");
}

TEST_CASE("export: accounts and currencies are declared with their kinds and the books' decimals") {
    Office office({.modules = {"journal_export"}, .decimals = 4});
    office.post("2026-01-01"_date, "Start", {{"1010", "1.2345"}, {"3010", "-1.2345"}});
    const auto hledger = office.exported(Syntax::hledger);
    CHECK(hledger.find("decimal-mark .\ncommodity 1000.0000 USD\n\n") != std::string::npos);
    CHECK(hledger.find("\naccount assets:1010 Bank  ; type:A\n") != std::string::npos);
    CHECK(hledger.find("\naccount liabilities:2010 Trade payables  ; type:L\n") != std::string::npos);
    CHECK(hledger.find("\naccount equity:3010 Share capital  ; type:E\n") != std::string::npos);
    CHECK(hledger.find("\naccount income:4010 Sales of goods  ; type:R\n") != std::string::npos);
    CHECK(hledger.find("\naccount expenses:6050 Rent  ; type:X\n") != std::string::npos);
    CHECK(hledger.find("1000 Current assets") == std::string::npos);  // a heading takes no entries
    CHECK(hledger.find("    assets:1010 Bank    1.2345 USD\n") != std::string::npos);
    const auto beancount = office.exported(Syntax::beancount);
    CHECK(beancount.find("option \"inferred_tolerance_default\" \"USD:0.00001\"\n") != std::string::npos);
    CHECK(beancount.find("\n2026-01-01 open Assets:1010-Bank\n  code: \"1010\"\n  name: \"Bank\"\n") != std::string::npos);

    Office yen({.modules = {"journal_export"}, .currency = "JPY"});
    yen.post("2026-01-01"_date, "Start", {{"1010", "5"}, {"3010", "-5"}});
    CHECK(yen.exported(Syntax::hledger).find("commodity 1000. JPY\n") != std::string::npos);
    CHECK(yen.exported(Syntax::ledger).find("commodity JPY\n    format 1000 JPY\n") != std::string::npos);
}

TEST_CASE("export: what was before the span becomes opening balances, and the ends do not change") {
    Office office;
    post_rent(office);
    office.post("2026-03-31"_date, "Sale", {{"1010", "50.00"}, {"4010", "-50.00"}});
    CHECK(from(office.exported(Syntax::hledger, "2026-03-01"_date, "2026-03-31"_date), "\n2026-02-28") ==
          "\n2026-02-28 * Opening balances\n"
          "    ; journal: opening\n"
          "    assets:1010 Bank    890.00 USD\n"
          "    equity:3010 Share capital    -1000.00 USD\n"
          "    expenses:6050 Rent    100.00 EUR @@ 110.00 USD\n"
          "\n2026-03-31 * (JE-2026-00003) Sale\n"
          "    ; journal: general\n"
          "    ; source: tests.document 7\n"
          "    assets:1010 Bank    50.00 USD\n"
          "    income:4010 Sales of goods    -50.00 USD\n"
          "\n2026-03-31 * Balances\n"
          "    assets:1010 Bank    0.00 USD = 940.00 USD\n"
          "    equity:3010 Share capital    0.00 USD = -1000.00 USD\n"
          "    income:4010 Sales of goods    0.00 USD = -50.00 USD\n"
          "    expenses:6050 Rent    0.00 USD = 0.00 USD\n"
          "    expenses:6050 Rent    0.00 EUR = 100.00 EUR\n");
}

TEST_CASE("export: an amount of another currency that is worth nothing, or less, is written beside its worth") {
    Office office;
    // 100 EUR came at 1.20 and 101 EUR went at 1.00: -1 EUR is worth 19.00.
    office.post("2026-01-01"_date, "Turn",
                {{"1010", "120.00", "EUR", "100.00"}, {"1010", "-101.00", "EUR", "-101.00"}, {"7020", "-19.00"}});
    CHECK(from(office.exported(Syntax::hledger), "    assets:1010 Bank    -1.00") ==
          "    assets:1010 Bank    -1.00 EUR @@ 0.00 USD\n"
          "    assets:1010 Bank    19.00 USD\n"
          "    expenses:7020 Exchange differences    -19.00 USD\n"
          "\n2026-12-31 * Balances\n"
          "    assets:1010 Bank    0.00 USD = 19.00 USD\n"
          "    assets:1010 Bank    0.00 EUR = -1.00 EUR\n"
          "    expenses:7020 Exchange differences    0.00 USD = -19.00 USD\n");
}

TEST_CASE("export: a reversal names what it reverses") {
    Office     office;
    const auto rent = office.post("2026-01-31"_date, "Rent", {{"6050", "9.00"}, {"1010", "-9.00"}});
    office.company.run([&](Transaction& tx) { tx.service<financials::Ledger>().reverse(tx, rent, "2026-02-01"_date, "Twice"); });
    CHECK(from(office.exported(Syntax::hledger), "\n2026-02-01")
              .starts_with("\n2026-02-01 * (JE-2026-00002) Reversal of JE-2026-00001: Twice\n"
                           "    ; journal: general\n    ; source: tests.document 7\n"
                           "    ; reverses: JE-2026-00001\n"));
}

TEST_CASE("export: the same books give the same bytes, and later entries do not change what was written") {
    Office office;
    post_rent(office);
    const auto first = office.written({.format = Syntax::beancount, .last_day = "2026-12-31"_date});
    const auto text  = office.file_of(first);
    CHECK(office.exported(Syntax::beancount) == text);
    office.post("2026-03-01"_date, "Late", {{"1010", "1.00"}, {"4010", "-1.00"}});
    CHECK(office.file_of(first) == text);
    CHECK(office.exported(Syntax::beancount) != text);
    CHECK(office.exported(Syntax::beancount, {}, "2026-02-28"_date).find("Late") == std::string::npos);
}

TEST_CASE("export: the document tells the span, the file and how many entries it has") {
    Office office;
    post_rent(office);
    const auto id      = office.written({.format = Syntax::ledger});
    const auto written = office.company.load(id);
    CHECK(written.first_day == "2026-01-01"_date);
    CHECK(written.last_day == "2026-06-15"_date);  // the business day of the command
    CHECK(written.entries == 2);
    CHECK(written.file == "books_2026-01-01_2026-06-15.ledger");
    CHECK(written.state == ExportState::written);
    CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(id, "write"); }) == "kernel.wrong_state");
}

TEST_CASE("export: books without entries give the chart alone") {
    Office     office;
    const auto id = office.written({.format = Syntax::hledger});
    CHECK(office.company.load(id).entries == 0);
    CHECK(office.file_of(id).ends_with("account expenses:7900 Income taxes  ; type:X\n"));
}

TEST_CASE("export: a span whose days are reversed is refused, when it is entered and when it turns out so") {
    Office office;
    CHECK(office.company.refusal([](Transaction& tx) {
        tx.insert(Export{.first_day = "2026-02-01"_date, .last_day = "2026-01-31"_date});
    }) == "journal_export.dates_reversed");
    const auto id = office.company.insert(Export{.first_day = "2026-07-01"_date});
    CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(id, "write"); }) == "journal_export.dates_reversed");
    CHECK(office.company.load(id).state == ExportState::draft);
}

TEST_CASE("export: books that do not balance are not written") {
    Office office;
    post_rent(office);
    office.company.run(
        [](Transaction& tx) { tessera::testing::damage(tx, "UPDATE financials_journal_line SET amount = amount + 1 WHERE id = 1"); });
    for (const auto first_day : {Date{}, "2026-02-01"_date}) {
        const auto id = office.company.insert(Export{.first_day = first_day});
        CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(id, "write"); }) == "journal_export.books_damaged");
    }
    CHECK(office.count("attachments_attachment") == 0);
}

TEST_CASE("export: a span of too many lines is refused before it is read") {
    Office office;
    post_rent(office);
    const auto written = [&](std::int64_t lines_max) {
        return office.company.refusal([&](Transaction& tx) { books_text(tx, {.last_day = "2026-12-31"_date, .lines_max = lines_max}); });
    };
    CHECK(written(4) == "");
    CHECK(written(3) == "journal_export.too_large");
}

TEST_CASE("export: writing takes the permission to write, and seeing the ledger") {
    Office     office;
    const auto id = office.company.insert(Export{});
    const auto as = [&](std::vector<std::string> granted) {
        tessera::RecordCommand command{
            .verb = tessera::RecordCommand::Verb::transition, .entity = "journal_export.export", .id = id.value, .transition = "write"};
        command.info.actor = {.name = "clerk", .permissions = tessera::Permissions::of(std::move(granted))};
        try {
            office.run(command);
        } catch (const tessera::Refused& refused) {
            return refused.code();
        }
        return std::string();
    };
    CHECK(as({"financials.read", "journal_export.import"}) == "kernel.not_permitted");
    CHECK(as({"journal_export.write", "journal_export.read"}) == "kernel.not_permitted");
    CHECK(as({"journal_export.write", "financials.read"}) == "");
}

TEST_CASE("export: who sees a part of the records only does not export them all") {
    Office office;
    post_rent(office);
    const auto id = office.company.insert(Export{});
    office.company.run([](Transaction& tx) {
        using enum tessera::access::Comparison;
        tessera::access::Role role{
            .name        = "Auditor of two accounts",
            .permissions = {{.permission = "*"}},
            .rules       = {{.entity = "financials.account", .field = "code", .operation = in, .value = "1010,6050"}}};
        tx.insert(tessera::access::User{.name = "ada", .roles = {{.role = tx.insert(role)}}});
    });
    tessera::access::Accounts accounts(office.company.suite());
    tessera::RecordCommand    command{
           .verb = tessera::RecordCommand::Verb::transition, .entity = "journal_export.export", .id = id.value, .transition = "write"};
    command.info.actor = accounts.recognise(accounts.make_token({}, "ada", "test", {"*"}, {}).key)->actor;
    std::string code;
    try {
        office.run(command);
    } catch (const tessera::Refused& refused) {
        code = refused.code();
    }
    CHECK(code == "journal_export.partly_seen");
    CHECK(office.count("attachments_attachment") == 0);
}
