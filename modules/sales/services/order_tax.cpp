#include "services/order_tax.h"

#include <algorithm>

namespace sales {

using tessera::Snapshot;
using tessera::Transaction;

namespace order_tax {

struct Destination {
    std::string country{};
    std::string region{};
};

Destination destination_of(const Snapshot& tx, Id<directory::Party> customer, Id<directory::Address> ship_to) {
    return tx
        .row<Destination>(R"sql(
        SELECT coalesce(country, ''), coalesce(region, '') FROM directory_address
         WHERE id = :ship_to OR (:ship_to IS NULL AND party = :customer)
         ORDER BY CASE kind WHEN 'shipping' THEN 0 WHEN 'main' THEN 1 ELSE 2 END, id LIMIT 1)sql",
                          ship_to, customer)
        .value_or(Destination{});
}

std::vector<Id<catalog::Category>> categories_of(const Snapshot& tx, Id<catalog::Product> product) {
    std::vector<Id<catalog::Category>> chain;
    auto category = tx.value<Id<catalog::Category>>("SELECT category FROM catalog_product WHERE id = :product", product);
    while (category && *category && std::ranges::find(chain, *category) == chain.end()) {
        chain.push_back(*category);
        category = tx.value<Id<catalog::Category>>("SELECT parent FROM catalog_category WHERE id = :category", *category);
    }
    return chain;
}

bool was_determined(const OrderLine& line) { return !line.tax_code || !line.tax_reason.empty(); }

// Who buys and where to, asked once for all lines.
class Rules {
public:
    Rules(const Snapshot& tx, Id<directory::Party> customer, Id<directory::Address> ship_to) : tx_(tx), all_(tx.select<TaxRule>("id > 0 ORDER BY id")) {
        if (all_.empty()) return;
        exempt_      = tx.value<bool>("SELECT sales_tax_exempt FROM directory_party WHERE id = :customer", customer).value_or(false);
        destination_ = destination_of(tx, customer, ship_to);
    }
    bool      empty() const { return all_.empty(); }
    TaxAnswer of(Id<catalog::Product> product, Date on) const {
        if (all_.empty()) return {};
        if (exempt_) return {{}, "The customer is exempt"};
        return choose_tax(all_, {destination_.country, destination_.region, categories_of(tx_, product), on});
    }

private:
    const Snapshot&      tx_;
    std::vector<TaxRule> all_;
    bool                 exempt_ = false;
    Destination          destination_{};
};

}  // namespace order_tax

TaxAnswer tax_on(const Snapshot& tx, Id<directory::Party> customer, Id<catalog::Product> product, Date on) {
    return order_tax::Rules(tx, customer, {}).of(product, on);
}

void determine_taxes(Transaction& tx, Order& order) {
    if (order.agreed_tax || std::ranges::none_of(order.lines, order_tax::was_determined)) return;
    const order_tax::Rules rules(tx, order.customer, order.ship_to);
    if (rules.empty()) return;
    for (auto& line : order.lines) {
        if (!line.product || !order_tax::was_determined(line)) continue;
        const auto answer = rules.of(line.product, order.date);
        line.tax_code   = answer.code;
        line.tax_reason = answer.reason;
    }
}

Money tax_of(const Snapshot& tx, const Order& order) {
    std::vector<financials::TaxBase> bases;
    for (const auto& line : order.lines)
        if (line.tax_code) bases.push_back({line.amount, line.tax_code});
    Money sum{0, order.currency};
    if (bases.empty()) return sum;
    for (const auto& tax : tx.service<financials::Taxes>().of(tx, bases, financials::TaxRounding::sum_of_rounded_lines, order.date)) sum += tax.tax;
    return sum;
}

}  // namespace sales
