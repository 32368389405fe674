#include <inventory/stock.h>

namespace inventory {

void declare_warehouse(tessera::Kernel&);
void declare_location(tessera::Kernel&);
void declare_category_account(tessera::Kernel&);
void declare_stock_entries(tessera::Kernel&);
void declare_kept_balances(tessera::Kernel&);

void declare_stock_movement(tessera::Kernel&);
void declare_stock_count(tessera::Kernel&);
void declare_revaluation(tessera::Kernel&);
void declare_costing_change(tessera::Kernel&);

void declare_stock_service(tessera::Kernel&);
void declare_ledger_agreement(tessera::Kernel&);
void declare_product_changing(tessera::Kernel&);

void declare_stock_on_hand(tessera::Kernel&);
void declare_valuation(tessera::Kernel&);
void declare_value_entries(tessera::Kernel&);
void declare_movements(tessera::Kernel&);
void declare_stock_card(tessera::Kernel&);
void declare_backdated(tessera::Kernel&);

void declare_balance_checks(tessera::Kernel&);
void declare_history_checks(tessera::Kernel&);
void declare_application_checks(tessera::Kernel&);
void declare_ledger_check(tessera::Kernel&);

void register_module(tessera::Kernel& kernel) {
    kernel.permission("inventory.post", "Post and reverse stock movements");
    kernel.permission("inventory.count", "Post stock counts");
    kernel.permission("inventory.revalue", "Revalue stock and change how products are costed");

    using financials::AccountRole, financials::Kind;
    kernel.contribute(AccountRole{"inventory.stock", "Stock on hand", Kind::asset, "stock"});
    kernel.contribute(
        AccountRole{"inventory.price_variance", "Price variance", Kind::expense, "inventory.price_variance"});
    kernel.contribute(
        AccountRole{"inventory.count_difference", "Count differences", Kind::expense, "inventory.count_difference"});
    kernel.contribute(AccountRole{"inventory.consumption", "Goods used up", Kind::expense, "inventory.consumption"});
    kernel.contribute(
        AccountRole{"inventory.revaluation", "Revaluation of stock", Kind::expense, "inventory.revaluation"});
    kernel.contribute(
        AccountRole{"inventory.opening", "Stock on hand when the books were opened", Kind::equity, "opening_balance"});
    kernel.contribute(
        AccountRole{"inventory.production", "Goods made here, and what goes into them", Kind::asset, "work_in_process"});

    declare_warehouse(kernel);
    declare_location(kernel);
    declare_category_account(kernel);
    declare_stock_entries(kernel);
    declare_kept_balances(kernel);

    declare_stock_movement(kernel);
    declare_stock_count(kernel);
    declare_revaluation(kernel);
    declare_costing_change(kernel);

    declare_stock_service(kernel);
    declare_ledger_agreement(kernel);
    declare_product_changing(kernel);

    declare_stock_on_hand(kernel);
    declare_valuation(kernel);
    declare_value_entries(kernel);
    declare_movements(kernel);
    declare_stock_card(kernel);
    declare_backdated(kernel);

    declare_balance_checks(kernel);
    declare_history_checks(kernel);
    declare_application_checks(kernel);
    declare_ledger_check(kernel);
}

}  // namespace inventory

TESSERA_MODULE({
    .name            = "inventory",
    .version         = "1.0.0",
    .title           = "Inventory",
    .needs           = {"directory", "catalog", "financials"},
    .register_module = inventory::register_module,
});
