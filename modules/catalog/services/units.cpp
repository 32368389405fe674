#include <catalog/records.h>

#include "services/ratio.h"

namespace catalog {

namespace units {

using tessera::Snapshot;

struct Row {
    std::int64_t numerator = 1, denominator = 1;
    Id<Unit>     from{};
};

// The product's own conversion goes before the one for all products.
std::optional<Ratio> written(const Snapshot& tx, Id<Product> product, Id<Unit> from, Id<Unit> to) {
    if (from == to) return Ratio{};
    const auto row = tx.row<Row>(
        "SELECT numerator, denominator, from_unit FROM catalog_unit_conversion"
        " WHERE ((from_unit = :from AND to_unit = :to) OR (from_unit = :to AND to_unit = :from))"
        "   AND (product IS NULL OR product = :product)"
        " ORDER BY coalesce(product, 0) DESC LIMIT 1",
        from, to, product.value);
    if (!row) return std::nullopt;
    const Ratio ratio{row->numerator, row->denominator};
    return row->from == from ? ratio : ratio.inverse();
}

class KeptUnits : public Units {
public:
    Quantity convert(const Snapshot& tx, Id<Product> product, Quantity quantity, Id<Unit> from,
                     Id<Unit> to) const override {
        if (from == to) return quantity;
        const auto ratio = find(tx, product, from, to);
        if (!ratio)
            throw tessera::Refused("catalog.no_unit_conversion",
                                   "To convert {} to {} for product {}, enter a unit conversion.", tx.label_of(from),
                                   tx.label_of(to), tx.label_of(product));
        return tessera::convert(quantity, ratio->numerator, ratio->denominator);
    }

private:
    static std::optional<Ratio> find(const Snapshot& tx, Id<Product> product, Id<Unit> from, Id<Unit> to) {
        if (const auto direct = written(tx, product, from, to)) return direct;
        if (!product) return std::nullopt;
        const auto own = tx.value<Id<Unit>>("SELECT unit FROM catalog_product WHERE id = :id", product);
        if (!own || *own == from || *own == to) return std::nullopt;
        const auto in  = written(tx, product, from, *own);
        const auto out = written(tx, product, *own, to);
        if (!in || !out) return std::nullopt;
        return *in * *out;
    }
};

}  // namespace units

void declare_units_service(tessera::Kernel& kernel) { kernel.provide<Units>(std::make_shared<units::KeptUnits>()); }

}  // namespace catalog
