#include "services/order_tax.h"

#include "services/tax_choice.h"

#include <algorithm>

namespace sales {

using tessera::Snapshot;
using tessera::Transaction;

namespace order_tax {

struct Destination {
    std::string country{};
    std::string region{};
};

Destination destination_of(const Transaction& tx, const Order& order) {
    return tx
        .row<Destination>(R"sql(
        SELECT coalesce(country, ''), coalesce(region, '') FROM directory_address
         WHERE id = :ship_to OR (:ship_to IS NULL AND party = :customer)
         ORDER BY CASE kind WHEN 'shipping' THEN 0 WHEN 'main' THEN 1 ELSE 2 END, id LIMIT 1)sql",
                          order.ship_to, order.customer)
        .value_or(Destination{});
}

std::vector<Id<catalog::Category>> categories_of(const Transaction& tx, Id<catalog::Product> product) {
    std::vector<Id<catalog::Category>> chain;
    auto category = tx.value<Id<catalog::Category>>("SELECT category FROM catalog_product WHERE id = :product", product);
    while (category && *category && std::ranges::find(chain, *category) == chain.end()) {
        chain.push_back(*category);
        category = tx.value<Id<catalog::Category>>("SELECT parent FROM catalog_category WHERE id = :category", *category);
    }
    return chain;
}

bool was_determined(const OrderLine& line) { return !line.tax_code || !line.tax_reason.empty(); }

}  // namespace order_tax

void determine_taxes(Transaction& tx, Order& order) {
    if (order.agreed_tax || std::ranges::none_of(order.lines, order_tax::was_determined)) return;
    const auto rules = tx.select<TaxRule>("id > 0 ORDER BY id");
    if (rules.empty()) return;
    const bool exempt = tx.value<bool>("SELECT sales_tax_exempt FROM directory_party WHERE id = :customer", order.customer).value_or(false);
    const auto where  = order_tax::destination_of(tx, order);
    for (auto& line : order.lines) {
        if (!line.product || !order_tax::was_determined(line)) continue;
        const auto answer = exempt ? TaxAnswer{{}, "The customer is exempt"}
                                   : choose_tax(rules, {where.country, where.region, order_tax::categories_of(tx, line.product), order.date});
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
