#include <catalog/records.h>

namespace catalog {

namespace product {

using tessera::Transaction;

void announce_change(Transaction& tx, const Product& product) {
    if (!product.id) return;
    const auto before = tx.find(product.id);
    if (!before) return;
    const ProductChanging change{
        .product       = product.id,
        .number        = product.number,
        .unit          = before->unit != product.unit,
        .stocked       = before->stocked != product.stocked,
        .costing       = before->costing != product.costing,
        .standard_cost = before->standard_cost != product.standard_cost,
    };
    if (change.unit || change.stocked || change.costing || change.standard_cost) tx.publish(change);
}

void check(Transaction& tx, Product& product) {
    if (!product.active_from.empty() && !product.active_to.empty() && product.active_to < product.active_from)
        throw tessera::Refused("catalog.product_ends_before_it_begins",
                               "To offer product {} from {}, let it end on that day or later, not on {}.",
                               product.number, product.active_from, product.active_to)
            .with_status(422)
            .with_field("active_to");
    announce_change(tx, product);
}

class KeptCosting : public ProductCosting {
public:
    void change(Transaction& tx, Id<Product> id, Costing costing, UnitPrice standard_cost) const override {
        auto product          = tx.load(id);
        product.costing       = costing;
        product.standard_cost = standard_cost;
        tx.save(product);
    }
};

}  // namespace product

void declare_product(tessera::Kernel& kernel) {
    kernel.event<ProductChanging>("catalog.product_changing")
        .field("product", &ProductChanging::product)
        .field("number", &ProductChanging::number)
        .field("unit", &ProductChanging::unit)
        .field("stocked", &ProductChanging::stocked)
        .field("costing", &ProductChanging::costing)
        .field("standard_cost", &ProductChanging::standard_cost);

    kernel.entity<Product>("catalog.product", "Product")
        .help("What we buy, make, store and sell; also services and expenses, which are not stocked.")
        .field("number", &Product::number, tessera::required, tessera::unique, tessera::searchable,
               tessera::longest(60))
        .field("name", &Product::name, tessera::required, tessera::searchable, tessera::indexed, tessera::longest(200))
        .field("category", &Product::category, tessera::indexed)
        .field("unit", &Product::unit, tessera::required, tessera::help("Stock is counted in it"))
        .field("procurement", &Product::procurement)
        .field("stocked", &Product::stocked, tessera::help("Services and expenses are not"))
        .field("saleable", &Product::saleable)
        .field(
            "costing", &Product::costing, tessera::not_in_list,
            tessera::help(
                "Moving average: issues cost what the goods cost on average. Standard: they cost the standard cost."))
        .field("standard_cost", &Product::standard_cost, tessera::not_negative,
               tessera::help("Per unit, in the currency of the books"))
        .field("list_price", &Product::list_price, tessera::not_negative)
        .field("reorder_point", &Product::reorder_point, tessera::not_negative, tessera::not_in_list)
        .field("safety_stock", &Product::safety_stock, tessera::not_negative, tessera::not_in_list)
        .field("active_from", &Product::active_from, tessera::not_in_list)
        .field("active_to", &Product::active_to, tessera::not_in_list)
        .field("description", &Product::description, tessera::multiline)
        .display("name")
        .menu(tessera::Menu::master_data)
        .validate(product::check);
}

void declare_product_costing_service(tessera::Kernel& kernel) {
    kernel.provide<ProductCosting>(std::make_shared<product::KeptCosting>());
}

}  // namespace catalog
