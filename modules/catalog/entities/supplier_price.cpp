#include <catalog/records.h>

namespace catalog {

namespace supplier_price {

using tessera::Refused;

std::optional<SupplierPrice> overlapping(const tessera::Snapshot& tx, const SupplierPrice& p) {
    return tx.first<SupplierPrice>(
        "product = :product AND supplier = :supplier AND minimum_quantity = :minimum"
        " AND currency = :currency AND id <> :id"
        " AND (valid_from IS NULL OR :to IS NULL OR valid_from <= :to)"
        " AND (valid_to IS NULL OR :from IS NULL OR valid_to >= :from) LIMIT 1",
        p.product, p.supplier, p.minimum_quantity, p.currency, p.id.value, p.valid_to, p.valid_from);
}

void check(tessera::Transaction& tx, SupplierPrice& price) {
    if (const auto supplier = tx.find(price.supplier); supplier && price.currency.none())
        price.currency = supplier->currency;
    if (!price.valid_from.empty() && !price.valid_to.empty() && price.valid_to < price.valid_from)
        throw Refused("catalog.price_ends_before_it_begins",
                      "To list a price from {}, let it end on that day or later, not on {}.", price.valid_from,
                      price.valid_to)
            .with_status(422)
            .with_field("valid_to");
    if (!price.maximum_quantity.is_zero() && price.maximum_quantity < price.minimum_quantity)
        throw Refused("catalog.price_quantities",
                      "To list a price, let the largest quantity, {}, not be below the smallest, {}.",
                      price.maximum_quantity, price.minimum_quantity)
            .with_status(422)
            .with_field("maximum_quantity");
    if (const auto other = overlapping(tx, price))
        throw Refused(
            "catalog.prices_overlap",
            "To list this price of {} for product {}, end the one of {} {} first: both hold on the same days.",
            tx.label_of(price.supplier), tx.label_of(price.product), other->price, other->currency.code());
}

}  // namespace supplier_price

void declare_supplier_price(tessera::Kernel& kernel) {
    kernel.entity<SupplierPrice>("catalog.supplier_price", "Supplier price")
        .help("What a supplier asks for a product, from a quantity on, in a span of days.")
        .field("product", &SupplierPrice::product, tessera::required)
        .field("supplier", &SupplierPrice::supplier, tessera::required, tessera::indexed)
        .field("currency", &SupplierPrice::currency, tessera::help("The supplier's when left empty"))
        .field("price", &SupplierPrice::price, tessera::not_negative, tessera::help("Per unit of the product"))
        .field("minimum_quantity", &SupplierPrice::minimum_quantity, tessera::not_negative)
        .field("maximum_quantity", &SupplierPrice::maximum_quantity, tessera::not_negative,
               tessera::help("0: no limit"))
        .field("lead_time_days", &SupplierPrice::lead_time_days, tessera::not_negative)
        .field("valid_from", &SupplierPrice::valid_from)
        .field("valid_to", &SupplierPrice::valid_to)
        .field("supplier_number", &SupplierPrice::supplier_number, tessera::searchable,
               tessera::help("What the supplier calls it"))
        .menu(tessera::Menu::master_data)
        .index({"product", "supplier", "minimum_quantity"})
        .validate(supplier_price::check);
}

}  // namespace catalog
