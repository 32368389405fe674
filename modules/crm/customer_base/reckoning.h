#pragma once
// Reckons the customer base of a day from one snapshot: both fits and the value of every customer, in the order of the parties. It
// writes nothing. Customers are the parties that are marked so, and whoever has bought.
//
//     const auto reckoning = reckon(snapshot, snapshot.today());
//
// The fits have no number and the values no fit yet: both get them when they are written (valuing.h).

#include <crm/customer_value.h>

#include <vector>

namespace crm {

struct Reckoning {
    Date                       day{};
    ModelFit                   purchase_fit{}, spend_fit{};
    std::vector<CustomerValue> values{};
};
Reckoning reckon(const Snapshot& tx, Date day);

}  // namespace crm
