#include "services/pricing_service.h"

#include "services/price_choice.h"

#include <tessera/json.h>

#include <algorithm>

namespace sales {

using tessera::Snapshot;

namespace pricing {

struct ListedPrice {
    bool        own   = false;   // the customer's
    bool        theirs = false;  // of the customer's list
    std::string name{};
    Quantity    minimum_quantity{};
    UnitPrice   price{};
    Currency    currency{};
    Date        valid_from{}, valid_to{}, list_from{}, list_to{};
};

Date later(Date a, Date b) { return b.empty() || (!a.empty() && a > b) ? a : b; }
Date earlier(Date a, Date b) { return b.empty() || (!a.empty() && a < b) ? a : b; }

std::vector<PriceCandidate> prices(const Snapshot& tx, const PriceQuestion& question) {
    std::vector<PriceCandidate> found;
    tx.each<ListedPrice>(R"sql(
        SELECT CASE WHEN p.customer IS NULL THEN 0 ELSE 1 END, CASE WHEN l.id = c.sales_price_list THEN 1 ELSE 0 END,
               coalesce(l.name, ''), p.minimum_quantity, p.price, p.currency, p.valid_from, p.valid_to, l.valid_from, l.valid_to
          FROM sales_price p
          JOIN directory_party c ON c.id = :customer
          LEFT JOIN sales_price_list l ON l.id = p.price_list
         WHERE p.product = :product AND (p.customer = :customer
                OR (p.customer IS NULL AND l.active = 1 AND (l.id = c.sales_price_list OR l.general = 1)))
         ORDER BY p.id)sql",
                         [&](const ListedPrice& row) {
                             const auto source = row.own      ? PriceSource::customer
                                                 : row.theirs ? PriceSource::customer_list
                                                              : PriceSource::general_list;
                             found.push_back({source, row.own ? "Price of this customer" : row.name, row.minimum_quantity, row.price,
                                              row.currency, later(row.valid_from, row.list_from), earlier(row.valid_to, row.list_to)});
                         },
                         question.customer, question.product);
    const auto listed = tx.value<UnitPrice>("SELECT list_price FROM catalog_product WHERE id = :product", question.product);
    if (listed && !listed->is_zero())
        found.push_back({PriceSource::product, "List price of the product", {}, *listed, tx.books().currency, {}, {}});
    return found;
}

struct StoredOffer {
    Id<SpecialOffer>      id{};
    std::string           name{};
    Percent               discount{};
    Id<catalog::Product>  product{};
    Id<catalog::Category> category{};
    Id<directory::Party>  customer{};
    Id<Territory>         territory{};
    Quantity              minimum_quantity{}, maximum_quantity{};
    Date                  valid_from{}, valid_to{};
};

std::vector<Id<catalog::Category>> categories_of(const Snapshot& tx, Id<catalog::Product> product) {
    std::vector<Id<catalog::Category>> chain;
    auto category = tx.value<Id<catalog::Category>>("SELECT category FROM catalog_product WHERE id = :product", product);
    while (category && *category && std::ranges::find(chain, *category) == chain.end()) {
        chain.push_back(*category);
        category = tx.value<Id<catalog::Category>>("SELECT parent FROM catalog_category WHERE id = :category", *category);
    }
    return chain;
}

// Those that concern the product or are for all products.
std::vector<OfferCandidate> offers(const Snapshot& tx, const PriceQuestion& question) {
    std::vector<OfferCandidate> found;
    const auto stored = tx.rows<StoredOffer>(R"sql(
        SELECT id, name, discount, product, category, customer, territory, minimum_quantity, maximum_quantity, valid_from, valid_to
          FROM sales_special_offer WHERE active = 1 AND (product IS NULL OR product = :product) ORDER BY id)sql",
                                             question.product);
    if (stored.empty()) return found;
    const auto categories = categories_of(tx, question.product);
    const auto territory  = tx.value<Id<Territory>>("SELECT sales_territory FROM directory_party WHERE id = :customer", question.customer)
                               .value_or(Id<Territory>{});
    for (const auto& offer : stored) {
        if (offer.category && std::ranges::find(categories, offer.category) == categories.end()) continue;
        const bool fits = (!offer.customer || offer.customer == question.customer) && (!offer.territory || offer.territory == territory);
        found.push_back({offer.id, offer.name, offer.discount, offer.minimum_quantity, offer.maximum_quantity, offer.valid_from, offer.valid_to, fits});
    }
    return found;
}

void write_steps(tessera::JsonWriter& json, const std::vector<PriceCandidate>& candidates, const std::vector<Verdict>& verdicts) {
    json.key("prices").begin_array();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        json.begin_object();
        json.member("source", tessera::name_of(candidates[i].source));
        json.member("name", candidates[i].name);
        json.member("minimum_quantity", candidates[i].minimum_quantity.str());
        json.member("price", candidates[i].price.str(2));
        json.member("taken", verdicts[i].taken);
        json.member("why", verdicts[i].why);
        json.end_object();
    }
    json.end_array();
}

void write_steps(tessera::JsonWriter& json, const std::vector<OfferCandidate>& candidates, const std::vector<Verdict>& verdicts) {
    json.key("offers").begin_array();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        json.begin_object();
        json.member("name", candidates[i].name);
        json.member("discount", candidates[i].discount.str());
        json.member("taken", verdicts[i].taken);
        json.member("why", verdicts[i].why);
        json.end_object();
    }
    json.end_array();
}

}  // namespace pricing

PriceAnswer PricingService::find(const Snapshot& tx, const PriceQuestion& question) const {
    const auto  prices        = pricing::prices(tx, question);
    const auto  offers        = pricing::offers(tx, question);
    const auto  price_verdict = choose_price(prices, question);
    const auto  offer_verdict = choose_offer(offers, question);
    PriceAnswer answer;
    for (std::size_t i = 0; i < prices.size(); ++i)
        if (price_verdict[i].taken) answer.price = prices[i].price;
    for (std::size_t i = 0; i < offers.size(); ++i)
        if (offer_verdict[i].taken && !answer.price.is_zero()) {
            answer.discount = offers[i].discount;
            answer.offer    = offers[i].id;
        }
    tessera::JsonWriter json(answer.trace);
    json.begin_object();
    pricing::write_steps(json, prices, price_verdict);
    pricing::write_steps(json, offers, offer_verdict);
    json.end_object();
    return answer;
}

Money discounted(Quantity quantity, UnitPrice price, Percent discount, Currency currency) {
    const auto    kept  = Percent::of(100) - discount;
    const auto    gross = tessera::Wide{quantity.raw()} * price.raw();
    tessera::Wide net   = 0;
    if (__builtin_mul_overflow(gross, tessera::Wide{kept.raw()}, &net))
        throw tessera::Refused("kernel.number_out_of_range", "To sell {} at {}, use smaller numbers.", quantity, price).with_status(422);
    // six decimals each of quantity, price and percentage, and two of the hundred
    const auto divisor = tessera::Wide{tessera::power_of_ten(18)} * 100 / tessera::power_of_ten(currency.decimals());
    return {tessera::divide(net, divisor), currency};
}

}  // namespace sales
