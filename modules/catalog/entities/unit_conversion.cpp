#include <catalog/records.h>

namespace catalog {

namespace unit_conversion {

using tessera::Refused;

// NULL never equals NULL in a unique index, so conversions for all products are compared here.
bool given_already(const tessera::Snapshot& tx, const UnitConversion& c) {
    return tx
        .value<std::int64_t>(
            "SELECT id FROM catalog_unit_conversion"
            " WHERE ((from_unit = :from AND to_unit = :to) OR (from_unit = :to AND to_unit = :from))"
            "   AND coalesce(product, 0) = :product AND id <> :id LIMIT 1",
            c.from, c.to, c.product.value, c.id.value)
        .has_value();
}

void check(tessera::Transaction& tx, UnitConversion& c) {
    if (c.from == c.to)
        throw Refused("catalog.conversion_to_itself", "To convert units, name two: {} is itself already.",
                      tx.label_of(c.from))
            .with_status(422)
            .with_field("to_unit");
    if (c.numerator <= 0 || c.denominator <= 0)
        throw Refused("catalog.conversion_not_positive", "To convert {} to {}, use two numbers above zero.",
                      tx.label_of(c.from), tx.label_of(c.to))
            .with_status(422)
            .with_field("numerator");
    if (given_already(tx, c))
        throw Refused("catalog.conversion_exists",
                      "To change how {} converts to {}, change the conversion that is there.", tx.label_of(c.from),
                      tx.label_of(c.to));
}

}  // namespace unit_conversion

void declare_unit_conversion(tessera::Kernel& kernel) {
    kernel.entity<UnitConversion>("catalog.unit_conversion", "Unit conversion")
        .help("One of the first unit is numerator / denominator of the second: 1 BOX = 12/1 EA.")
        .field("product", &UnitConversion::product, tessera::indexed,
               tessera::help("For this product only; for all when left empty"))
        .field("from_unit", &UnitConversion::from, tessera::required, tessera::label("From"))
        .field("to_unit", &UnitConversion::to, tessera::required, tessera::label("To"))
        .field("numerator", &UnitConversion::numerator)
        .field("denominator", &UnitConversion::denominator)
        .menu(tessera::Menu::setup)
        .index({"from_unit", "to_unit"})
        .validate(unit_conversion::check);
}

}  // namespace catalog
