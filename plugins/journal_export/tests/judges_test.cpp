// Books of real documents, added up by programs that know nothing of Tessera: each must find what the trial balance says.

#include "tests/office.h"

#include <financials/open_items.h>

#include <tessera/csv.h>
#include <tessera/text.h>

#include <map>

using namespace journal_export;
using namespace journal_export::tests;

namespace {

// A year of buying in two currencies, a reversal, a year that is closed and the beginning of the next.
class Trading : public Office {
public:
    Trading() : Office({.modules = {"purchasing", "journal_export"}, .today = "2026-03-31"_date}) {
        create("directory.party", R"({"number":"ACME","name":"Acme; \"Parts\", [Ltd]","supplier":true})");
        create("catalog.product", R"({"number":"CHAIN","name":"Chain","unit":"EA"})");
        create("directory.exchange_rate", R"({"base":"EUR","quote":"USD","date":"2025-01-01","rate":"1.1037","closing_rate":"1.1037"})");
        create("directory.exchange_rate", R"({"base":"EUR","quote":"USD","date":"2025-06-01","rate":"1.2011","closing_rate":"1.2011"})");
        create("directory.exchange_rate", R"({"base":"JPY","quote":"USD","date":"2025-01-01","rate":"0.0067","closing_rate":"0.0067"})");
        post("2025-01-01"_date, "Start", {{"1010", "50000.00"}, {"3010", "-50000.00"}}, "opening");
        buy("USD", "10", "12.50", "2025-02-03");
        buy("EUR", "7", "33.33", "2025-03-04");
        buy("EUR", "3", "10.01", "2025-07-01");
        buy("JPY", "5", "1999", "2025-07-02", false);
        post("2025-08-01"_date, "Turn of currencies",
             {{"1010", "120.00", "EUR", "100.00"}, {"1010", "-101.00", "EUR", "-101.00"}, {"7020", "-19.00"}});
        post("2025-09-01"_date, "Sale %3B; {x}", {{"1010", "777.77"}, {"4010", "-777.77", "", "", "with, a: memo [2025-01-01]"}});
        const auto rent = post("2025-10-01"_date, "Rent", {{"6050", "900.00"}, {"1010", "-900.00"}});
        company.run([&](Transaction& tx) { tx.service<financials::Ledger>().reverse(tx, rent, "2025-10-02"_date, "Twice"); });
        post("2025-11-01"_date, "Rent", {{"6050", "901.00"}, {"1010", "-901.00"}});
        run({.verb       = tessera::RecordCommand::Verb::transition,
             .entity     = "financials.fiscal_year",
             .id         = named<financials::FiscalYear>("financials_fiscal_year", "2025").value,
             .body       = R"({"lock_periods":true})",
             .transition = "close"});
        buy("EUR", "1", "5.55", "2026-01-15", false);
        post("2026-02-01"_date, "Rent", {{"6050", "902.00"}, {"1010", "-902.00"}});
    }

    std::int64_t create(std::string entity, std::string body, std::string then = {}) {
        return run({.verb       = tessera::RecordCommand::Verb::create,
                    .entity     = std::move(entity),
                    .body       = std::move(body),
                    .transition = std::move(then)});
    }
    // Ordered, received, invoiced and paid.
    void buy(const std::string& currency, const std::string& quantity, const std::string& price, const std::string& day, bool paid = true) {
        const auto order = create(
            "purchasing.order",
            fmt::format(R"({{"supplier":"ACME","date":"{}","currency":"{}","lines":[{{"product":"CHAIN","quantity":"{}","price":"{}"}}]}})",
                        day, currency, quantity, price),
            "approve");
        const auto line = *company.value<std::int64_t>("SELECT id FROM purchasing_order_line WHERE document = :order", order);
        create("purchasing.goods_receipt",
               fmt::format(R"({{"date":"{}","lines":[{{"order_line":{},"quantity":"{}"}}]}})", day, line, quantity), "post");
        const auto invoice =
            create("purchasing.vendor_invoice",
                   fmt::format(R"({{"supplier_number":"INV-{}","date":"{}","lines":[{{"order_line":{},"quantity":"{}","price":"{}"}}]}})",
                               order, day, line, quantity, price),
                   "post");
        if (!paid) return;
        const auto item   = *company.value<std::int64_t>("SELECT open_item FROM purchasing_vendor_invoice WHERE id = :id", invoice);
        const auto amount = company.load(Id<financials::OpenItem>{item}).open_amount;
        create("financials.payment",
               fmt::format(R"({{"party":"ACME","date":"{}","currency":"{}","lines":[{{"item":{},"amount":"{}"}}]}})", day, currency, item,
                           amount),
               "post");
    }

    // Account by code, what the trial balance says it holds; accounts that hold nothing are left out.
    std::map<std::string, std::string> trial_balance(const std::string& as_of) {
        std::map<std::string, std::string> result;
        const auto                         report = company.report_result("financials.trial_balance", {{"as_of", as_of}});
        for (const auto& row : report.rows) {
            const auto closing = std::get<tessera::Decimal>(row.at(5));
            if (closing.units != 0) result[std::get<std::string>(row.at(0))] = closing.str();
        }
        return result;
    }
    // Account by code, what it holds of another currency, from the lines of the ledger.
    std::map<std::string, std::string> foreign(const std::string& currency, Date as_of) {
        struct Row {
            std::string code{};
            Currency    currency{};
            Money       amount{};
        };
        std::map<std::string, std::string> result;
        company.read([&](const Snapshot& tx) {
            const auto rows = tx.rows<Row>(R"sql(
                SELECT a.code, l.currency, sum(l.foreign_amount)
                  FROM financials_journal_line l JOIN financials_account a ON a.id = l.account
                 WHERE l.currency = :currency AND l.date <= :day
                 GROUP BY a.code, l.currency)sql",
                                           currency, as_of);
            for (const auto& row : rows)
                if (!row.amount.is_zero()) result[row.code] = row.amount.str();
        });
        return result;
    }
};

// "assets:1010 Bank" and "Assets:1010-Bank" are 1010.
std::string code_of(std::string_view name) {
    const auto start = name.find(':') + 1;
    return std::string(name.substr(start, name.find_first_of(" -", start) - start));
}

// "1234.50 USD" of lines "account|amount", nothing of what is 0; a program may drop zeros at the end.
std::map<std::string, std::string> balances(const std::string& printed, char separator, std::string_view currency, int decimals) {
    std::map<std::string, std::string> result;
    tessera::CsvReader                 lines(std::string_view(printed), tessera::CsvHeader::none, separator);
    while (lines.next()) {
        auto text = std::string(tessera::trim(lines[1]));
        if (!text.ends_with(currency)) continue;
        text.resize(text.size() - currency.size());
        const auto units = tessera::parse_decimal(tessera::trim(text), decimals);
        if (units != 0) result[code_of(tessera::trim(lines[0]))] = tessera::format_decimal(units, decimals, decimals);
    }
    return result;
}

struct Span {
    Date first_day{}, last_day{};
};
const Span spans[] = {
    {{}, "2026-03-31"_date}, {{}, "2025-12-31"_date}, {"2025-07-01"_date, "2025-12-30"_date}, {"2026-01-01"_date, "2026-03-31"_date}};

}  // namespace

TEST_CASE("judges: hledger finds the export in order and every account as the trial balance has it") {
    Trading trading;
    CHECK(trading.company.verify() == "");
    for (const auto& span : spans) {
        CAPTURE(span.first_day.str());
        const auto text = trading.exported(Syntax::hledger, span.first_day, span.last_day);
        CHECK(trading.judged("hledger -f {} check", "books.hledger", text) == "");
        CHECK(trading.judged("hledger -f {} check --strict ordereddates accounts commodities balanced assertions", "books.hledger", text) ==
              "");
        const auto expected = trading.trial_balance(span.last_day.str());
        CHECK(expected.size() > 3);
        CHECK(balances(trading.judged("hledger -f {} bal -N --flat -B -O csv", "books.hledger", text), ',', "USD", 2) == expected);
        const auto euros = trading.judged("hledger -f {} bal -N --flat -O csv cur:EUR", "books.hledger", text);
        CHECK(balances(euros, ',', "EUR", 2) == trading.foreign("EUR", span.last_day));
    }
    CHECK(trading.foreign("EUR", "2026-03-31"_date).size() >= 2);
}

TEST_CASE("judges: hledger's totals of the kinds of accounts are those of the balance sheet") {
    Trading    trading;
    const auto text = trading.exported(Syntax::hledger, {}, "2026-03-31"_date);
    for (const auto& [kind, letter] : {std::pair{"asset", "a"}, {"liability", "l"}, {"equity", "e"}, {"income", "r"}, {"expense", "x"}}) {
        CAPTURE(kind);
        const auto printed = trading.judged(fmt::format("hledger -f {{}} bal -N --flat -B -O csv type:{}", letter), "books.hledger", text);
        tessera::Wide sum  = 0;
        for (const auto& [code, amount] : balances(printed, ',', "USD", 2)) sum += tessera::parse_decimal(amount, 2);
        const auto expected = trading.company
                                  .value<std::int64_t>(
                                      "SELECT sum(l.amount) FROM financials_journal_line l JOIN financials_account a ON a.id = l.account "
                                      "WHERE a.kind = :kind",
                                      std::string(kind))
                                  .value_or(0);
        CHECK(static_cast<std::int64_t>(sum) == expected);
    }
}

TEST_CASE("judges: ledger, at its most pedantic, finds every account as the trial balance has it") {
    Trading trading;
    for (const auto& span : spans) {
        CAPTURE(span.first_day.str());
        const auto text    = trading.exported(Syntax::ledger, span.first_day, span.last_day);
        const auto printed = trading.judged(
            "ledger --args-only --pedantic --explicit -f {} -B bal --flat --no-total --balance-format "
            "'%(account)|%(scrub(display_total))\\n'",
            "books.ledger", text);
        CHECK(balances(printed, '|', "USD", 2) == trading.trial_balance(span.last_day.str()));
        const auto euros = trading.judged(
            "ledger --args-only -f {} bal --flat --no-total --limit 'commodity == \"EUR\"' --balance-format "
            "'%(account)|%(scrub(display_total))\\n'",
            "books.ledger", text);
        CHECK(balances(euros, '|', "EUR", 2) == trading.foreign("EUR", span.last_day));
    }
}

TEST_CASE("judges: beancount finds the export in order and every account as the trial balance has it") {
    Trading trading;
    for (const auto& span : spans) {
        CAPTURE(span.first_day.str());
        const auto text = trading.exported(Syntax::beancount, span.first_day, span.last_day);
        CHECK(trading.judged("bean-check {}", "books.beancount", text) == "");
        const auto printed =
            trading.judged("bean-query -f csv {} 'SELECT account, sum(weight) GROUP BY account ORDER BY account'", "books.beancount", text);
        CHECK(balances(printed, ',', "USD", 2) == trading.trial_balance(span.last_day.str()));
        const auto units = trading.judged(
            "bean-query -f csv {} \"SELECT account, sum(units(position)) WHERE currency = 'EUR' GROUP BY account ORDER BY account\"",
            "books.beancount", text);
        CHECK(balances(units, ',', "EUR", 2) == trading.foreign("EUR", span.last_day));
    }
}

TEST_CASE("judges: a wrong balance is found by each of them, so their silence means something") {
    Office office;
    office.post("2026-01-31"_date, "Rent", {{"6050", "900.00"}, {"1010", "-900.00"}});
    const auto wrong = [&](Syntax syntax, const std::string& right, const std::string& instead) {
        auto       text = office.exported(syntax);
        const auto at   = text.rfind(right);
        REQUIRE(at != std::string::npos);
        return text.replace(at, right.size(), instead);
    };
    CHECK(office.judged("hledger -f {} check", "wrong.hledger", wrong(Syntax::hledger, "= 900.00", "= 900.01")).starts_with("exit 1"));
    CHECK(office.judged("ledger -f {} bal", "wrong.ledger", wrong(Syntax::ledger, "= 900.00", "= 900.01")).starts_with("exit 1"));
    CHECK(office.judged("bean-check {}", "wrong.beancount", wrong(Syntax::beancount, "900.00 ~", "900.01 ~")).starts_with("exit 1"));
}

TEST_CASE("judges: texts and names full of what means something to the three are taken as they are") {
    Office            office;
    std::vector<Side> sides;
    const std::string names[] = {"; * ! (x) [y] {z}",
                                 "a  b\tc",
                                 "%3B %",
                                 "\"quoted\" \\ back",
                                 "= 5 @ 3 @@ 2",
                                 "Gebäude Süd ДокуЖ 語 \u00A0 \u3000 😀",
                                 ":colon: type:X",
                                 "-- dash --20 X",
                                 "x, date:2020-01-01",
                                 "# hash ~ tilde | pipe",
                                 "' apostrophe & < >",
                                 "  both  "};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        const auto code = fmt::format("{}{}", i % 3 == 0 ? "z" : i % 3 == 1 ? "X 8" : "9", i);
        office.company.insert(Account{.code = code, .name = names[i], .kind = static_cast<financials::Kind>(i % 5)});
        office.post("2026-01-31"_date, names[i], {{code, "1.00", "", "", names[i]}, {"1010", "-1.00"}});
    }
    CHECK(office.judged("hledger -f {} check --strict ordereddates accounts commodities", "names.hledger",
                        office.exported(Syntax::hledger)) == "");
    CHECK(office.judged("ledger --args-only --pedantic -f {} bal >/dev/null", "names.ledger", office.exported(Syntax::ledger)) == "");
    CHECK(office.judged("bean-check {}", "names.beancount", office.exported(Syntax::beancount)) == "");
    for (const auto& [command, file, syntax] : {std::tuple{"hledger -f {} bal -N --flat -O csv", "names.hledger", Syntax::hledger}}) {
        const auto         printed = office.judged(command, file, office.exported(syntax));
        tessera::CsvReader lines{std::string_view(printed)};
        int                accounts = 0;
        while (lines.next()) ++accounts;
        CHECK(accounts == static_cast<int>(std::size(names)) + 1);
    }
}

TEST_CASE("judges: books without decimals and with six are exact to each of them") {
    for (const auto& [currency, decimals, amount, foreign] : {std::tuple{"JPY", 0, "1001", "7.00"}, {"USD", 6, "33.333333", "31.01"}}) {
        Office office({.modules = {"journal_export"}, .currency = currency, .decimals = decimals});
        office.post("2026-01-31"_date, "Fare", {{"6100", amount, "EUR", foreign}, {"1010", fmt::format("-{}", amount)}});
        CHECK(office.judged("hledger -f {} check --strict commodities", "books.hledger", office.exported(Syntax::hledger)) == "");
        CHECK(office.judged("ledger --args-only --pedantic -f {} bal >/dev/null", "books.ledger", office.exported(Syntax::ledger)) == "");
        CHECK(office.judged("bean-check {}", "books.beancount", office.exported(Syntax::beancount)) == "");
        const auto printed = office.judged("hledger -f {} bal -N --flat -B -O csv", "books.hledger", office.exported(Syntax::hledger));
        CHECK(balances(printed, ',', currency, decimals).at("6100") == amount);
    }
}
