#pragma once
// A company that sells, for the tests of this module: a customer, products on hand, and the documents from order to invoice
// in one line each; every figure can be read back as text.

#include <financials/periods.h>
#include <sales/pricing.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

namespace sales::tests {

using catalog::Product;
using directory::Party;
using tessera::Snapshot;
using tessera::Transaction;
using tessera::operator""_date;

struct Wanted {
    Id<Product> product{};
    const char* quantity = "";
    const char* price    = "";          // none: as listed
    const char* discount = "0";
};

class Selling {
public:
    static inline const Date day = Date(2026, 3, 2);

    explicit Selling(tessera::testing::CompanyOptions options = {.modules = {"sales"}}) : company(std::move(options)) {
        shop = company.insert(Party{.number = "SHOP", .name = "Corner Shop", .customer = true});
    }

    Money       usd(std::string_view amount) { return company.money(amount); }
    Id<Product> product(const char* number, const char* list_price = "0", bool stocked = true) {
        const auto unit = *company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
        return company.insert(Product{.number = number, .name = number, .unit = unit, .stocked = stocked, .saleable = true, .list_price = UnitPrice::parse(list_price)});
    }
    // Puts goods into stock at a unit cost.
    Id<inventory::QuantityEntry> stock(Id<Product> product, const char* quantity, const char* unit_cost, Date on = day) {
        Id<inventory::QuantityEntry> entry_id;
        company.run(
            [&](Transaction& tx) {
                financials::JournalEntry entry{.date = on, .journal = "inventory", .memo = "Opening", .source = {"inventory.stock_movement", 1, 0}};
                const auto               amount = Quantity::parse(quantity);
                entry_id = tx.service<inventory::Stock>()
                               .receive(tx,
                                        {.product      = product,
                                         .location     = location(tx),
                                         .quantity     = amount,
                                         .date         = on,
                                         .cost         = tessera::extend(amount, UnitPrice::parse(unit_cost), tx.books().currency),
                                         .counter_role = "inventory.opening",
                                         .source       = {"inventory.stock_movement", 1, 0}},
                                        entry)
                               .entry;
                tx.service<financials::Ledger>().post(tx, entry);
            },
            on);
        return entry_id;
    }
    void late_cost(Id<inventory::QuantityEntry> entry, const char* amount, Date on) {
        company.run(
            [&](Transaction& tx) {
                financials::JournalEntry posting{.date = on, .journal = "purchases", .memo = "Late freight", .source = {"inventory.stock_movement", 2, 0}};
                tx.service<inventory::Stock>().add_cost(tx, {.entry = entry, .amount = usd(amount), .date = on, .counter_role = "inventory.opening", .source = posting.source}, posting);
                tx.service<financials::Ledger>().post(tx, posting);
            },
            on);
    }
    void terms(const CustomerTerms& terms, Id<Party> party = {}) {
        company.run([&](Transaction& tx) { tx.save_extension(party ? party : shop, terms); });
    }
    Order order_of(const std::vector<Wanted>& lines, Date on = day) {
        Order order{.customer = shop, .date = on};
        for (const auto& line : lines) {
            const bool by_hand = *line.price != '\0' || std::string_view(line.discount) != "0";
            order.lines.push_back({.product      = line.product,
                                   .quantity     = Quantity::parse(line.quantity),
                                   .price        = *line.price ? UnitPrice::parse(line.price) : UnitPrice{},
                                   .discount     = Percent::parse(line.discount),
                                   .price_reason = by_hand ? "agreed" : ""});
        }
        return order;
    }
    Id<Order> draft(const std::vector<Wanted>& lines, Date on = day) { return company.insert(order_of(lines, on), on); }
    Id<Order> order(const std::vector<Wanted>& lines, Date on = day) {
        const auto id = draft(lines, on);
        company.transition(id, "confirm", on);
        return id;
    }
    OrderLine line(Id<Order> order, std::size_t at = 0) { return company.load(order).lines.at(at); }

    // quantities, one per order line from the first; "-": nothing
    Id<Shipment> ship(Id<Order> order, const std::vector<std::string>& quantities, Date on = day) {
        Shipment   shipment{.date = on};
        const auto lines = company.load(order).lines;
        for (std::size_t i = 0; i < quantities.size(); ++i)
            if (quantities[i] != "-") shipment.lines.push_back({.order_line = lines.at(i).id, .quantity = Quantity::parse(quantities[i])});
        return done(shipment, "ship", on);
    }
    Id<CustomerReturn> give_back(Id<Shipment> shipment, const std::vector<std::string>& quantities, Date on = day) {
        CustomerReturn document{.date = on};
        const auto     lines = company.load(shipment).lines;
        for (std::size_t i = 0; i < quantities.size(); ++i)
            if (quantities[i] != "-") document.lines.push_back({.shipment_line = lines.at(i).id, .quantity = Quantity::parse(quantities[i])});
        return done(document, "post", on);
    }
    // The draft that "Invoice" or "Credit returns" makes, posted.
    Id<Invoice> invoice(Id<Order> order, Date on = day) { return billed(order, "invoice_all", on); }
    Id<Invoice> credit(Id<Order> order, Date on = day) { return billed(order, "credit_all", on); }

    template <class Document>
    Id<Document> done(Document document, const char* transition, Date on = day) {
        company.run(
            [&](Transaction& tx) {
                document.id = tx.insert(document);
                tx.transition(document.id, transition);
            },
            on);
        return document.id;
    }
    template <class Document>
    std::string refusal(Document document, const char* transition, Date on = day) {
        return company.refusal(
            [&](Transaction& tx) {
                const auto id = tx.insert(document);
                tx.transition(id, transition);
            },
            on);
    }
    // Runs a transition with its input, as the API does.
    template <class T>
    void move(Id<T> id, std::string transition, std::string body, Date on = day) {
        tessera::RecordCommand command{.verb = tessera::RecordCommand::Verb::transition, .id = id.value, .body = std::move(body), .transition = std::move(transition)};
        company.read([&](const Snapshot& tx) { command.entity = std::string(tx.entity_name(typeid(T))); });
        command.info.business_date = on;
        company.suite().run(command);
    }
    std::string state(Id<Order> order) { return std::string(tessera::name_of(company.load(order).state)); }
    void        check_sound() { CHECK(company.verify() == ""); }
    // The balance of the account of a role: debit positive.
    std::string balance(std::string_view role) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            const auto& ledger = tx.service<financials::Ledger>();
            text               = ledger.balance(tx, ledger.account_of(tx, role)).str();
        });
        return text;
    }
    std::string on_hand(Id<Product> product) {
        std::string text;
        company.read([&](const Snapshot& tx) { text = tx.service<inventory::Stock>().on_hand(tx, product).str(); });
        return text;
    }

    tessera::testing::Company company;
    Id<Party>                 shop{};

private:
    static Id<inventory::Location> location(const Snapshot& tx) { return *tx.value<Id<inventory::Location>>("SELECT id FROM inventory_location WHERE code = 'STOCK'"); }
    Id<Invoice> billed(Id<Order> order, const char* transition, Date on) {
        company.transition(order, transition, on);
        const auto id = *company.value<Id<Invoice>>("SELECT max(id) FROM sales_invoice WHERE state = 'draft'");
        company.transition(id, "post", on);
        return id;
    }
};

}  // namespace sales::tests
