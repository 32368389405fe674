#pragma once
// What the stock ledger remembers for the length of one command: facts it has read once, and per stock account the two
// sums that must agree at the commit: value entries here, journal lines there.

#include <inventory/stock.h>

#include "services/costing.h"

#include <map>
#include <unordered_map>

namespace inventory {

struct ProductFacts {
    std::string           number{};
    bool                  stocked = true;
    catalog::Costing      costing = catalog::Costing::moving_average;
    tessera::UnitPrice    standard_cost{};
    Id<catalog::Category> category{};
};

struct LocationFacts {
    std::string code{};
    bool        negative_allowed = false;
    bool        active           = true;
};

// A product's stock over all locations, and the account it is booked on.
struct Kept {
    Id<financials::Account> account{};
    Holding                 holding{};
    bool                    account_kept = false;  // in the database
};

struct Agreement {
    std::int64_t entries = 0;  // minor units, of value entries
    std::int64_t ledger  = 0;  // minor units, of journal lines
};

struct StockMemory {
    std::unordered_map<std::int64_t, ProductFacts>  products{};
    std::unordered_map<std::int64_t, LocationFacts> locations{};
    std::unordered_map<std::int64_t, Kept>          kept{};
    std::map<std::int64_t, Agreement>               accounts{};
    std::unordered_map<std::int32_t, bool>          open_days{};
    std::optional<std::vector<std::int64_t>>        stock_accounts{};
    bool                                            watched = false;  // agreement is seen to at the commit
};

}  // namespace inventory
