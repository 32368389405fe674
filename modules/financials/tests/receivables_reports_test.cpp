#include "reports/sales_days.h"
#include "tests/office.h"

#include <financials/customer_payment.h>

#include <sstream>

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

Id<CustomerPayment> collected(Office& office, CustomerPayment payment) {
    office.company.run([&](Transaction& tx) {
        tx.insert(payment);
        tx.transition(payment.id, "post");
    });
    return payment.id;
}

// The named columns of every row, divided by spaces, a line each.
std::string columns(Office& office, const char* report, const Suite::ParameterTexts& parameters, const std::vector<std::string>& names) {
    const auto  result = office.company.report_result(report, parameters);
    std::string text;
    for (const auto& row : result.rows) {
        for (const auto& name : names)
            for (std::size_t i = 0; i < result.columns.size(); ++i)
                if (result.columns[i].name == name) text += (text.empty() || text.back() == '\n' ? "" : " ") + text_of(row[i]);
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("receivables ageing: by the days overdue, also on a day in the past and as known then") {
    Office     office;
    const auto one = office.customer("Alpine"), two = office.customer("Bikes");
    const auto a = office.sale(one, "A-1", "2026-01-01"_date, "2026-01-31"_date, "100.00");
    office.sale(one, "A-2", "2026-01-01"_date, "2026-03-15"_date, "40.00");
    office.sale(two, "B-1", "2026-01-02"_date, "2026-02-01"_date, "7.00");
    office.invoice(one, "I-1", "2026-01-02"_date, "2026-02-01"_date, "999.00");
    std::string moment;
    office.company.read([&](const Snapshot& tx) { moment = tx.now().str(); });
    CustomerPayment payment{.party = one, .date = "2026-03-01"_date};
    payment.lines = {{.item = a, .amount = office.usd("60.00")}};
    collected(office, payment);
    const auto ageing = [&](const Suite::ParameterTexts& parameters) {
        return columns(office, "financials.receivables_ageing", parameters,
                       {"name", "total", "not_due", "days_1_to_30", "days_31_to_60", "days_61_to_90", "days_over_90"});
    };
    CHECK(ageing({{"as_of", "2026-01-31"}}) == "Alpine 140.00 140.00 0.00 0.00 0.00 0.00\nBikes 7.00 7.00 0.00 0.00 0.00 0.00\n");
    CHECK(ageing({{"as_of", "2026-02-28"}}) == "Alpine 140.00 40.00 100.00 0.00 0.00 0.00\nBikes 7.00 0.00 7.00 0.00 0.00 0.00\n");
    CHECK(ageing({{"as_of", "2026-03-20"}}) == "Alpine 80.00 0.00 40.00 40.00 0.00 0.00\nBikes 7.00 0.00 0.00 7.00 0.00 0.00\n");
    CHECK(ageing({{"as_of", "2026-03-20"}, {"known_at", moment}}) ==
          "Alpine 140.00 0.00 40.00 100.00 0.00 0.00\nBikes 7.00 0.00 0.00 7.00 0.00 0.00\n");
    CHECK(columns(office, "financials.receivable_items", {{"as_of", "2026-03-20"}, {"customer", "Alpine"}},
                  {"document", "days_overdue", "open"}) == "A-1 48 40.00\nA-2 5 40.00\n");
    CHECK(columns(office, "financials.payables_ageing", {{"as_of", "2026-03-20"}}, {"name", "total"}) == "Alpine 999.00\n");
}

TEST_CASE("customer statement: what was owed, every movement, what is owed") {
    Office     office;
    const auto customer = office.customer("Alpine");
    office.sale(customer, "A-0", "2025-12-20"_date, "2026-01-19"_date, "30.00");
    const auto      a = office.sale(customer, "A-1", "2026-01-05"_date, "2026-02-04"_date, "100.00", "6.00");
    CustomerPayment payment{.party = customer, .date = "2026-01-20"_date, .reference = "for A-1"};
    payment.lines      = {{.item      = a,
                           .amount    = office.usd("101.50"),
                           .discount  = office.usd("2.00"),
                           .write_off = office.usd("2.00"),
                           .bank_fee  = office.usd("0.50")}};
    payment.on_account = office.usd("10.00");
    const auto id      = collected(office, payment);
    office.sale(customer, "AC-1", "2026-01-25"_date, "2026-01-25"_date, "-5.00");
    office.sale(customer, "A-2", "2026-02-25"_date, "2026-03-25"_date, "50.00");
    const auto statement = [&](const Suite::ParameterTexts& parameters) {
        return columns(office, "financials.customer_statement", parameters, {"date", "what", "document", "amount", "balance", "open"});
    };
    CHECK(statement({{"customer", "Alpine"}, {"from", "2026-01-01"}, {"to", "2026-01-31"}}) ==
          "2026-01-01 Opening balance  0.00 30.00 0.00\n"
          "2026-01-05 Invoice A-1 106.00 136.00 0.00\n"
          "2026-01-20 Payment CP-2026-00001 -111.50 24.50 -10.00\n"
          "2026-01-20 Discount CP-2026-00001 -2.00 22.50 0.00\n"
          "2026-01-20 Write-off CP-2026-00001 -2.00 20.50 0.00\n"
          "2026-01-20 Bank fee CP-2026-00001 -0.50 20.00 0.00\n"
          "2026-01-25 Credit note AC-1 -5.00 15.00 -5.00\n"
          "2026-01-31 Closing balance  0.00 15.00 0.00\n");
    office.move(id, "reverse", R"({"date":"2026-02-03","reason":"Bounced"})");
    CHECK(statement({{"customer", "Alpine"}, {"from", "2026-02-01"}, {"to", "2026-02-28"}}) ==
          "2026-02-01 Opening balance  0.00 15.00 0.00\n"
          "2026-02-03 Payment reversed CP-2026-00001 111.50 126.50 0.00\n"
          "2026-02-03 Discount CP-2026-00001 2.00 128.50 0.00\n"
          "2026-02-03 Write-off CP-2026-00001 2.00 130.50 0.00\n"
          "2026-02-03 Bank fee CP-2026-00001 0.50 131.00 0.00\n"
          "2026-02-25 Invoice A-2 50.00 181.00 50.00\n"
          "2026-02-28 Closing balance  0.00 181.00 0.00\n");
    CHECK(office.balance("1100") == "181.00");
}

TEST_CASE("days sales outstanding: receivables are counted back through what was invoiced") {
    const auto usd  = Currency::of("USD");
    const auto days = [&](const char* receivables, const std::vector<std::pair<const char*, int>>& invoiced) {
        std::vector<InvoicedMonth> months;
        for (const auto& [amount, length] : invoiced) months.push_back({Money::parse(amount, usd), length});
        return days_sales_outstanding(Money::parse(receivables, usd), months).str(2);
    };
    CHECK(days("150.00", {{"100.00", 30}, {"200.00", 31}}) == "37.75");
    CHECK(days("100.00", {{"100.00", 30}, {"200.00", 31}}) == "30.00");
    CHECK(days("0.00", {{"100.00", 30}}) == "0.00");
    CHECK(days("-20.00", {{"100.00", 30}}) == "0.00");
    CHECK(days("50.00", {{"100.00", 30}}) == "15.00");
    CHECK(days("400.00", {{"100.00", 30}, {"200.00", 31}}) == "61.00");
    CHECK(days("10.00", {{"0.00", 30}, {"30.00", 31}}) == "40.33");
    CHECK(days("10.00", {{"-5.00", 30}, {"30.00", 31}}) == "45.50");
    CHECK(days("10.00", {}) == "0.00");
}

TEST_CASE("days sales outstanding: month by month, leading to what was invoiced") {
    Office     office;
    const auto customer = office.customer("Alpine");
    const auto a        = office.sale(customer, "A-1", "2026-01-05"_date, "2026-02-04"_date, "200.00");
    office.sale(customer, "A-2", "2026-02-10"_date, "2026-03-12"_date, "100.00");
    office.sale(customer, "AC-1", "2026-02-11"_date, "2026-02-11"_date, "-20.00");
    CustomerPayment payment{.party = customer, .date = "2026-02-20"_date};
    payment.lines = {{.item = a, .amount = office.usd("150.00")}};
    collected(office, payment);
    const auto dso = [&](const char* to) {
        return columns(office, "financials.days_sales_outstanding", {{"from", "2026-01-01"}, {"to", to}},
                       {"month", "receivables", "invoiced", "days"});
    };
    CHECK(dso("2026-03-15") == "2026-01 200.00 200.00 31\n2026-02 130.00 80.00 35.75\n2026-03 130.00 0.00 50.75\n");
    CHECK(columns(office, "financials.invoiced", {{"from", "2026-02-01"}, {"to", "2026-02-28"}}, {"document", "kind", "in_books"}) ==
          "A-2 invoice 100.00\nAC-1 credit_note -20.00\n");
}
