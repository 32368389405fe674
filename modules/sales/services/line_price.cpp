#include "services/line_price.h"

namespace sales {

using tessera::Refused;
using tessera::Snapshot;

namespace line_price {

// Per unit of the line, which may be a box of twelve.
UnitPrice per_unit_of_line(const Snapshot& tx, const PriceFields& line, UnitPrice price) {
    if (!line.unit || line.unit == line.stock_unit || !line.stock_unit) return price;
    const auto in_one = in_stock_unit(tx, line.product, Quantity::of(1), line.unit, line.stock_unit);
    return UnitPrice::raw(tessera::divide(tessera::Wide{price.raw()} * in_one.raw(), tessera::power_of_ten(6)));
}

void require_reason(const Snapshot& tx, const PriceFields& line, const PriceAnswer& listed) {
    if (line.discount.is_negative() || line.discount > Percent::of(100))
        throw Refused("sales.percent_out_of_range", "To sell {}, give a discount from 0 to 100 percent.", tx.label_of(line.product)).with_status(422).with_field("discount");
    const bool as_listed = line.price == line.list_price && line.discount == listed.discount;
    if (as_listed || !line.reason.empty()) return;
    throw Refused("sales.price_reason_missing", "To sell {} at {} less {} %, give a reason: the price lists say {} less {} %.", tx.label_of(line.product), line.price,
                  line.discount, line.list_price, listed.discount)
        .with_status(422)
        .with_field("price_reason");
}

}  // namespace line_price

void complete_price(const Snapshot& tx, const LineOf& document, PriceFields line) {
    const auto in_units = in_stock_unit(tx, line.product, line.quantity, line.unit, line.stock_unit);
    const auto listed   = tx.service<Pricing>().find(tx, {line.product ? document.customer : Id<directory::Party>{}, line.product, in_units, document.date, document.currency});
    const bool by_hand  = !line.reason.empty() || (!line.price.is_zero() && line.price != line.list_price);
    line.list_price     = line_price::per_unit_of_line(tx, line, listed.price);
    line.trace          = listed.trace;
    if (line.price.is_zero() || !by_hand) line.price = line.list_price;
    if (!by_hand && (line.discount.is_zero() || line.offer)) {
        line.discount = listed.discount;
        line.offer    = listed.offer;
    }
    if (line.price.is_zero() && line.reason.empty())
        throw Refused("sales.no_price", "To sell {}, give it a price, list one in {}, or say why it is free.", tx.label_of(line.product), document.currency.code())
            .with_status(422)
            .with_field("price");
    line_price::require_reason(tx, line, listed);
}

Quantity in_stock_unit(const Snapshot& tx, Id<catalog::Product> product, Quantity quantity, Id<catalog::Unit> unit, Id<catalog::Unit> stock_unit) {
    if (!unit || unit == stock_unit || !stock_unit) return quantity;
    return tx.service<catalog::Units>().convert(tx, product, quantity, unit, stock_unit);
}

Money in_currency(Money amount, Currency currency) {
    if (amount.currency() == currency) return amount;
    const int shift = currency.decimals() - amount.currency().decimals();
    if (shift >= 0) return {tessera::narrow(tessera::Wide{amount.minor()} * tessera::power_of_ten(shift)), currency};
    const auto divisor = tessera::power_of_ten(-shift);
    if (amount.minor() % divisor != 0)
        throw Refused("sales.too_many_decimals", "To enter {} in {}, use at most {} decimals.", amount, currency.code(), currency.decimals()).with_status(422);
    return {amount.minor() / divisor, currency};
}

}  // namespace sales
