#include <financials/allocation.h>
#include <financials/customer_payment.h>

#include "tests/office.h"

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
std::string refusal(Office& office, CustomerPayment payment) {
    return office.company.refusal([&](Transaction& tx) {
        tx.insert(payment);
        tx.transition(payment.id, "post");
    });
}
std::string refusal_as(Office& office, std::vector<std::string> permissions, CustomerPayment payment) {
    const auto    id = office.company.insert(payment);
    RecordCommand command{
        .verb = RecordCommand::Verb::transition, .entity = "financials.customer_payment", .id = id.value, .transition = "post"};
    command.info.actor = {.name = "clerk", .permissions = Permissions::of(std::move(permissions))};
    try {
        office.company.suite().run(command);
    } catch (const Refused& refused) {
        return refused.code();
    }
    return {};
}
Id<OpenItem> item_of(Office& office, Id<CustomerPayment> payment) {
    Id<OpenItem> item;
    office.company.read([&](const Snapshot& tx) {
        item = tx.service<OpenItems>().of_source(tx, {"financials.customer_payment", payment.value, 0})->id;
    });
    return item;
}
DocumentTerms in_time(Office& office, std::string discount, std::string tolerance) {
    return {.discount             = office.usd(discount),
            .discount_until       = "2026-01-15"_date,
            .discount_grace_until = "2026-01-20"_date,
            .tolerance            = office.usd(tolerance)};
}

}  // namespace

// iDempiere AllocationTest testAllocatePaymentPostingWithWriteOffandDiscountARInv (O22)
TEST_CASE("customer payment: discount and write-off correct the output tax (O22)") {
    Office     office;
    const auto customer = office.customer("Bike World");
    const auto item     = office.sale(customer, "S-1", "2026-01-05"_date, "2026-02-04"_date, "100.00", "6.00");
    CHECK(office.balance("1100") == "106.00");
    CHECK(office.balance("2100") == "-6.00");
    CustomerPayment payment{.party = customer, .date = "2026-01-10"_date};
    payment.lines = {{.item = item, .amount = office.usd("102.00"), .discount = office.usd("2.00"), .write_off = office.usd("2.00")}};
    const auto id = collected(office, payment);
    CHECK(office.company.load(id).number == "CP-2026-00001");
    CHECK(office.company.load(office.company.load(id).entry).journal == "receipts");
    CHECK(office.open(item).is_zero());
    CHECK(office.balance("1100") == "0.00");
    CHECK(office.balance("1010") == "102.00");
    CHECK(office.balance("4100") == "1.89");
    CHECK(office.balance("6150") == "1.89");
    CHECK(office.balance("2100") == "-5.78");
    CHECK(office.company.verify() == "");
    office.move(id, "reverse", R"({"date":"2026-02-01","reason":"Bounced"})");
    CHECK(office.open(item).str() == "106.00");
    CHECK(office.balance("1100") == "106.00");
    CHECK(office.balance("2100") == "-6.00");
    CHECK(office.balance("4100") == "0.00");
    CHECK(office.move_refusal(id, "reverse", R"({"reason":"again"})") == "kernel.wrong_state");
    CHECK(office.company.verify() == "");
}

TEST_CASE("customer payment: what the bank kept closes the item and leaves the tax as it is (O22)") {
    Office          office;
    const auto      customer = office.customer("Bike World");
    const auto      item     = office.sale(customer, "S-1", "2026-01-05"_date, "2026-02-04"_date, "100.00", "6.00");
    CustomerPayment payment{.party = customer, .date = "2026-01-10"_date};
    payment.lines = {{.item = item, .amount = office.usd("103.50"), .bank_fee = office.usd("2.50")}};
    collected(office, payment);
    CHECK(office.open(item).is_zero());
    CHECK(office.balance("1010") == "103.50");
    CHECK(office.balance("6500") == "2.50");
    CHECK(office.balance("2100") == "-6.00");
    CHECK(office.company.verify() == "");
}

// tryton account_invoice scenario_invoice_overpayment.rst (O22)
TEST_CASE("customer payment: what is paid too much is kept, or stays on account (O22)") {
    for (const bool kept : {true, false}) {
        Office          office;
        const auto      customer = office.customer("Bike World");
        const auto      item     = office.sale(customer, "S-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
        CustomerPayment payment{.party = customer, .date = "2026-01-10"_date, .received = office.usd("110.00")};
        if (kept)
            payment.lines = {{.item = item, .amount = office.usd("110.00"), .write_off = office.usd("-10.00")}};
        else {
            payment.lines      = {{.item = item, .amount = office.usd("100.00")}};
            payment.on_account = office.usd("10.00");
        }
        const auto id = collected(office, payment);
        CHECK(office.open(item).is_zero());
        CHECK(office.balance("1010") == "110.00");
        CHECK(office.balance("1100") == (kept ? "0.00" : "-10.00"));
        CHECK(office.balance("6150") == (kept ? "-10.00" : "0.00"));
        if (!kept) CHECK(office.open(item_of(office, id)).str() == "-10.00");
        CHECK(office.company.verify() == "");
    }
}

TEST_CASE("customer payment: what was received must be distributed") {
    Office          office;
    const auto      customer = office.customer("Bike World");
    const auto      item     = office.sale(customer, "S-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    CustomerPayment payment{.party = customer, .date = "2026-01-10"_date, .received = office.usd("110.00")};
    CHECK(refusal(office, payment) == "financials.nothing_to_pay");
    payment.lines = {{.item = item, .amount = office.usd("100.00")}};
    CHECK(refusal(office, payment) == "financials.received_differs");
    payment.lines[0].amount = office.usd("110.00");
    CHECK(refusal(office, payment) == "financials.settles_too_much");
}

TEST_CASE("customer payment: only receivables of the customer, from the day they are of") {
    Office     office;
    const auto customer = office.customer("Bike World");
    const auto other    = office.sale(office.customer("Other"), "S-9", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto bill     = office.invoice(customer, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto late     = office.sale(customer, "S-1", "2026-01-11"_date, "2026-02-04"_date, "100.00");
    const auto credit   = office.sale(customer, "SC-1", "2026-01-05"_date, "2026-01-05"_date, "-40.00");
    const auto paying   = [&](Id<OpenItem> item, const char* amount, const char* write_off = "0.00") {
        CustomerPayment payment{.party = customer, .date = "2026-01-10"_date};
        payment.lines = {{.item = item, .amount = office.usd(amount), .write_off = office.usd(write_off)}};
        return refusal(office, payment);
    };
    CHECK(paying(other, "1.00") == "financials.item_of_other_party");
    CHECK(paying(bill, "1.00") == "financials.sides_differ");
    CHECK(paying(late, "1.00") == "financials.settled_before");
    CHECK(paying(credit, "-40.00", "1.00") == "financials.settles_too_much");
    CHECK(paying(credit, "-40.01") == "financials.settles_too_much");
    Payment payment{.party = customer, .date = "2026-02-02"_date, .lines = {{.item = late, .amount = office.usd("1.00")}}};
    CHECK(office.company.refusal([&](Transaction& tx) { tx.insert(payment); }) == "financials.sides_differ");
}

TEST_CASE("customer payment: a refund takes the credit and needs the right to pay") {
    Office          office;
    const auto      customer = office.customer("Bike World");
    const auto      credit   = office.sale(customer, "SC-1", "2026-01-05"_date, "2026-01-05"_date, "-50.00");
    CustomerPayment refund{.party = customer, .date = "2026-01-10"_date};
    refund.lines = {{.item = credit, .amount = office.usd("-50.00")}};
    CHECK(refusal_as(office, {"*.read", "financials.collect"}, refund) == "financials.refund_not_permitted");
    refund.on_account = office.usd("10.00");
    CHECK(refusal(office, refund) == "financials.nothing_to_pay");
    refund.on_account = {};
    office.company.insert(directory::BankAccount{.party = customer, .holder = "Bike World", .account_number = "DE89370400440532013000"});
    office.company.run(
        [](Transaction& tx) { tessera::testing::damage(tx, "UPDATE directory_bank_account SET state = 'pending', payable_from = NULL"); });
    CHECK(refusal(office, refund) == "directory.payee_on_hold");

    const auto      other = office.customer("Other");
    const auto      note  = office.sale(other, "SC-2", "2026-01-05"_date, "2026-01-05"_date, "-50.00");
    CustomerPayment paid{.party = other, .date = "2026-01-10"_date};
    paid.lines    = {{.item = note, .amount = office.usd("-30.00")}};
    const auto id = collected(office, paid);
    CHECK(office.company.load(id).total.str() == "-30.00");
    CHECK(office.open(note).str() == "-20.00");
    CHECK(office.balance("1010") == "-30.00");
    CHECK(office.balance("1100") == "-70.00");
    CHECK(office.company.verify() == "");
    office.move(id, "reverse", R"({"reason":"Came back"})");
    CHECK(office.open(note).str() == "-50.00");
    CHECK(office.balance("1010") == "0.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("customer payment: what goes beyond the terms needs the right to write off") {
    Office     office;
    const auto customer = office.customer("Bike World");
    const auto item =
        office.sale(customer, "S-1", "2026-01-05"_date, "2026-02-04"_date, "1000.00", "0.00", in_time(office, "20.00", "5.00"));
    const auto as_clerk = [&](const char* date, const char* amount, const char* discount, const char* write_off) {
        CustomerPayment payment{.party = customer, .date = Date::parse(date)};
        payment.lines = {
            {.item = item, .amount = office.usd(amount), .discount = office.usd(discount), .write_off = office.usd(write_off)}};
        return refusal_as(office, {"*.read", "financials.collect"}, payment);
    };
    CHECK(as_clerk("2026-01-10", "975.00", "20.01", "4.99") == "financials.beyond_terms");
    CHECK(as_clerk("2026-01-21", "980.00", "20.00", "0.00") == "financials.beyond_terms");
    CHECK(as_clerk("2026-01-10", "974.99", "20.00", "5.01") == "financials.beyond_terms");
    CHECK(as_clerk("2026-01-20", "400.00", "15.00", "0.00") == "");
    CHECK(as_clerk("2026-01-20", "579.00", "6.00", "0.00") == "financials.beyond_terms");
    CHECK(as_clerk("2026-01-20", "575.00", "5.00", "5.00") == "");
    CHECK(office.open(item).is_zero());
    CHECK(office.company.verify() == "");
}

TEST_CASE("customer payment: proposed from what was received, for the items that it names or the oldest due") {
    Office     office;
    const auto customer = office.customer("Bike World");
    const auto old      = office.sale(customer, "S-1", "2025-12-01"_date, "2025-12-31"_date, "70.00");
    const auto fresh =
        office.sale(customer, "S-2", "2026-01-05"_date, "2026-02-04"_date, "1000.00", "0.00", in_time(office, "20.00", "5.00"));
    office.sale(customer, "S-3", "2026-01-30"_date, "2026-02-28"_date, "500.00");
    const auto proposed = [&](const char* date, const char* received, std::string reference, const char* input = "{}") {
        const auto id = office.company.insert(
            CustomerPayment{.party = customer, .date = Date::parse(date), .reference = reference, .received = office.usd(received)});
        office.move(id, "propose", input);
        const auto  payment = office.company.load(id);
        std::string text;
        for (const auto& line : payment.lines)
            text += fmt::format("{}: {} {} {}; ", office.company.load(line.item).document, line.amount, line.discount, line.write_off);
        CHECK(payment.total == payment.received);
        return text + payment.on_account.str();
    };
    CHECK(proposed("2026-01-10", "1051.00", "") == "S-1: 70.00 0.00 0.00; S-2: 981.00 20.00 -1.00; 0.00");
    CHECK(proposed("2026-01-10", "975.00", "for s2") == "S-2: 975.00 20.00 5.00; 0.00");
    CHECK(proposed("2026-01-18", "980.00", "S-2") == "S-2: 980.00 0.00 0.00; 0.00");
    CHECK(proposed("2026-01-18", "980.00", "S-2", R"({"late_discount":true})") == "S-2: 980.00 20.00 0.00; 0.00");
    CHECK(proposed("2026-01-10", "100.00", "S-1, thanks") == "S-1: 70.00 0.00 0.00; 30.00");
    CHECK(proposed("2025-11-10", "100.00", "") == "100.00");
    const auto nothing = office.company.insert(CustomerPayment{.party = customer, .date = "2026-01-10"_date});
    CHECK(office.move_refusal(nothing, "propose") == "financials.nothing_received");
    const auto back =
        office.company.insert(CustomerPayment{.party = customer, .date = "2026-01-10"_date, .received = office.usd("-10.00")});
    CHECK(office.move_refusal(back, "propose") == "financials.nothing_to_pay");

    const auto id = office.company.insert(CustomerPayment{.party = customer, .date = "2026-01-10"_date, .received = office.usd("1050.00")});
    office.move(id, "propose", "{}");
    office.move(id, "post", "{}");
    CHECK(office.open(old).is_zero());
    CHECK(office.open(fresh).is_zero());
    CHECK(office.balance("1010") == "1050.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("allocation: money on account is used for an invoice later, and freed again") {
    Office     office;
    const auto customer = office.customer("Bike World");
    const auto payment  = collected(office, {.party = customer, .date = "2026-01-10"_date, .on_account = office.usd("60.00")});
    const auto credit   = item_of(office, payment);
    const auto invoice  = office.sale(customer, "S-1", "2026-02-01"_date, "2026-03-01"_date, "100.00");
    const auto allocate = [&](Date date, const char* amount, Id<OpenItem> by) {
        Allocation allocation{.date = date, .credit = by};
        allocation.lines = {{.item = invoice, .amount = office.usd(amount)}};
        const auto code  = office.company.refusal([&](Transaction& tx) {
            tx.insert(allocation);
            tx.transition(allocation.id, "post");
        });
        return std::pair(code, allocation.id);
    };
    CHECK(allocate("2026-02-05"_date, "10.00", invoice).first == "financials.not_a_credit");
    CHECK(allocate("2026-01-31"_date, "10.00", credit).first == "financials.settled_before");
    CHECK(allocate("2026-02-05"_date, "60.01", credit).first == "financials.settles_too_much");
    const auto [code, id] = allocate("2026-02-05"_date, "60.00", credit);
    CHECK(code == "");
    CHECK(office.open(invoice).str() == "40.00");
    CHECK(office.open(credit).is_zero());
    CHECK(office.company.load(id).number == "AL-2026-00001");
    CHECK(office.move_refusal(payment, "reverse", R"({"reason":"Bounced"})") == "financials.used_elsewhere");
    office.move(id, "reverse", R"({"date":"2026-02-20","reason":"Mistake"})");
    CHECK(office.open(invoice).str() == "100.00");
    CHECK(office.open(credit).str() == "-60.00");
    CHECK(office.company.verify() == "");
    office.move(payment, "reverse", R"({"date":"2026-02-21","reason":"Bounced"})");
    CHECK(office.open(credit).is_zero());
    CHECK(office.balance("1100") == "100.00");
    CHECK(office.company.verify() == "");
}

namespace {

// The rate moves from 2.0 to 2.5 euro per dollar overnight.
struct Abroad {
    Office               office{};
    Currency             eur = Currency::of("EUR");
    Id<directory::Party> customer{};
    Abroad() {
        customer = office.customer("Vélos");
        for (const auto& [day, rate] : {std::pair("2026-01-01", "2.0"), std::pair("2026-01-02", "2.5")})
            office.company.insert(
                directory::ExchangeRate{.base = Currency::of("USD"), .quote = eur, .date = Date::parse(day), .rate = Rate::parse(rate)});
    }
    Id<OpenItem> sale(std::string document, std::int64_t cents, std::int64_t tax, Date date) {
        Id<OpenItem> item;
        office.company.run([&](Transaction& tx) {
            const Money amount{cents, eur};
            const auto  in_books = [&](Money money) {
                return tx.service<directory::ExchangeRates>().convert(tx, money, tx.books().currency, date);
            };
            const auto book = in_books(amount), book_tax = in_books(Money{tax, eur});
            tx.service<Ledger>().post(tx,
                                      {.date   = date,
                                       .memo   = document,
                                       .source = {"test.sale", ++count, 0},
                                       .lines  = {debit("financials.receivable", book, customer), credit("financials.output_tax", book_tax),
                                                  credit("financials.rounding", book - book_tax)}});
            item = tx.service<OpenItems>().open(tx, {.side          = ItemSide::receivable,
                                                     .party         = customer,
                                                     .document      = document,
                                                     .date          = date,
                                                     .due_on        = date,
                                                     .book_amount   = book,
                                                     .currency      = eur,
                                                     .amount        = amount,
                                                     .source_entity = "test.sale",
                                                     .source_id     = count});
        });
        return item;
    }
    std::int64_t count = 0;
};

}  // namespace

// tryton account_invoice scenario_invoice_alternate_currency.rst (O21)
TEST_CASE("customer payment: a rate that moved gives a realised exchange difference (O21)") {
    Abroad     abroad;
    auto&      office = abroad.office;
    const auto item   = abroad.sale("S-1", 46000, 4000, "2026-01-01"_date);
    CHECK(office.balance("1100") == "230.00");
    CustomerPayment payment{.party = abroad.customer, .date = "2026-01-02"_date};
    payment.lines = {{.item = item, .amount = Money{46000, abroad.eur}}};
    const auto id = collected(office, payment);
    CHECK(office.balance("1100") == "0.00");
    CHECK(office.balance("1010") == "184.00");
    CHECK(office.balance("7020") == "46.00");
    CHECK(office.company.verify() == "");
    office.move(id, "reverse", R"({"date":"2026-01-03","reason":"Bounced"})");
    CHECK(office.balance("1100") == "230.00");
    CHECK(office.balance("7020") == "0.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("allocation: between two rates the difference is realised, and taken back") {
    Abroad     abroad;
    auto&      office = abroad.office;
    const auto item   = abroad.sale("S-1", 10000, 0, "2026-01-01"_date);
    const auto eur    = [&](std::int64_t cents) { return Money{cents, abroad.eur}; };
    const auto advance =
        collected(office, {.party = abroad.customer, .date = "2026-01-02"_date, .currency = abroad.eur, .on_account = eur(5000)});
    Allocation allocation{.date = "2026-01-05"_date, .credit = item_of(office, advance)};
    allocation.lines = {{.item = item, .amount = eur(5000)}};
    office.company.run([&](Transaction& tx) {
        tx.insert(allocation);
        tx.transition(allocation.id, "post");
    });
    CHECK(office.balance("1100") == "25.00");
    CHECK(office.balance("7020") == "5.00");
    CHECK(office.company.verify() == "");
    office.move(allocation.id, "reverse", R"({"date":"2026-01-06","reason":"Mistake"})");
    CHECK(office.balance("1100") == "30.00");
    CHECK(office.balance("7020") == "0.00");
    CHECK(office.company.verify() == "");
}
