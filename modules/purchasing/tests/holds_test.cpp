// What is held, why, and what lets it go.
#include "tests/buying.h"

namespace purchasing::tests {

TEST_CASE("holds: what was rejected is held, the rest may be paid, and the explainer says why") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "12.50"}});
    buying.receive(order, {"10/2"});
    const auto invoice = buying.invoice(order, {"10 @ 12.50"});
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 25.00 held");
    CHECK(buying.item(invoice) == "held 25.00 of 125.00 open");
    CHECK(buying.why(invoice) ==
          "VI-2026-00001 is held for 25.00 of 125.00: on PO-2026-00001 line 1 (Chain) 10 were invoiced and 8 accepted "
          "(10 received, 2 rejected). "
          "Receive 2 more, or have the supplier credit 25.00.");
    CHECK(buying.refusal([&] { buying.pay(invoice, "125"); }) == "financials.item_held");
    buying.pay(invoice, "100");
    CHECK(buying.item(invoice) == "held 25.00 of 25.00 open");
    buying.check_sound();
}

TEST_CASE("holds: a later receipt clears what was not received") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "12.50"}});
    const auto invoice = buying.invoice(order, {"10 @ 12.50"});
    CHECK(buying.holds(invoice) == "not_received 125.00 held");
    CHECK(buying.open_orders() == "125.00");
    buying.receive(order, {"4"});
    CHECK(buying.holds(invoice) == "not_received 125.00 cleared; quantity_exceeds_receipt 75.00 held");
    CHECK(buying.item(invoice) == "held 75.00 of 125.00 open");
    buying.receive(order, {"6"});
    CHECK(buying.item(invoice) == "held 0.00 of 125.00 open");
    CHECK(buying.state(order) == "closed");
    CHECK(buying.open_orders() == "0.00");
    buying.check_sound();
}

TEST_CASE("holds: a return with its debit note clears what was rejected") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "12.50"}});
    const auto receipt = buying.receive(order, {"10/2"});
    const auto invoice = buying.invoice(order, {"10 @ 12.50"});
    const auto back    = buying.give_back(receipt, {"2"});
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 25.00 held");
    CHECK(buying.open_orders() == "25.00");
    CHECK(buying.holding(chain) == "8 worth 100.00");

    buying.company.transition(back, "create_debit_note", Buying::day);
    const auto note =
        *buying.company.value<Id<VendorInvoice>>("SELECT id FROM purchasing_vendor_invoice WHERE kind = 'debit_note'");
    CHECK(buying.company.load(note).total == buying.company.money("-25.00"));
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 25.00 cleared");
    CHECK(buying.item(invoice) == "held 0.00 of 100.00 open");
    CHECK(buying.item(note) == "held 0.00 of 0.00 open");
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.refusal([&] { buying.company.transition(back, "create_debit_note"); }) ==
          "purchasing.nothing_to_debit");
    CHECK(buying.refusal([&] { buying.company.transition(back, "reverse"); }) == "purchasing.return_is_debited");
    buying.check_sound();
}

TEST_CASE("holds: accepted goods sent back later are held on the invoice they were matched to") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto receipt = buying.receive(order, {"10"});
    const auto invoice = buying.invoice(order, {"10 @ 10"});
    CHECK(buying.state(order) == "closed");
    const auto back = buying.give_back(receipt, {"3"});
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 30.00 held");
    CHECK(buying.state(order) == "part_received");
    CHECK(*buying.company.value<Quantity>("SELECT sum(quantity) FROM purchasing_match_allocation") == Quantity::of(7));
    buying.check_sound();
    buying.company.transition(back, "reverse", Buying::day);
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 30.00 cleared");
    CHECK(buying.state(order) == "closed");
    CHECK(buying.holding(chain) == "10 worth 100.00");
    buying.check_sound();
}

namespace {

// What of each receipt line is matched, the oldest first.
std::string matched(Buying& buying, Id<Order> order) {
    std::string text;
    buying.company.read([&](const Snapshot& tx) {
        for (const auto& line : tx.select<GoodsReceiptLine>("purchase_order = :purchase_order ORDER BY id", order))
            text += fmt::format("{}{}", text.empty() ? "" : ", ", line.matched);
    });
    return text;
}

}  // namespace

TEST_CASE("holds: matched goods sent back are released, and the invoice is matched with others that were accepted") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto first   = buying.receive(order, {"5"}, "2026-03-02"_date);
    const auto invoice = buying.invoice(order, {"5 @ 10"}, "2026-03-03"_date);
    const auto second  = buying.receive(order, {"3"}, "2026-03-04"_date);
    CHECK(matched(buying, order) == "5, 0");
    const auto back = buying.give_back(first, {"2"}, "2026-03-05"_date);
    CHECK(matched(buying, order) == "3, 2");
    CHECK(*buying.company.value<Quantity>("SELECT min(quantity) FROM purchasing_match_allocation") == -Quantity::of(2));
    CHECK(buying.holds(invoice) == "");
    CHECK(buying.refusal([&] { buying.company.transition(back, "create_debit_note"); }) ==
          "purchasing.nothing_to_debit");
    buying.check_sound();

    const auto more = buying.give_back(first, {"3"}, "2026-03-06"_date);
    CHECK(matched(buying, order) == "0, 3");
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 20.00 held");
    buying.check_sound();
    buying.company.transition(more, "create_debit_note", "2026-03-06"_date);
    CHECK(matched(buying, order) == "0, 3");
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 20.00 cleared");
    CHECK(buying.item(invoice) == "held 0.00 of 30.00 open");
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.refusal([&] { buying.company.transition(second, "reverse"); }) == "purchasing.receipt_is_matched");
    buying.check_sound();
}

TEST_CASE("holds: reversing a return matches the invoice with the goods it had, and frees the others") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto first   = buying.receive(order, {"5"}, "2026-03-02"_date);
    const auto invoice = buying.invoice(order, {"5 @ 10"}, "2026-03-03"_date);
    const auto second  = buying.receive(order, {"3"}, "2026-03-04"_date);
    const auto back    = buying.give_back(first, {"4"}, "2026-03-05"_date);
    CHECK(matched(buying, order) == "1, 3");
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 10.00 held");
    buying.company.transition(back, "reverse", "2026-03-06"_date);
    CHECK(matched(buying, order) == "5, 0");
    CHECK(buying.holds(invoice) == "quantity_exceeds_receipt 10.00 cleared");
    CHECK(buying.refusal([&] { buying.company.transition(second, "reverse", "2026-03-06"_date); }) == "");
    buying.check_sound();
}

TEST_CASE("holds: order 10, invoice 10, receipt 9, credit 1 (idempiere testCreditMemoPosting)") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto invoice = buying.invoice(order, {"10 @ 10"});
    buying.receive(order, {"9"});
    auto credit     = buying.invoice_of(order, {"1 @ 10"});
    credit.kind     = InvoiceKind::credit_note;
    credit.corrects = invoice;
    const auto note = buying.posted(credit);
    CHECK(buying.company.load(note).total == buying.company.money("-10.00"));
    CHECK(buying.item(invoice) == "held 0.00 of 90.00 open");
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("financials.payable") == "-90.00");
    CHECK(buying.state(order) == "part_received");
    buying.check_sound();
}

TEST_CASE("holds: who may release one says why, and only what comes on top is held anew") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "10"}});
    buying.receive(order, {"10"});
    const auto invoice = buying.invoice(order, {"10 @ 12"});
    const auto hold    = *buying.company.value<Id<MatchHold>>("SELECT id FROM purchasing_match_hold");
    CHECK(buying.refusal([&] { buying.company.transition(hold, "release"); }) == "kernel.required");
    buying.company.suite().run({.verb       = tessera::RecordCommand::Verb::transition,
                                .entity     = "purchasing.match_hold",
                                .id         = hold.value,
                                .body       = R"({"reason":"Agreed by telephone"})",
                                .transition = "release"});
    CHECK(buying.holds(invoice) == "price_exceeds_order 20.00 released");
    CHECK(buying.item(invoice) == "held 0.00 of 120.00 open");
    CHECK(buying.state(order) == "closed");
    CHECK(buying.company.load(hold).released_by == "administrator");
    buying.pay(invoice, "120");
    buying.check_sound();
}

TEST_CASE("holds: invoicing goods twice holds all of the second invoice") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "10"}});
    buying.receive(order, {"10"});
    const auto first  = buying.invoice(order, {"10 @ 10"}, "2026-03-02"_date, "A-1");
    const auto second = buying.invoice(order, {"10 @ 10"}, "2026-03-05"_date, "A-2");
    CHECK(buying.holds(first) == "");
    CHECK(buying.holds(second) == "quantity_exceeds_order 100.00 held");
    CHECK(buying.item(second) == "held 100.00 of 100.00 open");
    CHECK(buying.refusal([&] { buying.pay(second, "0.01"); }) == "financials.item_held");
    CHECK(*buying.company.value<Quantity>("SELECT sum(quantity) FROM purchasing_match_allocation") == Quantity::of(10));
    buying.check_sound();
}

TEST_CASE("holds: one number of a supplier stands once a year, however it is written") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "10"}});
    buying.receive(order, {"10"});
    const auto first = buying.invoice(order, {"4 @ 10"}, "2026-03-02"_date, "INV-0042");
    CHECK(buying.refusal([&] { buying.invoice(order, {"6 @ 10"}, "2026-04-02"_date, "inv 42"); }) ==
          "purchasing.duplicate_invoice");
    buying.company.transition(first, "reverse", "2026-03-03"_date);
    CHECK(buying.refusal([&] { buying.invoice(order, {"4 @ 10"}, "2026-03-04"_date, "INV-0042"); }) == "");
    CHECK(buying.refusal([&] { buying.invoice(order, {"4 @ 10"}, "2026-03-04"_date, "INV-0043"); }) == "");
    buying.check_sound();
}

TEST_CASE("holds: the same supplier, day and total for the same order looks like a duplicate") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "10"}});
    buying.receive(order, {"10"});
    buying.invoice(order, {"5 @ 10"}, Buying::day, "A-1");
    const auto second = buying.invoice(order, {"5 @ 10"}, Buying::day, "B-1");
    CHECK(buying.holds(second) == "duplicate_suspected 50.00 held");
    CHECK(buying.why(second).find("it looks like an invoice that is there already") != std::string::npos);
    const auto other = buying.order({{chain, "5", "10"}});
    buying.receive(other, {"5"});
    CHECK(buying.holds(buying.invoice(other, {"5 @ 10"}, Buying::day, "C-1")) == "");
    buying.check_sound();
}

TEST_CASE("holds: tolerances are those of the day of approval") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    buying.company.insert(Tolerance{.scope          = ToleranceScope::product,
                                    .product        = chain,
                                    .upper_percent  = Percent::of(2),
                                    .upper_absolute = Quantity::of(50)});
    const auto before = buying.order({{chain, "10", "100"}});
    CHECK(buying.line(before).match_policy != "");
    const auto strict = buying.company.insert(Tolerance{.scope         = ToleranceScope::product,
                                                        .product       = chain,
                                                        .upper_percent = Percent{},
                                                        .valid_from    = "2026-03-01"_date});
    CHECK(strict);
    const auto after = buying.order({{chain, "10", "100"}});
    buying.receive(before, {"10"});
    buying.receive(after, {"10"});
    CHECK(buying.holds(buying.invoice(before, {"10 @ 102"})) == "");
    CHECK(buying.holds(buying.invoice(after, {"10 @ 102"})) == "price_exceeds_order 20.00 held");
    buying.check_sound();
}

TEST_CASE("holds: a tolerance for quantities lets a little more be received and invoiced") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    buying.company.insert(Tolerance{.scope         = ToleranceScope::supplier,
                                    .supplier      = buying.acme,
                                    .kind          = ToleranceKind::quantity,
                                    .upper_percent = Percent::of(10)});
    const auto order = buying.order({{chain, "50", "1"}});
    CHECK(buying.refusal([&] { buying.receive(order, {"56"}); }) == "purchasing.receives_too_much");
    buying.receive(order, {"55"});
    const auto invoice = buying.invoice(order, {"55 @ 1"});
    CHECK(buying.holds(invoice) == "");
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.state(order) == "closed");
    buying.check_sound();
}

TEST_CASE("holds: what was rejected goes back also when goods like it were used up meanwhile") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "30", "10"}});
    const auto receipt = buying.receive(order, {"10/2"}, "2026-03-02"_date);
    buying.receive(order, {"10"}, "2026-03-03"_date);
    buying.issue(chain, "12", "2026-03-04"_date);
    buying.give_back(receipt, {"2"}, "2026-03-05"_date);
    CHECK(buying.holding(chain) == "6 worth 60.00");
    CHECK(buying.open_orders() == "-180.00");
    buying.check_sound();
}

}  // namespace purchasing::tests
