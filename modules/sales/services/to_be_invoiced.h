#pragma once
// The open ledger of what customers may be asked for: per order line how much, for which amount, and since when. What came back
// and was invoiced stands in it as a negative amount, to be credited.

#include <sales/records.h>

namespace sales {

struct Due {
    std::int64_t  order = 0, line = 0;
    std::string   number{};
    std::int64_t  customer = 0;
    std::string   customer_name{};
    std::string   description{};
    Id<Milestone> milestone{};
    std::string   why{};               // "Shipped", "Ordered", a milestone, "Came back"
    Date          since{};
    Quantity      quantity{};          // in the unit of the line; of a milestone none
    Currency      currency{};
    Money         amount{};
};

// By order, then by line. `until` none: whenever it became due; `customer` none: of everybody.
void each_due(const tessera::Snapshot& tx, Date until, Id<directory::Party> customer, const std::function<void(const Due&)>& visit);

}  // namespace sales
