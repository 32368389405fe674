#include "services/credit_pairing.h"
#include "services/item_book.h"
#include "services/payment_posting.h"
#include "services/period_calendar.h"
#include "services/role_mapping.h"
#include "services/tax_service.h"

#include <doctest/doctest.h>

using namespace financials;
using namespace tessera;
using namespace tessera::literals;
using tessera::Percent;

namespace {

const Currency usd = Currency::of("USD"), eur = Currency::of("EUR");
Money          money(std::string_view text) { return Money::parse(text, usd); }

}  // namespace

TEST_CASE("period calendar: a year is twelve months from the day it begins") {
    struct Row {
        const char *start, *name, *end, *second, *last, *last_end;
    };
    for (const auto& row : {Row{"2026-01-01", "2026", "2026-12-31", "2026-02-01", "2026-12", "2026-12-31"},
                            Row{"2026-04-01", "2026/27", "2027-03-31", "2026-05-01", "2027-03", "2027-03-31"},
                            Row{"2023-04-06", "2023/24", "2024-04-05", "2023-05-06", "2024-03", "2024-04-05"},
                            Row{"2024-01-31", "2024/25", "2025-01-30", "2024-02-29", "2024-12", "2025-01-30"}}) {
        const auto start = Date::parse(row.start);
        CHECK(year_name(start) == row.name);
        CHECK(year_end(start).str() == row.end);
        const auto periods = monthly_periods(start);
        REQUIRE(periods.size() == 12);
        CHECK(periods[1].starts_on.str() == row.second);
        CHECK(periods[11].name == row.last);
        CHECK(periods[11].ends_on.str() == row.last_end);
        for (std::size_t i = 1; i < 12; ++i) CHECK(periods[i - 1].ends_on.plus_days(1) == periods[i].starts_on);
    }
}

TEST_CASE(
    "role mapping: the hint first, then the role's name, then its last part; control accounts for their own roles "
    "only") {
    const Account accounts[] = {{.id = Id<Account>{1}, .tag = "bank cash"},
                                {.id = Id<Account>{2}, .control = Control::payables, .tag = "payables"},
                                {.id = Id<Account>{3}, .tag = "purchasing.freight"},
                                {.id = Id<Account>{4}, .tag = "freight"}};
    const auto    go         = [&](AccountRole role) { return account_for(role, accounts).value; };
    CHECK(go({.name = "financials.bank", .account_hint = "bank"}) == 1);
    CHECK(go({.name = "a.b", .account_hint = "cash"}) == 1);
    CHECK(go({.name = "financials.payable", .account_hint = "payables"}) == 2);
    CHECK(go({.name = "purchasing.freight"}) == 3);
    CHECK(go({.name = "sales.freight"}) == 4);
    CHECK(go({.name = "sales.commission"}) == 0);
    CHECK(go({.name = "x.y", .account_hint = "pay"}) == 0);
}

// Dolibarr PR#504 (O23)
TEST_CASE("tax: three lines of 10.01 at 20 % are 36.03 line by line, 36.04 on the sum") {
    const TaxCode code{.code = "V20", .rate = Percent::of(20)};
    const Money   nets[]  = {money("10.01"), money("10.01"), money("10.01")};
    const auto    by_line = tax_of(code, nets, TaxRounding::sum_of_rounded_lines),
               by_sum     = tax_of(code, nets, TaxRounding::rounded_sum);
    CHECK((by_line.base + by_line.tax).str() == "36.03");
    CHECK((by_sum.base + by_sum.tax).str() == "36.04");
}

// tryton scenario_invoice_tax_deductible.rst (O23)
TEST_CASE("tax: what may not be deducted is cost") {
    const Money nets[] = {money("500.00")};
    struct Row {
        int         deductible;
        const char *net, *tax;
    };
    for (const auto& row : {Row{0, "550.00", "0.00"}, Row{50, "525.00", "25.00"}, Row{100, "500.00", "50.00"}}) {
        const auto tax = tax_of({.code = "V10", .rate = Percent::of(10), .deductible = Percent::of(row.deductible)},
                                nets, TaxRounding::rounded_sum);
        CHECK((tax.base + tax.tax - tax.deductible).str() == row.net);
        CHECK(tax.deductible.str() == row.tax);
    }
}

TEST_CASE("open items: part payments release the book amount to the cent, in any order") {
    const Money book{10000, usd}, whole{3333, eur};
    Money       released{0, usd}, open = whole;
    for (const auto part : {1111, 7, 1500, 715}) {
        const auto before = book_value(book, whole, open);
        open -= Money{part, eur};
        released += before - book_value(book, whole, open);
    }
    CHECK(open.is_zero());
    CHECK(released == book);
    CHECK(book_value(book, whole, whole) == book);
}

TEST_CASE("credit pairing: credits are used in order, on invoices in order") {
    const auto text_of = [](const std::vector<Money>& settled) {
        std::string text;
        const auto  pairing = pair_credits(settled);
        for (const auto& pair : pairing.pairs)
            text += fmt::format("{}<{} {}, ", pair.invoice, pair.credit, pair.amount);
        text += "rest";
        for (const auto& rest : pairing.rest) text += " " + rest.str();
        return text;
    };
    CHECK(text_of({money("100.00"), money("-20.00")}) == "0<1 20.00, rest 80.00 0.00");
    CHECK(text_of({money("-20.00"), money("15.00"), money("30.00"), money("-25.00")}) ==
          "1<0 15.00, 2<0 5.00, 2<3 25.00, rest 0.00 0.00 0.00 0.00");
    CHECK(text_of({money("50.00")}) == "rest 50.00");
    CHECK(text_of({money("-50.00"), money("20.00")}) == "1<0 20.00, rest -30.00 0.00");
}

// iDempiere AllocationTest (O22), on the purchase side
TEST_CASE("payment: discount and write-off give back their share of the tax") {
    const PaidLine      line{.amount = money("102.00"), .discount = money("2.00"), .write_off = money("2.00")};
    const PaidItem      item{money("106.00"), money("106.00"), money("106.00"), money("6.00"), line};
    const PaymentTotals totals{money("102.00"), money("-106.00"), money("-106.00"), money("0.00")};
    const auto          books = books_of({item}, totals, [](Money amount) { return amount; });
    CHECK(books.control.str() == "106.00");
    CHECK(books.bank.str() == "102.00");
    CHECK(books.discount.str() == "1.89");
    CHECK(books.write_off.str() == "1.89");
    CHECK(books.tax.str() == "0.22");
    CHECK(books.exchange_difference.is_zero());
}
