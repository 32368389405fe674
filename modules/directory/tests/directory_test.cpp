#include <directory/records.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

using namespace directory;
using tessera::Snapshot;
using tessera::Transaction;
using tessera::operator""_date;

TEST_CASE("directory: a new database knows its company and the main currencies") {
    tessera::testing::Company company{"directory"};
    CHECK(company.value<std::int64_t>("SELECT count(*) FROM directory_company") == 1);
    CHECK(company.value<std::string>("SELECT name FROM directory_currency WHERE code = 'EUR'") == "Euro");
    CHECK(company.refusal([](Transaction& tx) { tx.insert(Company{.name = "Second"}); }) == "directory.company_exists");
}

TEST_CASE("directory: a party gets a number when it has none, and two never share one") {
    tessera::testing::Company company{"directory"};
    const auto                first  = company.insert(Party{.name = "Superior Bicycles", .supplier = true});
    const auto                second = company.insert(Party{.number = "ACME", .name = "Acme"});
    CHECK(company.load(first).number == "P00001");
    CHECK(company.load(second).number == "ACME");
    CHECK(company.load(second).currency.code() == "USD");
    CHECK(company.refusal([](Transaction& tx) { tx.insert(Party{.number = "ACME", .name = "Other"}); }) ==
          "kernel.duplicate");
    CHECK(company.refusal([](Transaction& tx) { tx.insert(Party{.name = "Odd", .rating = 9}); }) ==
          "directory.rating_out_of_range");
}

TEST_CASE("directory: a generated number steps aside for one that was given by hand") {
    tessera::testing::Company company{"directory"};
    company.insert(Party{.number = "P00002", .name = "By hand"});
    CHECK(company.load(company.insert(Party{.name = "Made"})).number == "P00003");
}

TEST_CASE("directory: a bank account with a wrong IBAN is refused, a sound one is kept compact") {
    tessera::testing::Company company{"directory"};
    const auto                party = company.insert(Party{.name = "Superior Bicycles"});
    const auto iban = company.insert(BankAccount{.party = party, .account_number = "de89 3704 0044 0532 0130 00"});
    CHECK(company.load(iban).account_number == "DE89370400440532013000");
    CHECK(company.refusal([&](Transaction& tx) {
        tx.insert(BankAccount{.party = party, .account_number = "DE89 3704 0044 0532 0130 01"});
    }) == "directory.iban_check_digits");
    CHECK(company.refusal(
              [&](Transaction& tx) { tx.insert(BankAccount{.party = party, .account_number = "12-345"}); }) == "");
}

TEST_CASE("directory: an address belongs to somebody") {
    tessera::testing::Company company{"directory"};
    CHECK(company.refusal([](Transaction& tx) { tx.insert(Address{.city = "Bordeaux"}); }) ==
          "directory.address_of_nobody");
}

TEST_CASE("exchange rates: the newest rate on or before the day counts, and a missing one is refused") {
    tessera::testing::Company company{"directory"};
    const auto                usd = Currency::of("USD"), eur = Currency::of("EUR"), jpy = Currency::of("JPY"),
               chf = Currency::of("CHF");
    company.insert(ExchangeRate{.base = usd, .quote = eur, .date = "2026-01-01"_date, .rate = Rate::parse("2")});
    company.insert(ExchangeRate{.base = usd, .quote = eur, .date = "2026-01-02"_date, .rate = Rate::parse("2.5")});
    company.insert(ExchangeRate{.base = usd, .quote = jpy, .date = "2026-01-01"_date, .rate = Rate::parse("150")});

    company.read([&](const Snapshot& tx) {
        auto& rates = tx.service<ExchangeRates>();
        CHECK(rates.rate(tx, usd, usd, "2026-01-01"_date).str() == "1");
        CHECK(rates.rate(tx, usd, eur, "2026-01-01"_date).str() == "2");
        CHECK(rates.rate(tx, usd, eur, "2026-03-31"_date).str() == "2.5");
        CHECK(rates.rate(tx, eur, usd, "2026-01-02"_date).str() == "0.4");
        CHECK(rates.rate(tx, eur, jpy, "2026-01-01"_date).str() == "75");
        // tryton account_invoice, scenario_invoice_alternate_currency: 460.00 EUR are 230.00 USD, a day later 184.00
        CHECK(rates.convert(tx, tessera::Money::parse("460.00", eur), usd, "2026-01-01"_date).str() == "230.00");
        CHECK(rates.convert(tx, tessera::Money::parse("460.00", eur), usd, "2026-01-02"_date).str() == "184.00");
        const auto refused = [&](Currency from, Currency to, Date on) {
            try {
                rates.rate(tx, from, to, on);
            } catch (const tessera::Refused& refusal) {
                return refusal.code();
            }
            return std::string();
        };
        CHECK(refused(usd, eur, "2025-12-31"_date) == "directory.no_exchange_rate");
        CHECK(refused(chf, usd, "2026-01-02"_date) == "directory.no_exchange_rate");
    });
    CHECK(company.refusal([&](Transaction& tx) {
        tx.insert(ExchangeRate{.base = usd, .quote = eur, .date = "2026-01-02"_date, .rate = Rate::parse("3")});
    }) == "kernel.duplicate");
    CHECK(company.report("directory.rates_in_force", {{"as_of", "2026-01-01"}}) ==
          "USD | EUR | 2 | 2 | 2026-01-01\nUSD | JPY | 150 | 150 | 2026-01-01\n");
}
