#pragma once
// What a customer pays for a product, and how that was found.
//
//     const auto offered = tx.service<Pricing>().find(tx, {.customer = shop, .product = bicycle, .quantity = two, .on = day, .currency = usd});
//     offered.price, offered.discount, offered.trace
//
// The price is that of the most specific source that has one for the quantity on the day: the customer's own price, the price
// list of the customer, the general lists, the product's list price. Within a source the largest minimum quantity not above the
// quantity wins, then the latest beginning. Of the special offers that fit, the largest discount is given; they do not add up.
// The trace is a JSON object that names every price and offer that was looked at, which was taken, and why the others were not.

#include <sales/records.h>

namespace sales {

struct PriceQuestion {
    Id<directory::Party> customer{};
    Id<catalog::Product> product{};
    Quantity             quantity{};   // in the product's unit
    Date                 on{};
    Currency             currency{};
};

struct PriceAnswer {
    UnitPrice        price{};          // per product unit, before the discount; zero: nobody has a price for it
    Percent          discount{};
    Id<SpecialOffer> offer{};
    std::string      trace{};
};

class Pricing {
public:
    virtual ~Pricing() = default;
    virtual PriceAnswer find(const tessera::Snapshot&, const PriceQuestion&) const = 0;
};

// quantity × price × (1 − discount), in the minor units of the currency, rounded once.
Money discounted(Quantity quantity, UnitPrice price, Percent discount, Currency currency);

}  // namespace sales
