#include "tests/office.h"

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

TEST_CASE("payables: an item and its posting must agree") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    CHECK(office.company.refusal([&](Transaction& tx) {
        tx.service<OpenItems>().open(
            tx, {.party = supplier, .document = "I-1", .date = "2026-01-05"_date, .amount = office.usd("10.00")});
    }) == "financials.subledger_differs");
    const auto item = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "10.00");
    CHECK(office.open(item).str() == "10.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("payables: a credit note settles an invoice, and the settlement can be undone") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto invoice  = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto credit   = office.invoice(supplier, "C-1", "2026-01-10"_date, "2026-01-10"_date, "-30.00");
    const auto settle   = [&](std::string amount) {
        return office.company.refusal([&](Transaction& tx) {
            tx.service<OpenItems>().settle(tx, invoice, credit, office.usd(amount), "2026-01-15"_date);
        });
    };
    CHECK(settle("30.01") == "financials.settles_too_much");
    CHECK(settle("30.00") == "");
    CHECK(office.open(invoice).str() == "70.00");
    CHECK(office.open(credit).str() == "0.00");
    CHECK(settle("0.01") == "financials.settles_too_much");
    CHECK(settle("-30.00") == "");
    CHECK(office.open(invoice).str() == "100.00");
    CHECK(settle("-0.01") == "financials.settles_too_much");
    CHECK(office.company.verify() == "");
}

TEST_CASE("payables: items of two currencies do not settle each other") {
    Office       office;
    const auto   supplier = office.supplier("Superior Bicycles");
    const auto   usd      = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto   eur      = Currency::of("EUR");
    Id<OpenItem> other;
    office.company.run([&](Transaction& tx) {
        tx.service<Ledger>().post(tx, {.date   = "2026-01-05"_date,
                                       .memo   = "Credit",
                                       .source = {"test.credit", 1, 0},
                                       .lines  = {debit("financials.payable", office.usd("12.00"), supplier),
                                                  credit("financials.rounding", office.usd("12.00"))}});
        other = tx.service<OpenItems>().open(tx, {.party       = supplier,
                                                 .kind        = ItemKind::credit_note,
                                                 .document    = "C-1",
                                                 .date        = "2026-01-05"_date,
                                                 .book_amount = office.usd("-12.00"),
                                                 .currency    = eur,
                                                 .amount      = Money{-1000, eur}});
    });
    CHECK(office.company.refusal([&](Transaction& tx) {
        tx.service<OpenItems>().settle(tx, usd, other, office.usd("5.00"), "2026-01-15"_date);
    }) == "financials.currency_differs");
}

TEST_CASE("receivables: an item and its posting must agree, on the side they are posted to") {
    Office     office;
    const auto party  = office.customer("Bike World");
    const auto posted = [&](ItemSide side, const char* role) {
        return office.company.refusal([&](Transaction& tx) {
            tx.service<Ledger>().post(tx, {.date   = "2026-01-05"_date,
                                           .memo   = "Invoice",
                                           .source = {"test.invoice", 1, 0},
                                           .lines  = {debit(role, office.usd("10.00"), party), credit("financials.rounding", office.usd("10.00"))}});
            tx.service<OpenItems>().open(
                tx, {.side = side, .party = party, .document = "S-1", .date = "2026-01-05"_date, .amount = office.usd("10.00")});
        });
    };
    CHECK(posted(ItemSide::payable, "financials.receivable") == "financials.subledger_differs");
    CHECK(posted(ItemSide::receivable, "financials.payable") == "financials.subledger_differs");
    CHECK(posted(ItemSide::payable, "financials.payable") == "financials.subledger_differs");
    CHECK(posted(ItemSide::receivable, "financials.receivable") == "");
    CHECK(office.balance("1100") == "10.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("receivables: a credit note settles an invoice; what is owed to the same party does not") {
    Office     office;
    const auto party   = office.customer("Bike World");
    const auto invoice = office.sale(party, "S-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    const auto credit  = office.sale(party, "SC-1", "2026-01-10"_date, "2026-01-10"_date, "-30.00");
    const auto bill    = office.invoice(party, "I-1", "2026-01-05"_date, "2026-02-04"_date, "-50.00");
    const auto settle  = [&](Id<OpenItem> by, std::string amount) {
        return office.company.refusal(
            [&](Transaction& tx) { tx.service<OpenItems>().settle(tx, invoice, by, office.usd(amount), "2026-01-15"_date); });
    };
    CHECK(settle(bill, "10.00") == "financials.sides_differ");
    CHECK(settle(credit, "30.01") == "financials.settles_too_much");
    CHECK(settle(credit, "30.00") == "");
    CHECK(office.open(invoice).str() == "70.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("payables: reports and controls of one side do not see the other") {
    Office     office;
    const auto party = office.customer("Bike World");
    office.sale(party, "S-1", "2026-01-05"_date, "2026-02-04"_date, "100.00");
    CHECK(office.company.report_result("financials.payables_ageing", {{"as_of", "2026-03-20"}}).rows.empty());
    CHECK(office.company.report_result("financials.open_items", {{"as_of", "2026-03-20"}}).rows.empty());
}

TEST_CASE("payables: an item is found by its document") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto item     = office.invoice(supplier, "I-1", "2026-01-05"_date, "2026-02-04"_date, "10.00");
    office.company.read([&](const Snapshot& tx) {
        CHECK(tx.service<OpenItems>().of_source(tx, {"test.invoice", 1, 0})->id == item);
        CHECK_FALSE(tx.service<OpenItems>().of_source(tx, {"test.invoice", 2, 0}));
    });
}

TEST_CASE("payables ageing: by the days overdue, also on a day in the past and as known then") {
    Office     office;
    const auto one = office.supplier("Alpine"), two = office.supplier("Bikes");
    const auto a = office.invoice(one, "A-1", "2026-01-01"_date, "2026-01-31"_date, "100.00");
    office.invoice(one, "A-2", "2026-01-01"_date, "2026-03-15"_date, "40.00");
    office.invoice(two, "B-1", "2026-01-02"_date, "2026-02-01"_date, "7.00");
    std::string moment;
    office.company.read([&](const Snapshot& tx) { moment = tx.now().str(); });
    Payment payment{.party = one, .date = "2026-03-01"_date};
    payment.lines = {{.item = a, .amount = office.usd("60.00")}};
    office.company.run([&](Transaction& tx) {
        tx.insert(payment);
        tx.transition(payment.id, "post");
    });
    const auto ageing = [&](Suite::ParameterTexts parameters) {
        std::string text;
        for (const auto& row : office.company.report_result("financials.payables_ageing", parameters).rows) {
            for (std::size_t i = 1; i < 8; ++i) text += (i == 1 ? "" : " ") + text_of(row[i]);
            text += "\n";
        }
        return text;
    };
    CHECK(ageing({{"as_of", "2026-01-31"}}) ==
          "Alpine 140.00 140.00 0.00 0.00 0.00 0.00\nBikes 7.00 7.00 0.00 0.00 0.00 0.00\n");
    CHECK(ageing({{"as_of", "2026-02-28"}}) ==
          "Alpine 140.00 40.00 100.00 0.00 0.00 0.00\nBikes 7.00 0.00 7.00 0.00 0.00 0.00\n");
    CHECK(ageing({{"as_of", "2026-03-20"}}) ==
          "Alpine 80.00 0.00 40.00 40.00 0.00 0.00\nBikes 7.00 0.00 0.00 7.00 0.00 0.00\n");
    CHECK(ageing({{"as_of", "2026-06-30"}}) ==
          "Alpine 80.00 0.00 0.00 0.00 0.00 80.00\nBikes 7.00 0.00 0.00 0.00 0.00 7.00\n");
    CHECK(ageing({{"as_of", "2026-03-20"}, {"known_at", moment}}) ==
          "Alpine 140.00 0.00 40.00 100.00 0.00 0.00\nBikes 7.00 0.00 0.00 7.00 0.00 0.00\n");
    CHECK(ageing({{"as_of", "2025-12-31"}}) == "");
    CHECK(office.company.report_result("financials.open_items", {{"as_of", "2026-03-20"}, {"supplier", "Alpine"}})
              .rows.size() == 2);
    CHECK(office.company.report_result("financials.open_items", {{"as_of", "2026-02-20"}}).rows.size() == 3);
    CHECK(
        office.company
            .report("financials.account_statement", {{"party", "Alpine"}, {"from", "2026-02-01"}, {"to", "2026-03-31"}})
            .find("| 60.00 |  | -80.00\n") != std::string::npos);
}
