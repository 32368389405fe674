#include "tests/shop.h"

#include <random>

using namespace inventory;
using namespace inventory::tests;

// What must hold after any sequence of movements (erpnext stock/tests/test_valuation.py; BC item ledger): what is on hand
// is what came in less what went out, in goods and in value; quantity 0 is value 0; what is undone leaves no trace.
namespace properties_test {

class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}
    int         to(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
    std::string quantity() { return std::to_string(1 + to(20)) + (to(4) == 0 ? ".5" : ""); }
    std::string amount() { return fmt::format("{}.{:02}", to(300), to(100)); }

private:
    std::mt19937 engine_;
};

class Life {
public:
    Life(Shop& shop, unsigned seed) : shop_(shop), random_(seed) {
        products_ = {shop.product("A", Costing::moving_average, "0", "KG"),
                     shop.product("B", Costing::moving_average, "0", "KG"),
                     shop.product("C", Costing::standard, "7.333", "KG")};
    }

    // Both reports, as of any day and as known at any moment, say what the entries say.
    void compare_reports() {
        const auto moments =
            shop_.company.value<std::int64_t>("SELECT max(id) FROM inventory_quantity_entry").value_or(0);
        for (int i = 0; i < 5; ++i) {
            const auto day = Shop::day.plus_days(random_.to(75) - 5);
            const auto known =
                shop_.company.value<tessera::Instant>("SELECT recorded_at FROM inventory_quantity_entry WHERE id = :id",
                                                      std::int64_t{1 + random_.to(static_cast<int>(moments))});
            const auto at = i == 0 ? std::string() : known->str();
            CAPTURE(day.str());
            CAPTURE(at);
            CHECK(reported(day, at) == summed(day, i == 0 ? tessera::Instant::from_microseconds(INT64_MAX) : *known));
        }
    }

    void step() {
        const auto product = products_[static_cast<std::size_t>(random_.to(3))];
        try {
            act(product);
        } catch (const tessera::Refused& refused) {
            const std::string_view code = refused.code();
            const bool             fair =
                code == "inventory.not_enough" || code == "inventory.goods_gone" || code == "inventory.counted_since";
            CHECK_MESSAGE(fair, std::string(refused.what()));
        }
        check(product);
    }

private:
    Id<Location> somewhere() { return random_.to(3) ? shop_.stock : shop_.quarantine; }
    Date         someday() { return Shop::day.plus_days(random_.to(40)); }

    void act(Id<Product> product) {
        switch (random_.to(9)) {
            case 0:
            case 1:
            case 2:
                receipts_.push_back(shop_.receive(product, random_.quantity().c_str(), random_.amount().c_str(),
                                                  someday(), somewhere()));
                return;
            case 3:
            case 4:
                issues_.push_back(shop_.issue(product, random_.quantity().c_str(), someday(), somewhere()).entry);
                return;
            case 5: {
                const auto from = somewhere();
                return shop_.transfer(product, from, from == shop_.stock ? shop_.quarantine : shop_.stock,
                                      random_.quantity().c_str(), someday());
            }
            case 6:
                if (!receipts_.empty()) shop_.late_cost(pick(receipts_), random_.amount().c_str(), someday());
                return;
            case 7:
                if (!random_.to(4)) return shop_.count(product, random_.quantity().c_str(), Shop::day, somewhere());
                return do_and_undo(product);
            default:
                return undo();
        }
    }

    std::string reported(Date day, const std::string& known_at) {
        std::string text;
        const auto  on_hand =
            shop_.company.report_result("inventory.stock_on_hand", {{"as_of", day.str()}, {"known_at", known_at}});
        for (const auto& row : on_hand.rows)
            text +=
                fmt::format("{} {} {}\n", tessera::text_of(row[0]), tessera::text_of(row[3]), tessera::text_of(row[4]));
        const auto valued =
            shop_.company.report_result("inventory.valuation", {{"as_of", day.str()}, {"known_at", known_at}});
        for (const auto& row : valued.rows)
            text +=
                fmt::format("{} {} {}\n", tessera::text_of(row[0]), tessera::text_of(row[3]), tessera::text_of(row[5]));
        return text;
    }

    std::string summed(Date day, tessera::Instant known_at) {
        struct Place {
            std::string product{}, location{};
            Quantity    quantity{};
        };
        struct Worth {
            std::string product{};
            Quantity    quantity{};
            Money       value{};
        };
        std::string text;
        shop_.company.read([&](const Snapshot& tx) {
            for (const auto& row : tx.rows<Place>(R"sql(
                     SELECT p.number, l.code, sum(q.quantity)
                       FROM inventory_quantity_entry q
                       JOIN catalog_product p ON p.id = q.product
                       JOIN inventory_location l ON l.id = q.location
                      WHERE q.date <= :day AND q.recorded_at <= :known_at
                      GROUP BY p.number, l.code
                     HAVING sum(q.quantity) <> 0
                      ORDER BY p.number, l.code)sql",
                                                  day, known_at))
                text += fmt::format("{} {} {}\n", row.product, row.location, row.quantity);
            for (const auto& row : tx.rows<Worth>(R"sql(
                     SELECT p.number,
                            coalesce((SELECT sum(q.quantity) FROM inventory_quantity_entry q
                                       WHERE q.product = p.id AND q.date <= :day AND q.recorded_at <= :known_at), 0) AS quantity,
                            coalesce((SELECT sum(v.amount) FROM inventory_value_entry v
                                       WHERE v.product = p.id AND v.date <= :day AND v.recorded_at <= :known_at), 0) AS value
                       FROM catalog_product p
                      ORDER BY p.number)sql",
                                                  day, known_at))
                if (!row.quantity.is_zero() || !row.value.is_zero())
                    text += fmt::format("{} {} {}\n", row.product, row.quantity, row.value);
        });
        return text;
    }

    Id<QuantityEntry> pick(const std::vector<Id<QuantityEntry>>& entries) {
        return entries[static_cast<std::size_t>(random_.to(static_cast<int>(entries.size())))];
    }

    void undo() {
        auto& entries = random_.to(2) ? receipts_ : issues_;
        if (entries.empty()) return;
        const auto entry = pick(entries);
        shop_.reverse(entry, Shop::day.plus_days(40));
        std::erase(entries, entry);
    }

    // Reversing at once restores every balance.
    void do_and_undo(Id<Product> product) {
        const auto before = everything(product);
        const auto late   = Shop::day.plus_days(40);
        if (random_.to(2))
            shop_.reverse(shop_.receive(product, random_.quantity().c_str(), random_.amount().c_str(), late), late);
        else
            shop_.reverse(shop_.issue(product, random_.quantity().c_str(), late).entry, late);
        if (!was_short(before)) CHECK(everything(product) == before);
    }
    static bool was_short(const std::string& before) { return before.starts_with("-"); }

    std::string everything(Id<Product> product) {
        return shop_.holding(product) + "; " + shop_.on_hand(product, shop_.stock) + "; " +
               shop_.on_hand(product, shop_.quarantine) + "; " + shop_.balance("inventory.stock");
    }

    void check(Id<Product> product) {
        const auto holding = shop_.holding(product);
        if (holding.starts_with("0 ")) CHECK(holding == "0 worth 0.00");
        const auto total = shop_.company.value<Money>("SELECT sum(value) FROM inventory_product_value");
        CHECK(total.value_or(Money{}).str() == (total ? shop_.balance("inventory.stock") : "0"));
    }

    Shop&                          shop_;
    Random                         random_;
    std::vector<Id<Product>>       products_;
    std::vector<Id<QuantityEntry>> receipts_, issues_;
};

}  // namespace properties_test

TEST_CASE("stock: whatever happens, goods, value and ledger agree") {
    for (unsigned seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        Shop shop;
        if (seed % 2 == 0) shop.allow_negative(shop.stock);
        if (seed % 3 == 0) shop.allow_negative(shop.quarantine);
        properties_test::Life life(shop, seed);
        for (int step = 0; step < 120; ++step) {
            CAPTURE(step);
            life.step();
        }
        life.compare_reports();
        shop.check_sound();
    }
}
