#include <catalog/records.h>

namespace catalog {

namespace supplier_prices {

struct Row {
    std::string  product{};
    std::string  name{};
    std::string  supplier{};
    Quantity     minimum_quantity{};
    UnitPrice    price{};
    std::string  currency{};
    std::int64_t lead_time_days = 0;
    std::string  supplier_number{};
    Date         valid_to{};
    std::int64_t price_id = 0, product_id = 0, supplier_id = 0;
};

}  // namespace supplier_prices

void declare_supplier_prices_report(tessera::Kernel& kernel) {
    using supplier_prices::Row;
    kernel.report<Row>("catalog.supplier_prices", "Supplier prices")
        .help("What each supplier asks on a day.")
        .parameter<Date>("as_of", tessera::by_default("today"))
        .parameter<Id<Product>>("product")
        .parameter<Id<directory::Party>>("supplier")
        .column("product", &Row::product, tessera::opens_record("catalog.product", "product_id"))
        .column("name", &Row::name)
        .column("supplier", &Row::supplier, tessera::opens_record("directory.party", "supplier_id"))
        .column("minimum_quantity", &Row::minimum_quantity)
        .column("price", &Row::price, tessera::opens_record("catalog.supplier_price", "price_id"))
        .column("currency", &Row::currency)
        .column("lead_time_days", &Row::lead_time_days)
        .column("supplier_number", &Row::supplier_number)
        .column("valid_to", &Row::valid_to)
        .column("price_id", &Row::price_id, tessera::hidden)
        .column("product_id", &Row::product_id, tessera::hidden)
        .column("supplier_id", &Row::supplier_id, tessera::hidden)
        .query(R"sql(
            SELECT p.number, p.name, s.name, l.minimum_quantity, l.price, l.currency, l.lead_time_days, l.supplier_number,
                   l.valid_to, l.id, p.id, s.id
              FROM catalog_supplier_price l
              JOIN catalog_product p ON p.id = l.product
              JOIN directory_party s ON s.id = l.supplier
             WHERE (l.valid_from IS NULL OR l.valid_from <= :as_of) AND (l.valid_to IS NULL OR l.valid_to >= :as_of)
               AND (:product IS NULL OR l.product = :product) AND (:supplier IS NULL OR l.supplier = :supplier)
             ORDER BY p.number, s.name, l.minimum_quantity)sql");
}

}  // namespace catalog
