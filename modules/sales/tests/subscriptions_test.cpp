#include "selling.h"

#include "services/deferring.h"
#include "services/subscribing.h"

#include <tessera/kernel.h>

using namespace sales;
using namespace sales::tests;

namespace {

class Run final : public tessera::JobRun {
public:
    explicit Run(Selling& here, Date day) : here_(here), day_(day) {}
    void read(const std::function<void(const Snapshot&)>& work) override { here_.company.read(work); }
    void write(const std::function<void(Transaction&)>& work) override { here_.company.run(work, day_); }
    void tell(std::string progress) override { told += progress + "; "; }
    const std::atomic<bool>& stopping() const override { return stopping_; }
    tessera::Suite&          suite() override { return here_.company.suite(); }
    std::string              told{};

private:
    Selling&          here_;
    Date              day_;
    std::atomic<bool> stopping_ = false;
};

Subscription yearly(Date from, Date to, std::int64_t months) {
    return {.quantity = Quantity::of(1), .price = UnitPrice::parse("100"), .months = months, .starts_on = from, .ends_on = to, .next_on = from, .currency = Currency::of("USD")};
}

std::string earned(const char* amount, Date from, Date to, Date on) {
    const auto usd = Currency::of("USD");
    return earned_until({.earned_from = from, .earned_to = to, .amount = Money::parse(amount, usd), .basis_from = from, .basis_earned = Money{0, usd}}, on).str();
}

Invoice support(Selling& here, const char* price, Date from, Date to) {
    return {.customer = here.shop, .lines = {{.description = "Support", .price = UnitPrice::parse(price), .earned_from = from, .earned_to = to}}};
}

void recognise(Selling& here, Date up_to) { here.done(RevenueRecognition{.up_to = up_to}, "post", up_to); }

}  // namespace

TEST_CASE("deferred revenue: what is earned goes by days, and the last day takes what rounding left") {
    const auto from = "2026-01-11"_date, to = "2026-02-09"_date;
    CHECK(earned("120.00", from, to, "2026-01-10"_date) == "0.00");
    CHECK(earned("120.00", from, to, "2026-01-11"_date) == "4.00");
    CHECK(earned("120.00", from, to, "2026-01-31"_date) == "84.00");
    CHECK(earned("120.00", from, to, to) == "120.00");
    CHECK(earned("120.00", from, to, "2027-01-01"_date) == "120.00");
    CHECK(earned("100.00", "2026-01-01"_date, "2026-01-03"_date, "2026-01-01"_date) == "33.33");
    CHECK(earned("100.00", "2026-01-01"_date, "2026-01-03"_date, "2026-01-02"_date) == "66.67");
    CHECK(earned("-100.00", "2026-01-01"_date, "2026-01-03"_date, "2026-01-02"_date) == "-66.67");
    CHECK(earned("0.01", "2026-01-01"_date, "2026-12-31"_date, "2026-12-30"_date) == "0.01");
}

TEST_CASE("subscriptions: terms begin on their day of the month, and part of one is its share of the days") {
    struct Case {
        Date         from, to;
        std::int64_t months;
        const char*  terms;
    };
    for (const auto& [from, to, months, expected] : std::initializer_list<Case>{
             {"2026-01-31"_date, "2026-04-29"_date, 1, "2026-01-31..2026-02-27 100.00; 2026-02-28..2026-03-30 100.00; 2026-03-31..2026-04-29 100.00; "},
             {"2026-01-01"_date, "2026-02-14"_date, 1, "2026-01-01..2026-01-31 100.00; 2026-02-01..2026-02-14 50.00; "},
             {"2026-01-01"_date, "2026-01-10"_date, 12, "2026-01-01..2026-01-10 2.74; "},
         }) {
        auto        subscription = yearly(from, to, months);
        std::string text;
        for (auto term = next_term(subscription); term; term = next_term(subscription)) {
            text += fmt::format("{}..{} {}; ", term->first, term->last, amount_of_term(subscription, *term));
            subscription.next_on = term->last.plus_days(1);
        }
        CHECK(text == expected);
    }
}

TEST_CASE("subscriptions: each term is invoiced once it begins, earned over its days, and ended with its share") {
    Selling    here;
    const auto service = here.product("SERVICE", "90", false);
    const auto id      = here.company.insert(Subscription{.customer = here.shop, .product = service, .months = 3, .starts_on = "2026-01-01"_date}, "2026-01-01"_date);
    here.company.transition(id, "start", "2026-01-01"_date);
    CHECK(here.company.load(id).number == "SB-2026-00001");
    here.company.transition(id, "invoice_due", "2026-01-01"_date);
    const auto invoice = *here.company.value<Id<Invoice>>("SELECT max(id) FROM sales_invoice");
    CHECK(here.company.load(invoice).lines.front().description == "SERVICE, 2026-01-01 to 2026-03-31");
    CHECK(here.company.load(invoice).total.str() == "90.00");
    CHECK(here.balance("sales.deferred_revenue") == "-90.00");
    CHECK(here.balance("sales.revenue") == "0.00");
    CHECK_THROWS_WITH(here.company.transition(id, "invoice_due", "2026-03-31"_date), doctest::Contains("wait until 2026-04-01"));

    recognise(here, "2026-01-31"_date);
    CHECK(here.balance("sales.revenue") == "-31.00");
    here.check_sound();
    CHECK(here.company.report("sales.deferred_revenue", {{"from", "2026-02-01"}}) ==
          "2026-02 | 59.00 | 28.00 | 31.00\n"
          "2026-03 | 31.00 | 31.00 | 0.00\n"
          "=  |  | 59.00 | \n");
    CHECK_THROWS_WITH(here.move(id, "end", R"({"last_day":"2026-03-15","reason":"moves away"})", "2026-04-10"_date), doctest::Contains("choose 2026-03-31 or a later day"));
    here.move(id, "end", R"({"last_day":"2026-04-10","reason":"moves away"})", "2026-04-10"_date);
    CHECK(here.company.load(id).state == SubscriptionState::ended);
    CHECK(here.company.load(*here.company.value<Id<Invoice>>("SELECT max(id) FROM sales_invoice")).total.str() == "9.89");   // 10 of 91 days
    recognise(here, "2026-04-30"_date);
    CHECK(here.balance("sales.deferred_revenue") == "0.00");
    CHECK(here.balance("sales.revenue") == "-99.89");
    here.check_sound();
    CHECK(here.refusal(RevenueRecognition{.up_to = "2026-05-31"_date}, "post") == "sales.nothing_is_earned");
}

TEST_CASE("subscriptions: each term bears the tax of the rules and the discount of the offer of its day") {
    Selling    here;
    const auto service = here.product("SERVICE", "100", false);
    const auto low     = here.company.insert(financials::TaxCode{.code = "S10", .name = "Sales tax", .rate = Percent::parse("10")});
    const auto high    = here.company.insert(financials::TaxCode{.code = "S20", .name = "Sales tax", .rate = Percent::parse("20")});
    here.company.insert(TaxRule{.tax_code = low, .valid_to = "2026-03-31"_date});
    here.company.insert(TaxRule{.tax_code = high, .valid_from = "2026-04-01"_date});
    here.company.insert(SpecialOffer{.name = "Spring", .discount = Percent::parse("25"), .product = service, .valid_from = "2026-04-01"_date, .valid_to = "2026-04-30"_date});
    const auto billed = [&](Subscription subscription) {
        subscription.customer  = here.shop;
        subscription.product   = service;
        subscription.starts_on = "2026-03-01"_date;
        const auto  id         = here.company.insert(subscription, "2026-03-01"_date);
        std::string text;
        here.company.transition(id, "start", "2026-03-01"_date);
        for (const auto on : {"2026-03-01"_date, "2026-04-01"_date, "2026-05-01"_date}) {
            here.company.transition(id, "invoice_due", on);
            const auto invoice = here.company.load(*here.company.value<Id<Invoice>>("SELECT max(id) FROM sales_invoice"));
            text += fmt::format("{} + {}; ", invoice.subtotal, invoice.tax);
        }
        return text;
    };
    CHECK(billed({}) == "100.00 + 10.00; 75.00 + 15.00; 100.00 + 20.00; ");
    CHECK(billed({.price = UnitPrice::parse("90")}) == "90.00 + 9.00; 90.00 + 18.00; 90.00 + 18.00; ");
    CHECK(billed({.discount = Percent::parse("50")}) == "50.00 + 5.00; 50.00 + 10.00; 50.00 + 10.00; ");
    CHECK(billed({.tax_code = low}) == "100.00 + 10.00; 75.00 + 7.50; 100.00 + 10.00; ");
    CHECK(here.company.refusal([&](Transaction& tx) { tx.insert(Subscription{.customer = here.shop, .product = service, .discount = Percent::parse("101")}); }) == "sales.percent_out_of_range");
    const auto first = *here.company.value<Id<Subscription>>("SELECT min(id) FROM sales_subscription");
    const auto note  = here.done(Invoice{.kind     = InvoiceKind::credit_note,
                                         .customer = here.shop,
                                         .lines    = {{.subscription = first, .product = service, .earned_from = "2026-04-16"_date, .earned_to = "2026-04-30"_date}}},
                                 "post", "2026-05-02"_date);
    CHECK(here.company.load(note).subtotal.str() == "-37.50");
    CHECK(here.company.load(note).tax.str() == "-7.50");
    here.check_sound();
}

TEST_CASE("subscriptions: the nightly job invoices all that are due, once") {
    const auto today = Date::today();
    Selling    here({.modules = {"sales"}, .today = today});
    const auto service = here.product("SERVICE", "90", false);
    for (int i = 0; i < 3; ++i) {
        const auto id = here.company.insert(Subscription{.customer = here.shop, .product = service, .starts_on = today.plus_months(-2).plus_days(i)}, today);
        here.company.transition(id, "start", today);
    }
    Run run(here, today);
    here.company.suite().kernel().find_job("sales.subscriptions")->run(run);
    CHECK(run.told == "1 of 3 invoiced; 2 of 3 invoiced; 3 of 3 invoiced; ");
    CHECK(here.company.value<std::int64_t>("SELECT count(*) FROM sales_invoice_line") == 7);
    here.check_sound();
    Run again(here, today);
    here.company.suite().kernel().find_job("sales.subscriptions")->run(again);
    CHECK(again.told.empty());
}

TEST_CASE("deferred revenue: another forecast spreads what is left, whatever was posted, and it comes to the whole") {
    Selling    here;
    const auto invoice = here.done(support(here, "100", "2026-03-01"_date, "2026-03-10"_date), "post");
    recognise(here, "2026-03-05"_date);
    CHECK(here.balance("sales.revenue") == "-50.00");
    const auto deferral = *here.company.value<Id<Deferral>>("SELECT id FROM sales_deferral");
    here.move(deferral, "reforecast", R"({"from":"2026-03-06","earned_to":"2026-04-04","reason":"the project takes longer"})", "2026-03-06"_date);
    recognise(here, "2026-03-15"_date);
    CHECK(here.balance("sales.revenue") == "-66.67");
    here.check_sound();
    CHECK_THROWS_WITH(here.move(deferral, "reforecast", R"({"from":"2026-05-06","earned_to":"2026-04-04","reason":"x"})", "2026-03-06"_date), doctest::Contains("choose a last day from"));

    here.move(invoice, "reverse", R"({"reason":"wrong"})", "2026-03-20"_date);
    CHECK(here.balance("sales.revenue") == "0.00");
    CHECK(here.balance("sales.deferred_revenue") == "0.00");
    here.check_sound();
}

TEST_CASE("deferred revenue: a recognition that is reversed is posted anew by the next one") {
    Selling here;
    here.done(support(here, "100", "2026-03-01"_date, "2026-03-03"_date), "post");
    const auto first = here.done(RevenueRecognition{.up_to = "2026-03-02"_date}, "post", "2026-03-02"_date);
    CHECK(here.company.load(first).amount.str() == "66.67");
    here.move(first, "reverse", R"({"reason":"too early"})", "2026-03-02"_date);
    CHECK(here.balance("sales.revenue") == "0.00");
    recognise(here, "2026-03-03"_date);
    CHECK(here.balance("sales.revenue") == "-100.00");
    CHECK(here.refusal(support(here, "1", "2026-03-02"_date, {}), "post") == "sales.earned_days_reversed");
    here.check_sound();
}
