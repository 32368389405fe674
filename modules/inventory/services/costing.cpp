#include "services/costing.h"

#include <algorithm>

namespace inventory {

Quantity covered(Holding holding, Quantity issued) { return std::min(issued, std::max(holding.quantity, Quantity{})); }

Money issue_cost(Holding holding, Quantity issued) {
    const auto part = covered(holding, issued);
    if (part.is_zero()) return {0, holding.value.currency()};
    if (part == holding.quantity) return holding.value;
    return tessera::share(holding.value, part, holding.quantity);
}

Money standard_change(Holding holding, Quantity change, UnitPrice standard_cost) {
    return tessera::extend(holding.quantity + change, standard_cost, holding.value.currency()) - holding.value;
}

Money average_cost(Holding holding, Quantity quantity) {
    if (holding.quantity <= Quantity{}) return {0, holding.value.currency()};
    return tessera::share(holding.value, quantity, holding.quantity);
}

Money undo_cost(Holding holding, Quantity quantity, Money brought) {
    const auto left = holding.quantity - quantity;
    if (left.is_zero()) return holding.value;
    if (brought <= holding.value) return brought;
    return issue_cost(holding, quantity);
}

Split split_cost(Money whole, Quantity here, std::span<const Quantity> gone) {
    if (gone.empty()) return {whole, {}};
    std::vector<std::int64_t> weights{here.raw()};
    for (const auto quantity : gone) weights.push_back(quantity.raw());
    auto  parts = tessera::allocate(whole, weights);
    Split split{parts.front(), {}};
    split.gone.assign(parts.begin() + 1, parts.end());
    return split;
}

}  // namespace inventory
