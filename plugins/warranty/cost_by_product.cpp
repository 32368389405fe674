// A report is a question in SQL with typed parameters and columns. From this declaration come `tessera report
// warranty.cost_by_product`, the page in the browser, the API, and text, CSV, JSON, HTML, XLSX and PDF.

#include <warranty/claim.h>

namespace warranty {

namespace cost_by_product {

// One row; the query's columns land in the members in their order.
struct Row {
    std::string  product{};
    std::string  name{};
    std::int64_t claims = 0;
    Money        cost{};
};

}  // namespace cost_by_product

void declare_cost_by_product(tessera::Kernel& kernel) {
    using cost_by_product::Row;
    using tessera::by_default, tessera::help, tessera::meaning, tessera::total;
    kernel.report<Row>("warranty.cost_by_product", "Warranty cost by product")
        .help("Which products come back, and what that costs us: accepted and settled claims by the day they were made.")
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), help("Inclusive"))
        .parameter<Id<catalog::Product>>("product", help("Of this one alone"))
        .column("product", &Row::product)
        .column("name", &Row::name)
        .column("claims", &Row::claims, total)
        .column("cost", &Row::cost, total, meaning("What the repair has cost; until it is settled, the estimate"))
        // SQL may read the tables of the modules named in NEEDS, and is kept to what SQLite and PostgreSQL share.
        .query(R"sql(
            SELECT p.number, p.name, count(*),
                   sum(CASE WHEN c.state = 'settled' THEN c.actual_cost ELSE c.estimated_cost END) AS cost
              FROM warranty_claim c JOIN catalog_product p ON p.id = c.product
             WHERE c.state IN ('accepted', 'settled') AND c.claimed_on BETWEEN :from AND :to AND (:product IS NULL OR c.product = :product)
             GROUP BY p.number, p.name
             ORDER BY cost DESC, p.number)sql");
}

}  // namespace warranty
