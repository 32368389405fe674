// What people get wrong: each is refused with one sentence, and nothing half done stays behind.
#include "tests/buying.h"

#include <financials/periods.h>

namespace purchasing::tests {

namespace {

// Everything that postings write, counted: a refused command leaves it as it was.
std::string traces(Buying& buying) {
    std::string text;
    for (const char* table : {"purchasing_goods_receipt", "purchasing_vendor_invoice", "purchasing_supplier_return",
                              "purchasing_match_allocation", "purchasing_clearing_entry", "purchasing_match_hold",
                              "financials_journal_entry", "financials_open_item", "inventory_quantity_entry"})
        text += fmt::format("{} ", *buying.company.value<std::int64_t>(std::string("SELECT count(*) FROM ") + table));
    return text;
}

}  // namespace

TEST_CASE("refusals: an order without lines, without a supplier, or with nothing ordered is not approved") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto empty = buying.draft({});
    CHECK(buying.refusal([&] { buying.company.transition(empty, "approve"); }) == "purchasing.nothing_to_order");
    CHECK(buying.refusal([&] {
        buying.company.insert(Order{.lines = {{.product = chain, .quantity = Quantity::of(1)}}});
    }) == "kernel.required");
    CHECK(buying.refusal([&] { buying.draft({{chain, "0", "1"}}); }) == "kernel.required");
    CHECK(buying.refusal([&] { buying.draft({{chain, "-1", "1"}}); }) == "kernel.not_positive");
    CHECK(buying.refusal([&] { buying.draft({{chain, "1", "-1"}}); }) == "kernel.negative");
    CHECK(buying.refusal([&] { buying.draft({{Id<Product>{}, "1", "1"}}); }) == "kernel.required");
}

TEST_CASE("refusals: receiving more than ordered") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "10"}});
    CHECK(buying.refusal([&] { buying.receive(order, {"11"}); }) == "purchasing.receives_too_much");
    buying.receive(order, {"6"});
    const auto before = traces(buying);
    CHECK(buying.refusal([&] { buying.receive(order, {"5"}); }) == "purchasing.receives_too_much");
    CHECK(buying.refusal([&] { buying.receive(order, {"4/5"}); }) == "purchasing.rejects_too_much");
    CHECK(traces(buying) == before);
    buying.receive(order, {"4/2"});
    CHECK(buying.refusal([&] { buying.receive(order, {"3"}); }) == "purchasing.receives_too_much");
    buying.receive(order, {"2"});  // in place of what was rejected
    buying.check_sound();
}

TEST_CASE("refusals: receiving on an order that is a draft, cancelled or closed") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.draft({{chain, "10", "10"}});
    CHECK(buying.refusal([&] { buying.receive(order, {"1"}); }) == "purchasing.order_not_open");
    CHECK(buying.refusal([&] { buying.invoice(order, {"1 @ 10"}); }) == "purchasing.order_not_approved");
    buying.company.transition(order, "approve");
    const auto with_reason = [&](const char* transition, const char* reason) {
        buying.company.suite().run({.verb       = tessera::RecordCommand::Verb::transition,
                                    .entity     = "purchasing.order",
                                    .id         = order.value,
                                    .body       = fmt::format(R"({{"reason":"{}"}})", reason),
                                    .transition = transition});
    };
    with_reason("close", "The supplier refused it");
    CHECK(buying.refusal([&] { buying.receive(order, {"1"}); }) == "purchasing.order_not_open");
    buying.company.transition(order, "reopen");
    buying.receive(order, {"1"});
    CHECK(buying.refusal([&] { with_reason("cancel", "Too late"); }) == "kernel.wrong_state");
    const auto other = buying.order({{chain, "1", "1"}});
    buying.invoice(other, {"1 @ 1"});
    CHECK(buying.refusal([&] {
        buying.company.suite().run({.verb       = tessera::RecordCommand::Verb::transition,
                                    .entity     = "purchasing.order",
                                    .id         = other.value,
                                    .body       = R"({"reason":"No"})",
                                    .transition = "cancel"});
    }) == "purchasing.order_is_begun");
    buying.check_sound();
}

TEST_CASE("refusals: a document that is posted is not posted again, changed or deleted") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto receipt = buying.receive(order, {"10"});
    const auto invoice = buying.invoice(order, {"10 @ 10"});
    CHECK(buying.refusal([&] { buying.company.transition(receipt, "post"); }) == "kernel.wrong_state");
    CHECK(buying.refusal([&] { buying.company.transition(invoice, "post"); }) == "kernel.wrong_state");
    const auto change = [&](const char* entity, std::int64_t id) {
        return buying.refusal([&] {
            buying.company.suite().run({.verb   = tessera::RecordCommand::Verb::change,
                                        .entity = entity,
                                        .id     = id,
                                        .body   = R"({"date":"2026-01-01"})"});
        });
    };
    CHECK(change("purchasing.goods_receipt", receipt.value) == "kernel.wrong_state");
    CHECK(change("purchasing.vendor_invoice", invoice.value) == "kernel.wrong_state");
    CHECK(change("purchasing.order", order.value) == "kernel.wrong_state");
}

TEST_CASE("refusals: a receipt is matched once, and not reversed while it is") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto receipt = buying.receive(order, {"10"});
    const auto first   = buying.invoice(order, {"10 @ 10"});
    buying.invoice(order, {"10 @ 10"}, "2026-03-09"_date);
    CHECK(buying.company.load(receipt).lines[0].matched == Quantity::of(10));
    CHECK(buying.refusal([&] { buying.company.transition(receipt, "reverse"); }) == "purchasing.receipt_is_matched");
    buying.company.transition(first, "reverse");
    CHECK(buying.company.load(receipt).lines[0].matched == Quantity::of(10));  // now by the second invoice
    buying.check_sound();
}

TEST_CASE("refusals: returning more than came, or what is not there") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto receipt = buying.receive(order, {"10/2"});
    CHECK(buying.refusal([&] { buying.give_back(receipt, {"11"}); }) == "purchasing.returns_too_much");
    buying.give_back(receipt, {"4"});
    CHECK(buying.line(order).accepted() == Quantity::of(6));
    CHECK(buying.refusal([&] { buying.give_back(receipt, {"7"}); }) == "purchasing.returns_too_much");
    buying.issue(chain, "6");
    const auto before = traces(buying);
    CHECK(buying.refusal([&] { buying.give_back(receipt, {"1"}); }) == "inventory.not_enough");
    CHECK(buying.refusal([&] { buying.company.transition(receipt, "reverse"); }) == "purchasing.receipt_is_returned");
    CHECK(traces(buying) == before);
    buying.check_sound();
}

TEST_CASE(
    "refusals: an invoice of another supplier, without its number, without an order line, or crediting too much") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto other = buying.company.insert(Party{.number = "OTHER", .name = "Other", .supplier = true});
    const auto order = buying.order({{chain, "10", "10"}});
    auto       wrong = buying.invoice_of(order, {"1 @ 10"});
    wrong.supplier   = other;
    CHECK(buying.refusal([&] { buying.posted(wrong); }) == "purchasing.supplier_differs");
    auto unnumbered            = buying.invoice_of(order, {"1 @ 10"});
    unnumbered.supplier_number = "-";
    CHECK(buying.refusal([&] { buying.posted(unnumbered); }) == "purchasing.supplier_number_missing");
    VendorInvoice lone{.supplier        = buying.acme,
                       .supplier_number = "L-1",
                       .lines           = {{.quantity = Quantity::of(1), .price = UnitPrice::of(1)}}};
    CHECK(buying.refusal([&] { buying.posted(lone); }) == "purchasing.order_line_missing");
    CHECK(buying.refusal([&] { buying.posted(VendorInvoice{.supplier = buying.acme, .supplier_number = "L-2"}); }) ==
          "purchasing.nothing_to_invoice");
    buying.invoice(order, {"3 @ 10"});
    auto credit = buying.invoice_of(order, {"4 @ 10"});
    credit.kind = InvoiceKind::credit_note;
    CHECK(buying.refusal([&] { buying.posted(credit); }) == "purchasing.credits_too_much");
    buying.check_sound();
}

TEST_CASE("refusals: posting into a locked period") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto receipt = buying.receive(order, {"5"});
    const auto march =
        *buying.company.value<Id<financials::Period>>("SELECT id FROM financials_period WHERE name = '2026-03'");
    buying.company.transition(march, "lock");
    const auto before = traces(buying);
    const auto locked = [&](const std::string& code) {
        return code == "financials.period_closed" || code == "inventory.period_closed";
    };
    CHECK(locked(buying.refusal([&] { buying.receive(order, {"5"}); })));
    CHECK(locked(buying.refusal([&] { buying.invoice(order, {"5 @ 10"}); })));
    CHECK(locked(buying.refusal([&] { buying.give_back(receipt, {"1"}); })));
    CHECK(traces(buying) == before);
    buying.receive(order, {"5"}, "2026-04-01"_date);
    CHECK(buying.open_orders() == "-100.00");
    buying.check_sound();
}

TEST_CASE("refusals: a company whose roles are not mapped posts nothing") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto mapping = *buying.company.value<std::int64_t>(
        "SELECT id FROM financials_account_role_mapping WHERE role = 'purchasing.received_not_invoiced'");
    buying.company.suite().run(
        {.verb = tessera::RecordCommand::Verb::remove, .entity = "financials.account_role_mapping", .id = mapping});
    const auto before = traces(buying);
    CHECK(buying.refusal([&] { buying.receive(order, {"10"}); }) == "financials.role_not_mapped");
    CHECK(traces(buying) == before);
}

TEST_CASE("refusals: nobody else posts to the account of goods received and not invoiced") {
    Buying     buying;
    const auto code = buying.refusal([&] {
        buying.company.run([&](Transaction& tx) {
            JournalEntry entry{.date = Buying::day, .memo = "Tidy up", .source = {"sales.order", 1, 0}};
            entry.lines = {financials::debit("purchasing.received_not_invoiced", tx.books().money("1.00")),
                           financials::credit("purchasing.freight", tx.books().money("1.00"))};
            tx.service<financials::Ledger>().post(tx, entry);
        });
    });
    CHECK(code == "purchasing.received_not_invoiced_differs");
    CHECK(buying.open_orders() == "0.00");
}

TEST_CASE("refusals: an invoice that is paid is not reversed") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "1", "10"}});
    buying.receive(order, {"1"});
    const auto invoice = buying.invoice(order, {"1 @ 10"});
    buying.pay(invoice, "4");
    CHECK(buying.refusal([&] { buying.company.transition(invoice, "reverse"); }) == "purchasing.invoice_is_paid");
    buying.check_sound();
}

}  // namespace purchasing::tests
