// Reversals restore every balance, quantity, cost and open amount; and whatever people do, the account of goods
// received and not invoiced equals its order lines.
#include "tests/buying.h"

#include <random>

namespace purchasing::tests {

namespace {

std::string figures(Buying& buying, Id<Product> product, Id<Order> order) {
    const auto  line = buying.line(order);
    std::string text = fmt::format("{}; received {} rejected {} returned {} invoiced {} {}", buying.holding(product),
                                   line.received, line.rejected, line.returned, line.invoiced, buying.state(order));
    for (const char* role : {"inventory.stock", "purchasing.received_not_invoiced", "purchasing.price_variance",
                             "purchasing.freight", "financials.payable", "financials.input_tax", "financials.rounding"})
        text += "; " + buying.balance(role);
    text += fmt::format(
        "; owed {}; matched {}",
        *buying.company.value<Money>("SELECT coalesce(sum(open_amount), 0) FROM financials_open_item"),
        *buying.company.value<Quantity>("SELECT coalesce(sum(quantity), 0) FROM purchasing_match_allocation"));
    return text;
}

}  // namespace

TEST_CASE("reversal: a receipt, a return, an invoice and a note each restore what was, once") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "10"}});

    const auto ordered  = figures(buying, chain, order);
    const auto first    = buying.receive(order, {"4"});
    const auto received = figures(buying, chain, order);
    const auto second   = buying.receive(order, {"6/1"});
    buying.company.transition(second, "reverse", Buying::day);
    CHECK(figures(buying, chain, order) == received);
    CHECK(buying.refusal([&] { buying.company.transition(second, "reverse"); }) == "kernel.wrong_state");

    auto invoice    = buying.invoice_of(order, {"6 @ 11.50"});
    invoice.freight = buying.company.money("7.00");
    invoice.tax     = buying.company.money("5.52");
    invoice.total   = buying.company.money("81.53");
    const auto bill = buying.posted(invoice);
    CHECK(buying.holds(bill) == "price_exceeds_order 6.00 held; quantity_exceeds_receipt 23.00 held");
    const auto invoiced = figures(buying, chain, order);

    const auto back = buying.give_back(first, {"1"});
    buying.company.transition(back, "reverse", Buying::day);
    CHECK(figures(buying, chain, order) == invoiced);

    auto credit     = buying.invoice_of(order, {"2 @ 11.50"});
    credit.kind     = InvoiceKind::credit_note;
    credit.corrects = bill;
    const auto note = buying.posted(credit);
    CHECK(buying.item(bill) == "held 6.00 of 58.53 open");
    buying.company.transition(note, "reverse", Buying::day);
    CHECK(figures(buying, chain, order) == invoiced);
    CHECK(buying.item(bill) == "held 29.00 of 81.53 open");

    buying.company.transition(bill, "reverse", Buying::day);
    CHECK(figures(buying, chain, order) == received);
    CHECK(buying.holds(bill).find("held;") == std::string::npos);
    buying.company.transition(first, "reverse", Buying::day);
    CHECK(figures(buying, chain, order) == ordered);
    buying.check_sound();
}

TEST_CASE("reversal: an invoice whose goods are gone takes its price difference back from where it went") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "10"}});
    buying.receive(order, {"10"});
    buying.issue(chain, "7");
    const auto invoice = buying.invoice(order, {"10 @ 13"});
    CHECK(buying.balance("inventory.consumption") == "91.00");
    buying.company.transition(invoice, "reverse", Buying::day);
    CHECK(buying.balance("inventory.consumption") == "70.00");
    CHECK(buying.holding(chain) == "3 worth 30.00");
    CHECK(buying.open_orders() == "-100.00");
    CHECK(buying.balance("financials.payable") == "0.00");
    buying.check_sound();
}

TEST_CASE("reversal: a reversal is dated on its own day and both are in the books") {
    Buying     buying;
    const auto chain   = buying.product("Chain");
    const auto order   = buying.order({{chain, "10", "10"}});
    const auto receipt = buying.receive(order, {"10"}, "2026-02-10"_date);
    buying.company.run([&](Transaction& tx) { tx.transition(receipt, "reverse"); }, "2026-03-20"_date);
    CHECK(buying.company.report("purchasing.received_not_invoiced", {{"as_of", "2026-02-28"}}).find("100.00") !=
          std::string::npos);
    CHECK(buying.company.report("purchasing.received_not_invoiced", {{"as_of", "2026-03-20"}}).find("100.00") ==
          std::string::npos);
    CHECK(*buying.company.value<std::int64_t>(
              "SELECT count(*) FROM financials_journal_entry WHERE source_entity = 'purchasing.goods_receipt'") == 2);
    buying.check_sound();
}

TEST_CASE("purchasing: after any sequence of documents every invariant holds, and undoing all of them leaves nothing") {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random(seed);
        const auto   pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
        Buying       buying;
        const auto   chain = buying.product("Chain"), frame = buying.product("Frame", Costing::standard, "4");
        const auto   order = buying.order({{chain, "9", "3.333333"}, {frame, "7", "5.01"}});
        std::vector<Id<GoodsReceipt>>   receipts;
        std::vector<Id<VendorInvoice>>  invoices;
        std::vector<Id<SupplierReturn>> returns;
        const auto                      attempt = [&](auto&& work) { (void)buying.refusal(work); };
        for (int step = 0; step < 40; ++step) {
            const auto some = [&] { return std::to_string(1 + pick(4)); };
            switch (pick(8)) {
                case 0:
                case 1:
                    attempt([&] {
                        receipts.push_back(
                            buying.receive(order, {some() + "/" + std::to_string(pick(2)), pick(2) ? some() : "-"}));
                    });
                    break;
                case 2:
                    attempt([&] {
                        invoices.push_back(
                            buying.invoice(order, {some() + " @ 3.4", pick(2) ? some() + " @ 4.9" : "-"}));
                    });
                    break;
                case 3:
                    attempt([&] {
                        auto credit = buying.invoice_of(order, {"1 @ 3.4"});
                        credit.kind = InvoiceKind::credit_note;
                        invoices.push_back(buying.posted(credit));
                    });
                    break;
                case 4:
                    if (!receipts.empty())
                        attempt([&] {
                            returns.push_back(buying.give_back(
                                receipts[static_cast<std::size_t>(pick(static_cast<int>(receipts.size())))], {"1"}));
                        });
                    break;
                case 5:
                    if (!receipts.empty())
                        attempt([&] {
                            buying.company.transition(
                                receipts[static_cast<std::size_t>(pick(static_cast<int>(receipts.size())))], "reverse",
                                Buying::day);
                        });
                    break;
                case 6:
                    if (!invoices.empty())
                        attempt([&] {
                            buying.company.transition(
                                invoices[static_cast<std::size_t>(pick(static_cast<int>(invoices.size())))], "reverse",
                                Buying::day);
                        });
                    break;
                case 7:
                    if (!returns.empty())
                        attempt([&] {
                            buying.company.transition(
                                returns[static_cast<std::size_t>(pick(static_cast<int>(returns.size())))], "reverse",
                                Buying::day);
                        });
                    break;
            }
        }
        buying.check_sound();
        // Credits first: an invoice is not credited below nothing, and goods come back before their receipt is undone.
        for (auto id = invoices.rbegin(); id != invoices.rend(); ++id)
            attempt([&] { buying.company.transition(*id, "reverse", Buying::day); });
        for (auto id = returns.rbegin(); id != returns.rend(); ++id)
            attempt([&] { buying.company.transition(*id, "reverse", Buying::day); });
        for (auto id = receipts.rbegin(); id != receipts.rend(); ++id)
            attempt([&] { buying.company.transition(*id, "reverse", Buying::day); });
        CHECK(buying.open_orders() == "0.00");
        CHECK(buying.balance("financials.payable") == "0.00");
        CHECK(buying.holding(chain) == "0 worth 0.00");
        CHECK(buying.holding(frame) == "0 worth 0.00");
        CHECK(buying.state(order) == "approved");
        buying.check_sound();
    }
}

}  // namespace purchasing::tests
