#pragma once
// A company with stock, for the tests of this module: what comes in is credited to opening balances, what goes out is
// debited to consumption, and every figure can be read back as text.

#include <inventory/documents.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

namespace inventory::tests {

using catalog::Costing;
using tessera::UnitPrice;
using tessera::operator""_date;

inline constexpr const char* goods_in  = "inventory.opening";
inline constexpr const char* goods_out = "inventory.consumption";

class Shop {
public:
    explicit Shop(tessera::testing::CompanyOptions options = {.modules = {"inventory"}}) : company(std::move(options)) {
        stock      = location("STOCK");
        quarantine = location("QUARANTINE");
    }

    Id<Product> product(const char* number, Costing costing = Costing::moving_average, const char* standard_cost = "0",
                        const char* unit = "EA") {
        const auto u =
            *company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = :code", std::string_view(unit));
        return company.insert(Product{.number        = number,
                                      .name          = std::string("Product ") + number,
                                      .unit          = u,
                                      .costing       = costing,
                                      .standard_cost = UnitPrice::parse(standard_cost)});
    }
    Id<Location> location(std::string_view code) {
        return *company.value<Id<Location>>("SELECT id FROM inventory_location WHERE code = :code", code);
    }
    void allow_negative(Id<Location> at) {
        company.run([&](Transaction& tx) {
            auto place             = tx.load(at);
            place.negative_allowed = true;
            tx.save(place);
        });
    }

    // ---- one movement, one entry, one command
    Id<QuantityEntry> receive(Id<Product> product, const char* quantity, const char* cost, Date on = day,
                              Id<Location> at = {}) {
        Received received;
        post(on, [&](Transaction& tx, JournalEntry& entry) {
            received = tx.service<Stock>().receive(tx,
                                                   {.product      = product,
                                                    .location     = at ? at : stock,
                                                    .quantity     = Quantity::parse(quantity),
                                                    .date         = on,
                                                    .cost         = tx.books().money(cost),
                                                    .counter_role = goods_in},
                                                   entry);
        });
        return received.entry;
    }
    Issued issue(Id<Product> product, const char* quantity, Date on = day, Id<Location> at = {}) {
        Issued issued;
        post(on, [&](Transaction& tx, JournalEntry& entry) {
            issued = tx.service<Stock>().issue(tx,
                                               {.product      = product,
                                                .location     = at ? at : stock,
                                                .quantity     = Quantity::parse(quantity),
                                                .date         = on,
                                                .counter_role = goods_out},
                                               entry);
        });
        return issued;
    }
    std::string cost_of_issue(Id<Product> product, const char* quantity, Date on = day) {
        return issue(product, quantity, on).cost.str();
    }
    Placed late_cost(Id<QuantityEntry> receipt, const char* amount, Date on = day) {
        Placed placed;
        post({}, [&](Transaction& tx, JournalEntry& entry) {
            placed = tx.service<Stock>().add_cost(
                tx, {.entry = receipt, .amount = tx.books().money(amount), .date = on, .counter_role = goods_in},
                entry);
        });
        return placed;
    }
    void transfer(Id<Product> product, Id<Location> from, Id<Location> to, const char* quantity, Date on = day) {
        company.run([&](Transaction& tx) {
            tx.service<Stock>().transfer(tx, product, from, to, Quantity::parse(quantity), on, {});
        });
    }
    void reverse(Id<QuantityEntry> entry, Date on = day) {
        post(on, [&](Transaction& tx, JournalEntry& lines) {
            tx.service<Stock>().reverse(tx, {.entry = entry, .date = on}, lines);
        });
    }
    void count(Id<Product> product, const char* counted, Date on = day, Id<Location> at = {}) {
        const auto id = company.insert(StockCount{
            .date  = on,
            .lines = {{.product = product, .location = at ? at : stock, .counted = Quantity::parse(counted)}}});
        company.transition(id, "post");
    }
    void revalue(Id<Product> product, const char* unit_cost, Date on = day) {
        const auto id = company.insert(Revaluation{
            .date = on, .product = product, .new_unit_cost = UnitPrice::parse(unit_cost), .reason = "Test"});
        company.transition(id, "post");
    }
    void post(Date on, const std::function<void(Transaction&, JournalEntry&)>& move) {
        company.run([&](Transaction& tx) {
            JournalEntry entry{
                .date = on, .journal = "inventory", .memo = "Test", .source = {"inventory.stock_movement", 1, 0}};
            move(tx, entry);
            tx.service<financials::Ledger>().post(tx, entry);
        });
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
            auto& service = tx.service<Stock>();
            text          = fmt::format("{} worth {}", service.on_hand(tx, product, {}), service.value(tx, product));
        });
        return text;
    }
    std::string on_hand(Id<Product> product, Id<Location> at) {
        std::string text;
        company.read([&](const Snapshot& tx) { text = tx.service<Stock>().on_hand(tx, product, at).str(); });
        return text;
    }
    std::string remaining(Id<QuantityEntry> entry) {
        std::string text;
        company.read([&](const Snapshot& tx) { text = tx.service<Stock>().remaining(tx, entry).str(); });
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
    void check_sound() { CHECK(company.verify() == ""); }

    static inline const Date day = Date(2026, 3, 2);

    tessera::testing::Company company;
    Id<Location>              stock{};
    Id<Location>              quarantine{};
};

}  // namespace inventory::tests
