#include <catalog/records.h>

namespace catalog {

void declare_unit(tessera::Kernel&);
void declare_unit_conversion(tessera::Kernel&);
void declare_category(tessera::Kernel&);
void declare_product(tessera::Kernel&);
void declare_supplier_price(tessera::Kernel&);
void declare_units_service(tessera::Kernel&);
void declare_price_lists_service(tessera::Kernel&);
void declare_product_costing_service(tessera::Kernel&);
void declare_supplier_prices_report(tessera::Kernel&);

void register_module(tessera::Kernel& kernel) {
    declare_unit(kernel);
    declare_unit_conversion(kernel);
    declare_category(kernel);
    declare_product(kernel);
    declare_supplier_price(kernel);

    declare_units_service(kernel);
    declare_price_lists_service(kernel);
    declare_product_costing_service(kernel);

    declare_supplier_prices_report(kernel);
}

}  // namespace catalog

TESSERA_MODULE({
    .name            = "catalog",
    .version         = "1.0.0",
    .title           = "Catalog",
    .needs           = {"directory"},
    .register_module = catalog::register_module,
});
