#pragma once
// Where a cost goes that is known only after goods moved: the part of a receipt still here keeps it, the part that was
// issued passes it on to what it was issued for, while that day is open, else to variance.

#include "services/stock_book.h"

namespace inventory {

// An outbound entry that took goods of a receipt.
struct Outflow {
    Id<QuantityEntry> entry{};
    Quantity          quantity{};
    Date              date{};
    std::string       counter_role{};
    Id<Location>      location{};
};
// Who took the goods of a receipt, what was undone left out. Goods returned to the supplier no longer bear its cost.
std::vector<Outflow> outflows_of(const Snapshot& tx, Id<QuantityEntry> inbound);
Outflow              outflow_of(const Snapshot& tx, const Taken& waited);

struct CostToPlace {
    QuantityEntry receipt{};
    Money         amount{};
    Date          date{};
    ValueKind     kind = ValueKind::late_cost;
    Quantity      here{};
    std::string   variance_role{};
    Source        source{};
};
// Books the value entries, adds the debits to the entry and says what went where; the credit is the caller's.
Placed place_cost(StockBook& book, const CostToPlace& cost, const std::vector<Outflow>& gone, JournalEntry& entry);

// The line of a stock account for a change of its value.
financials::Line stock_line(Id<financials::Account> account, Money change);

}  // namespace inventory
