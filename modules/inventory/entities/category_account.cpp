#include <inventory/documents.h>

namespace inventory {

namespace category_account {

void check(Transaction& tx, CategoryAccount& mapping) {
    const auto account = tx.find(mapping.account);
    if (!account) return;
    if (account->kind != financials::Kind::asset || !account->postable)
        throw tessera::Refused("inventory.not_a_stock_account",
                               "To book stock on {} {}, choose an asset account that takes postings.", account->code,
                               account->name)
            .with_status(422)
            .with_field("account");
}

}  // namespace category_account

void declare_category_account(tessera::Kernel& kernel) {
    kernel.entity<CategoryAccount>("inventory.category_account", "Stock account of a category")
        .plural("Stock accounts of categories")
        .help(
            "Goods of a category, and of those below it, are booked on this account from the next time they come in; "
            "goods that are on hand stay where they are until they are gone.")
        .field("category", &CategoryAccount::category, tessera::required, tessera::unique)
        .field("account", &CategoryAccount::account, tessera::required)
        .menu(tessera::Menu::setup)
        .validate(category_account::check);
}

}  // namespace inventory
