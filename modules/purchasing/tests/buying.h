#pragma once
// A company that buys, for the tests of this module: suppliers, products, and the documents from order to invoice in
// one line each; every figure can be read back as text.

#include <financials/payment.h>
#include <financials/periods.h>
#include <purchasing/matching.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

namespace purchasing::tests {

using catalog::Costing;
using catalog::Product;
using directory::Party;
using financials::JournalEntry;
using tessera::Snapshot;
using tessera::Transaction;
using tessera::operator""_date;

struct Wanted {
    Id<Product> product{};
    const char* quantity = "";
    const char* price    = "";
};

class Buying {
public:
    explicit Buying(tessera::testing::CompanyOptions options = {.modules = {"purchasing"}})
        : company(std::move(options)) {
        acme = company.insert(Party{.number = "ACME", .name = "Acme", .supplier = true});
    }

    Id<Product> product(const char* number, Costing costing = Costing::moving_average, const char* standard_cost = "0",
                        bool stocked = true) {
        const auto unit = *company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
        return company.insert(Product{.number        = number,
                                      .name          = number,
                                      .unit          = unit,
                                      .stocked       = stocked,
                                      .costing       = costing,
                                      .standard_cost = UnitPrice::parse(standard_cost)});
    }
    Id<Order> draft(std::vector<Wanted> lines, Date on = day, Currency currency = {}, Id<Party> supplier = {}) {
        Order order{.supplier = supplier ? supplier : acme, .date = on, .currency = currency};
        for (const auto& line : lines)
            order.lines.push_back({.product  = line.product,
                                   .quantity = Quantity::parse(line.quantity),
                                   .price    = UnitPrice::parse(line.price)});
        return company.insert(order, on);
    }
    Id<Order> order(std::vector<Wanted> lines, Date on = day, Currency currency = {}) {
        const auto id = draft(std::move(lines), on, currency);
        company.transition(id, "approve", on);
        return id;
    }
    OrderLine line(Id<Order> order, std::size_t at = 0) { return company.load(order).lines.at(at); }

    // quantities, one per order line from the first; "10/2": 10 came, 2 of them were rejected; "-": nothing
    Id<GoodsReceipt> receive(Id<Order> order, std::vector<std::string> quantities, Date on = day) {
        GoodsReceipt receipt{.date = on};
        const auto   lines = company.load(order).lines;
        for (std::size_t i = 0; i < quantities.size(); ++i) {
            if (quantities[i] == "-") continue;
            const auto slash    = quantities[i].find('/');
            const auto rejected = slash == std::string::npos ? std::string("0") : quantities[i].substr(slash + 1);
            receipt.lines.push_back({.order_line = lines.at(i).id,
                                     .quantity   = Quantity::parse(quantities[i].substr(0, slash)),
                                     .rejected   = Quantity::parse(rejected)});
        }
        return posted(receipt, on);
    }
    // "10 @ 12.50", one per order line
    Id<VendorInvoice> invoice(Id<Order> order, std::vector<std::string> lines, Date on = day,
                              const std::string& number = {}) {
        return posted(invoice_of(order, lines, on, number), on);
    }
    VendorInvoice invoice_of(Id<Order> order, std::vector<std::string> texts, Date on = day,
                             const std::string& number = {}) {
        VendorInvoice invoice{.supplier_number = number.empty() ? "INV-" + std::to_string(++numbers_) : number,
                              .date            = on};
        const auto    lines = company.load(order).lines;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (texts[i] == "-") continue;
            const auto at = texts[i].find(" @ ");
            invoice.lines.push_back({.order_line = lines.at(i).id,
                                     .quantity   = Quantity::parse(texts[i].substr(0, at)),
                                     .price      = UnitPrice::parse(texts[i].substr(at + 3))});
        }
        return invoice;
    }
    Id<SupplierReturn> give_back(Id<GoodsReceipt> receipt, std::vector<std::string> quantities, Date on = day) {
        SupplierReturn document{.date = on};
        const auto     lines = company.load(receipt).lines;
        for (std::size_t i = 0; i < quantities.size(); ++i)
            if (quantities[i] != "-")
                document.lines.push_back({.receipt_line = lines.at(i).id, .quantity = Quantity::parse(quantities[i])});
        return posted(document, on);
    }
    template <class Document>
    Id<Document> posted(Document document, Date on = day) {
        company.run(
            [&](Transaction& tx) {
                document.id = tx.insert(document);
                tx.transition(document.id, "post");
            },
            on);
        return document.id;
    }
    void issue(Id<Product> product, const char* quantity, Date on = day) {
        company.run([&](Transaction& tx) {
            JournalEntry entry{
                .date = on, .journal = "inventory", .memo = "Used", .source = {"inventory.stock_movement", 1, 0}};
            const auto stock =
                *tx.value<Id<inventory::Location>>("SELECT id FROM inventory_location WHERE code = 'STOCK'");
            tx.service<inventory::Stock>().issue(tx,
                                                 {.product      = product,
                                                  .location     = stock,
                                                  .quantity     = Quantity::parse(quantity),
                                                  .date         = on,
                                                  .counter_role = "inventory.consumption"},
                                                 entry);
            tx.service<financials::Ledger>().post(tx, entry);
        });
    }
    Id<financials::Payment> pay(Id<VendorInvoice> invoice, const char* amount, Date on = day) {
        const auto item = company.load(invoice).open_item;
        return posted(
            financials::Payment{.party = acme, .date = on, .lines = {{.item = item, .amount = company.money(amount)}}},
            on);
    }

    template <class Work>
    std::string refusal(const Work& work) {
        try {
            work();
        } catch (const tessera::Refused& refused) {
            return refused.code();
        }
        return {};
    }

    // ---- what the books say
    std::string holding(Id<Product> product) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            auto& stock = tx.service<inventory::Stock>();
            text        = fmt::format("{} worth {}", stock.on_hand(tx, product), stock.value(tx, product));
        });
        return text;
    }
    // The balance of the account of a role: debit positive.
    std::string balance(std::string_view role) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            auto& ledger = tx.service<financials::Ledger>();
            text         = ledger.balance(tx, ledger.account_of(tx, role)).str();
        });
        return text;
    }
    std::string open_orders() { return balance("purchasing.received_not_invoiced"); }
    // "held 25.00 of 125.00 open"
    std::string item(Id<VendorInvoice> invoice) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            const auto item = tx.service<financials::OpenItems>().item(tx, tx.load(invoice).open_item);
            text            = fmt::format("held {} of {} open", item.held_amount, item.open_amount);
        });
        return text;
    }
    // "quantity_exceeds_receipt 25.00 held" per line
    std::string holds(Id<VendorInvoice> invoice) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            for (const auto& hold : tx.select<MatchHold>("invoice = :invoice ORDER BY id", invoice))
                text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", tessera::name_of(hold.reason), hold.amount,
                                    hold.blocking ? tessera::name_of(hold.state) : "warned");
        });
        return text;
    }
    std::string why(Id<VendorInvoice> invoice) {
        std::string text;
        company.read([&](const Snapshot& tx) { text = tx.service<Matching>().explain(tx, invoice); });
        return text;
    }
    std::string state(Id<Order> order) { return std::string(tessera::name_of(company.load(order).state)); }
    void        check_sound() { CHECK(company.verify() == ""); }

    static inline const Date day = Date(2026, 3, 2);

    tessera::testing::Company company;
    Id<Party>                 acme{};

private:
    int numbers_ = 0;
};

}  // namespace purchasing::tests
