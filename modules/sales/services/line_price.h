#pragma once
// The price of a line of a quotation or an order: what the price lists and offers say, or what was agreed with a reason.

#include <sales/pricing.h>

namespace sales {

struct LineOf {                        // what its document says
    Id<directory::Party> customer{};
    Date                 date{};
    Currency             currency{};
};

struct PriceFields {                   // of the line, completed in place
    Id<catalog::Product> product{};
    Quantity             quantity{};
    Id<catalog::Unit>    unit{};
    Id<catalog::Unit>    stock_unit{};
    UnitPrice&           list_price;
    UnitPrice&           price;
    Percent&             discount;
    Id<SpecialOffer>&    offer;
    std::string&         reason;
    std::string&         trace;
};

// A price that nobody gave by hand follows the lists each time the draft is saved; one that was given stands and wants a reason:
// Refused "sales.price_reason_missing", "sales.percent_out_of_range", "sales.no_price".
void complete_price(const tessera::Snapshot& tx, const LineOf& document, PriceFields line);

// The quantity in the unit in which stock is counted.
Quantity in_stock_unit(const tessera::Snapshot& tx, Id<catalog::Product> product, Quantity quantity, Id<catalog::Unit> unit, Id<catalog::Unit> stock_unit);

// An amount as it is in a document's currency, when it was read before that was known. Refused "sales.too_many_decimals".
Money in_currency(Money amount, Currency currency);

}  // namespace sales
