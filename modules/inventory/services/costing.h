#pragma once
// Costing decides what goods are worth when they move: pure arithmetic on what a product has on hand (company-wide) and
// what it is worth. Residues are placed, never dropped: when the last piece leaves, its value leaves with it.
//
//     issue_cost({3 pieces, 10.00}, 1)    3.33        left 2 for 6.67
//     issue_cost({2 pieces, 6.67}, 1)     3.34        left 1 for 3.33
//     issue_cost({1 piece, 3.33}, 1)      3.33        left 0 for 0.00

#include <tessera/money.h>

#include <span>
#include <vector>

namespace inventory {

using tessera::Money;
using tessera::Quantity;
using tessera::UnitPrice;

// What a product has on hand and what that is worth. A negative quantity means that many were issued before they came;
// at moving average they are worth nothing until then.
struct Holding {
    Quantity quantity{};
    Money    value{};
};

// How much of `issued` is covered by what is on hand; the rest waits for its cost.
Quantity covered(Holding holding, Quantity issued);
// At moving average: the covered part at the average, all of the value when nothing is left.
Money issue_cost(Holding holding, Quantity issued);
// The change that takes the holding to exactly its new quantity × the standard cost.
Money standard_change(Holding holding, Quantity change, UnitPrice standard_cost);
// What `quantity` found in a count is worth: the average, or nothing when nothing is on hand to average.
Money average_cost(Holding holding, Quantity quantity);
// What a receipt undone, or goods of it that go back, take out: what they brought, unless that would leave goods worth less than nothing, or a value
// without goods; then the average.
Money undo_cost(Holding holding, Quantity quantity, Money brought);

// A cost split between the goods of a receipt that are still here and those that each issue took: the parts sum to the
// whole. `here` and `gone` must not all be zero.
struct Split {
    Money              here{};
    std::vector<Money> gone{};
};
Split split_cost(Money whole, Quantity here, std::span<const Quantity> gone);

}  // namespace inventory
