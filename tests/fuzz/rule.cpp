// Rules of roles, given as the filters of a query: who is narrowed to them sees exactly what the filters find, in whatever
// order and whatever else is hidden.

#include "shop.h"

#include <algorithm>

namespace tessera::fuzz {
namespace {

std::vector<access::RoleRule> rules_of(const Asked& asked) {
    std::vector<access::RoleRule> rules;
    for (const auto& filter : asked.request.filters)
        rules.push_back({.entity    = asked.entity->name,
                         .field     = filter.field,
                         .operation = value_named<access::Comparison>(filter.operation),
                         .value     = filter.value});
    return rules;
}

void try_rule(std::string_view bytes) {
    static Shop shop(Secrets::kept);
    const auto  asked = asked_of(shop, bytes);
    if (!asked || asked->request.filters.empty()) return;

    const auto& entity = *asked->entity;
    const auto  found  = shop.list({}, entity, {.filters = asked->request.filters, .limit = 500});
    const auto  ids    = found.refused ? std::vector<std::int64_t>{} : ids_of(found);

    const access::Narrowing::Rules own{entity.name, {rules_of(*asked)}};
    const access::Narrowing::Rules of_suppliers{"shop.supplier", {{access::RoleRule{.entity = "shop.supplier", .field = "id", .operation = access::Comparison::lt, .value = "2"}}}};
    must(ids_of(shop.list(shop.narrowed({own}), entity, {.limit = 500})) == ids, "a rule shows what its filter finds");

    if (entity.name == "shop.supplier") return;
    auto sorted = shop.list(shop.narrowed({own, of_suppliers}), entity, {.sort = asked->request.sort, .limit = 500});
    if (sorted.refused) return;
    auto in_order = ids_of(sorted);
    std::ranges::sort(in_order);
    must(in_order == ids, "a rule shows the same in any order, whatever else is hidden");
}
HARNESS(rule)

}  // namespace
}  // namespace tessera::fuzz
