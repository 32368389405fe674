#include "tests/office.h"

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

Id<Payment> paid(Office& office, Payment payment) {
    office.company.run([&](Transaction& tx) {
        tx.insert(payment);
        tx.transition(payment.id, "post");
    });
    return payment.id;
}
std::string refusal(Office& office, Payment payment) {
    return office.company.refusal([&](Transaction& tx) {
        tx.insert(payment);
        tx.transition(payment.id, "post");
    });
}

}  // namespace

TEST_CASE("payment: several invoices, one of them in part") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto one      = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto two      = office.invoice(supplier, "I-2", "2026-01-06"_date, "2026-02-05"_date, "50.00");
    Payment    payment{
           .party = supplier,
           .date  = "2026-02-01"_date,
           .lines = {{.item = one, .amount = office.usd("100.00")}, {.item = two, .amount = office.usd("20.00")}}};
    const auto id     = paid(office, payment);
    const auto posted = office.company.load(id);
    CHECK(posted.number == "PAY-2026-00001");
    CHECK(posted.total.str() == "120.00");
    CHECK(posted.state == PaymentState::posted);
    CHECK(office.open(one).str() == "0.00");
    CHECK(office.open(two).str() == "30.00");
    CHECK(office.balance("1010") == "-120.00");
    CHECK(office.balance("2010") == "-30.00");
    CHECK(office.company.load(posted.entry).journal == "payments");
    CHECK(office.company.verify() == "");

    CHECK(refusal(office, {.party = supplier,
                           .date  = "2026-02-02"_date,
                           .lines = {{.item = two, .amount = office.usd("30.01")}}}) == "financials.settles_too_much");
    CHECK(refusal(office, {.party = supplier,
                           .date  = "2026-02-02"_date,
                           .lines = {{.item = one, .amount = office.usd("0.01")}}}) == "financials.settles_too_much");
    CHECK(refusal(office, {.party = supplier,
                           .date  = "2026-02-02"_date,
                           .lines = {{.item = two, .amount = office.usd("30.00"), .discount = office.usd("0.01")}}}) ==
          "financials.settles_too_much");
    CHECK(refusal(office, {.party = supplier, .date = "2026-02-02"_date}) == "financials.nothing_to_pay");
    CHECK(refusal(office, {.party = supplier,
                           .date  = "2026-02-02"_date,
                           .lines = {{.item = two, .amount = office.usd("1.00")},
                                     {.item = two, .amount = office.usd("1.00")}}}) == "financials.item_twice");
    CHECK(refusal(office, {.party = office.supplier("Other"),
                           .date  = "2026-02-02"_date,
                           .lines = {{.item = two, .amount = office.usd("1.00")}}}) ==
          "financials.item_of_other_party");
    CHECK(refusal(office, {.party        = supplier,
                           .date         = "2026-02-02"_date,
                           .bank_account = office.account("2010"),
                           .lines        = {{.item = two, .amount = office.usd("1.00")}}}) ==
          "financials.account_not_postable");
}

TEST_CASE("payment: what is held is not paid, what is not held is") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto item     = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    office.company.run([&](Transaction& tx) { tx.service<OpenItems>().hold(tx, item, office.usd("25.00")); });
    CHECK(refusal(office, {.party = supplier,
                           .date  = "2026-02-02"_date,
                           .lines = {{.item = item, .amount = office.usd("75.01")}}}) == "financials.item_held");
    paid(office,
         {.party = supplier, .date = "2026-02-02"_date, .lines = {{.item = item, .amount = office.usd("75.00")}}});
    office.company.run([&](Transaction& tx) { tx.service<OpenItems>().hold(tx, item, Money{}); });
    paid(office, {.party        = supplier,
                  .date         = "2026-02-02"_date,
                  .bank_account = office.account("1020"),
                  .lines        = {{.item = item, .amount = office.usd("25.00")}}});
    CHECK(office.balance("1020") == "-25.00");
    CHECK(office.balance("2010") == "0.00");
}

// iDempiere AllocationTest testAllocatePaymentPostingWithWriteOffandDiscountARInv (O22), on the purchase side
TEST_CASE("payment: discount and write-off correct the purchase tax (O22)") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto item     = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00", "6.00");
    const auto id       = paid(office, {.party = supplier,
                                        .date  = "2026-01-10"_date,
                                        .lines = {{.item      = item,
                                                   .amount    = office.usd("102.00"),
                                                   .discount  = office.usd("2.00"),
                                                   .write_off = office.usd("2.00")}}});
    CHECK(office.open(item).is_zero());
    CHECK(office.balance("2010") == "0.00");
    CHECK(office.balance("1010") == "-102.00");
    CHECK(office.balance("4510") == "-1.89");
    CHECK(office.balance("4520") == "-1.89");
    CHECK(office.balance("1180") == "5.78");
    CHECK(office.company.verify() == "");
    office.move(id, "reverse", R"({"date":"2026-02-01","reason":"Bounced"})");
    CHECK(office.open(item).str() == "106.00");
    CHECK(office.balance("1180") == "6.00");
    CHECK(office.balance("2010") == "-106.00");
    CHECK(office.company.load(id).state == PaymentState::reversed);
    CHECK(office.move_refusal(id, "reverse", R"({"reason":"again"})") == "kernel.wrong_state");
    CHECK(office.company.verify() == "");
}

TEST_CASE("payment: reports of days before the reversal stay as they were") {
    Office     office;
    const auto supplier = office.supplier("Alpine");
    const auto item     = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto id =
        paid(office,
             {.party = supplier, .date = "2026-02-01"_date, .lines = {{.item = item, .amount = office.usd("40.00")}}});
    office.move(id, "reverse", R"({"date":"2026-03-01","reason":"Bounced"})");
    const auto open = [&](const char* day) {
        const auto  rows = office.company.report_result("financials.open_items", {{"as_of", day}}).rows;
        std::string text;
        for (const auto& row : rows) text += text_of(row[2]) + " " + text_of(row[10]) + "; ";
        return text;
    };
    CHECK(open("2026-01-31") == "I-1 100.00; ");
    CHECK(open("2026-02-28") == "I-1 60.00; ");
    CHECK(open("2026-03-01") == "I-1 100.00; ");
}

TEST_CASE("payment: credit notes are taken into account, to the cent if need be") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto item     = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto credit   = office.invoice(supplier, "C-1", "2026-01-06"_date, "2026-01-06"_date, "-30.00");
    CHECK(refusal(office, {.party = supplier,
                           .date  = "2026-02-01"_date,
                           .lines = {{.item = credit, .amount = office.usd("-30.00")}}}) ==
          "financials.nothing_to_pay");
    CHECK(refusal(office, {.party = supplier,
                           .date  = "2026-02-01"_date,
                           .lines = {{.item = credit, .amount = office.usd("-31.00")},
                                     {.item = item, .amount = office.usd("100.00")}}}) ==
          "financials.settles_too_much");
    const auto even = paid(office, {.party = supplier,
                                    .date  = "2026-02-01"_date,
                                    .lines = {{.item = item, .amount = office.usd("10.00")},
                                              {.item = credit, .amount = office.usd("-10.00")}}});
    CHECK_FALSE(office.company.load(even).entry);
    CHECK(office.open(item).str() == "90.00");
    CHECK(office.open(credit).str() == "-20.00");
    const auto net = paid(office, {.party = supplier,
                                   .date  = "2026-02-02"_date,
                                   .lines = {{.item = item, .amount = office.usd("90.00")},
                                             {.item = credit, .amount = office.usd("-20.00")}}});
    CHECK(office.company.load(net).total.str() == "70.00");
    CHECK(office.balance("1010") == "-70.00");
    CHECK(office.balance("2010") == "0.00");
    CHECK(office.company.verify() == "");
    office.move(net, "reverse", R"({"reason":"Bounced"})");
    office.move(even, "reverse", R"({"reason":"Mistake"})");
    CHECK(office.open(item).str() == "100.00");
    CHECK(office.open(credit).str() == "-30.00");
    CHECK(office.balance("2010") == "-70.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("payment: a refund takes credits, and nothing but credits that come to something") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto item     = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto credit   = office.invoice(supplier, "C-1", "2026-01-06"_date, "2026-01-06"_date, "-30.00");
    const auto refund   = [&](Id<OpenItem> of, const char* amount, const char* on_account = "0.00") {
        return Payment{.party      = supplier,
                       .date       = "2026-02-01"_date,
                       .refund     = true,
                       .on_account = office.usd(on_account),
                       .lines      = {{.item = of, .amount = office.usd(amount)}}};
    };
    CHECK(refusal(office, refund(item, "100.00")) == "financials.nothing_to_pay");
    CHECK(refusal(office, refund(credit, "-30.00", "10.00")) == "financials.nothing_to_pay");
    CHECK(refusal(office, refund(credit, "-30.01")) == "financials.settles_too_much");
    paid(office, refund(credit, "-30.00"));
    CHECK(office.open(credit).is_zero());
    CHECK(office.balance("1010") == "30.00");
    CHECK(office.balance("2010") == "-100.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("payment: what is paid on account waits for its invoice") {
    Office       office;
    const auto   supplier = office.supplier("Superior Bicycles");
    const auto   id = paid(office, {.party = supplier, .date = "2026-02-01"_date, .on_account = office.usd("50.00")});
    Id<OpenItem> advance;
    office.company.read([&](const Snapshot& tx) {
        advance = tx.service<OpenItems>().of_source(tx, {"financials.payment", id.value, 0})->id;
    });
    CHECK(office.open(advance).str() == "-50.00");
    const auto item = office.invoice(supplier, "I-1", "2026-02-05"_date, "2026-03-04"_date, "80.00");
    paid(office,
         {.party = supplier,
          .date  = "2026-02-10"_date,
          .lines = {{.item = item, .amount = office.usd("80.00")}, {.item = advance, .amount = office.usd("-50.00")}}});
    CHECK(office.open(item).is_zero());
    CHECK(office.open(advance).is_zero());
    CHECK(office.balance("1010") == "-80.00");
    CHECK(office.balance("2010") == "0.00");
    CHECK(office.company.verify() == "");
}

namespace {

struct Abroad {
    Office               office{};
    Currency             eur = Currency::of("EUR");
    Id<directory::Party> supplier{};
    Abroad() {
        const auto usd = Currency::of("USD");
        supplier       = office.supplier("Vélos");
        office.company.run([&](Transaction& tx) {
            tx.insert(directory::ExchangeRate{
                .base = usd, .quote = eur, .date = "2026-01-01"_date, .rate = Rate::parse("2.0")});
            tx.insert(directory::ExchangeRate{
                .base = usd, .quote = eur, .date = "2026-01-02"_date, .rate = Rate::parse("2.5")});
        });
    }
    Id<OpenItem> invoice(std::string document, std::int64_t cents, Date date) {
        Id<OpenItem> item;
        office.company.run([&](Transaction& tx) {
            const Money amount{cents, eur};
            const auto  book = tx.service<directory::ExchangeRates>().convert(tx, amount, tx.books().currency, date);
            tx.service<Ledger>().post(
                tx, {.date   = date,
                     .memo   = document,
                     .source = {"test.invoice", ++count, 0},
                     .lines  = {debit("financials.rounding", book), credit("financials.payable", book, supplier)}});
            item = tx.service<OpenItems>().open(tx, {.party         = supplier,
                                                    .document      = document,
                                                    .date          = date,
                                                    .due_on        = date,
                                                    .book_amount   = book,
                                                    .currency      = eur,
                                                    .amount        = amount,
                                                    .source_entity = "test.invoice",
                                                    .source_id     = count});
        });
        return item;
    }
    std::int64_t count = 0;
};

}  // namespace

// tryton account_invoice scenario_invoice_alternate_currency.rst (O21), on the purchase side: what we lose as seller we gain as buyer
TEST_CASE("payment: a rate that moved gives a realised exchange difference (O21)") {
    Abroad     abroad;
    auto&      office = abroad.office;
    const auto item   = abroad.invoice("I-1", 46000, "2026-01-01"_date);
    CHECK(office.balance("2010") == "-230.00");
    const auto id = paid(office, {.party = abroad.supplier,
                                  .date  = "2026-01-02"_date,
                                  .lines = {{.item = item, .amount = Money{46000, abroad.eur}}}});
    CHECK(office.company.load(id).currency == abroad.eur);
    CHECK(office.balance("2010") == "0.00");
    CHECK(office.balance("1010") == "-184.00");
    CHECK(office.balance("7020") == "-46.00");
    CHECK(office.company.verify() == "");
    office.move(id, "reverse", R"({"date":"2026-01-03","reason":"Bounced"})");
    CHECK(office.balance("2010") == "-230.00");
    CHECK(office.balance("7020") == "0.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE(
    "payment: part payments in another currency release the book amount to the cent, also when undone out of order") {
    Abroad     abroad;
    auto&      office = abroad.office;
    const auto item   = abroad.invoice("I-1", 10001, "2026-01-01"_date);
    const auto pay    = [&](std::int64_t cents) {
        return paid(office, {.party = abroad.supplier,
                                .date  = "2026-01-02"_date,
                                .lines = {{.item = item, .amount = Money{cents, abroad.eur}}}});
    };
    const auto first = pay(3333), second = pay(1111);
    CHECK(office.company.verify() == "");
    office.move(first, "reverse", R"({"date":"2026-01-05","reason":"Bounced"})");
    CHECK(office.company.verify() == "");
    pay(8890);
    CHECK(office.open(item).is_zero());
    CHECK(office.balance("2010") == "0.00");
    CHECK(office.company.verify() == "");
    CHECK(second);
}

TEST_CASE("payment: amounts typed without a currency are of the payment's") {
    Abroad        abroad;
    auto&         office = abroad.office;
    const auto    item   = abroad.invoice("I-1", 10000, "2026-01-01"_date);
    RecordCommand command{.verb = RecordCommand::Verb::create, .entity = "financials.payment", .transition = "post"};
    command.body      = fmt::format(R"({{"party":{},"date":"2026-01-02","lines":[{{"item":{},"amount":"100.00"}}]}})",
                                    abroad.supplier, item);
    const auto answer = office.company.suite().run(command);
    CHECK(answer.json.find("\"total\":\"100.00\"") != std::string::npos);
    CHECK(answer.json.find("\"currency\":\"EUR\"") != std::string::npos);
    CHECK(office.open(item).is_zero());
    CHECK(office.balance("1010") == "-40.00");
}
