#include <catalog/records.h>

namespace catalog {

namespace category {

Id<Category> parent_of(const tessera::Snapshot& tx, Id<Category> category) {
    return tx.value<Id<Category>>("SELECT parent FROM catalog_category WHERE id = :id", category)
        .value_or(Id<Category>{});
}

void refuse_cycle(tessera::Transaction& tx, Category& category) {
    if (!category.id) return;
    for (auto above = category.parent; above; above = parent_of(tx, above))
        if (above == category.id)
            throw tessera::Refused("catalog.category_cycle",
                                   "To move category {}, choose a parent that is not below it.", category.name)
                .with_field("parent");
}

}  // namespace category

void declare_category(tessera::Kernel& kernel) {
    kernel.entity<Category>("catalog.category", "Category")
        .plural("Categories")
        .field("name", &Category::name, tessera::required, tessera::searchable, tessera::longest(200))
        .field("parent", &Category::parent, tessera::indexed)
        .display("name")
        .menu(tessera::Menu::setup)
        .validate(category::refuse_cycle);
}

}  // namespace catalog
