#pragma once
// What was earned: revenue of posted invoice lines, cost of what left less what came back, late cost included. Cost is read from the
// entries of the stock ledger, each dated; it has no copy here. As known at a moment, what was recorded later is left out.

#include <sales/records.h>

namespace sales {

enum class MarginBy { line, order, customer, product, category, top_category, territory, sales_person, special_offer, month };
constexpr auto names_of(MarginBy) {
    return tessera::names("line", "order", "customer", "product", "category", "top_category", "territory", "sales_person", "special_offer", "month");
}

struct MarginQuestion {
    MarginBy                by = MarginBy::product;
    Date                    from{}, to{};         // of the invoice, and of the movement of goods; none: no limit
    Instant                 known_at{};           // none: now
    bool                    losses = false;       // goods that counts found missing, less what they found again
    Id<OrderLine>           line{};
    Id<Order>               order{};
    Id<directory::Party>    customer{};
    Id<catalog::Product>    product{};
    Id<catalog::Category>   category{};           // with all below it
    Id<catalog::Category>   in_category{};        // itself alone
    Id<Territory>           territory{};
    Id<directory::Employee> sales_person{};
    Id<SpecialOffer>        special_offer{};      // that the order line was sold under
};

struct MarginRow {
    std::string  name{};
    Quantity     quantity{};                      // of goods in their stock unit, else as invoiced
    Money        revenue{}, cost{}, profit{};     // in the books' currency
    Percent      margin{};                        // of the revenue, to two decimals
    std::int64_t id = 0;                          // of what `name` names
    std::string  entity{};
    Date         from{}, to{};                    // by month: its days, else those asked for
    std::optional<std::int64_t> line_id{}, order_id{}, customer_id{}, product_id{}, category_id{}, top_category_id{}, territory_id{}, sales_person_id{}, special_offer_id{};
};

// An invoice, a movement of goods, or what they cost.
struct MarginEntry {
    Date         date{};
    std::string  document{};
    std::string  order{};
    std::string  product{};
    Quantity     quantity{};
    Money        revenue{}, cost{};
    std::string  source_entity{};
    std::int64_t source_id = 0, order_id = 0;
};

void margin(const tessera::Snapshot& tx, const MarginQuestion& question, const std::function<void(const MarginRow&)>& emit);
// What a row of it is made of.
void margin_entries(const tessera::Snapshot& tx, const MarginQuestion& question, const std::function<void(const MarginEntry&)>& emit);
// profit / revenue × 100, rounded to two decimals; zero without revenue.
Percent margin_percent(Money profit, Money revenue);

}  // namespace sales
