#pragma once
// What changed in stock on a day and in a month (named by its first day), so that stock and value as of an earlier day
// are today's less what came since. Location none: a change of value alone.

#include <inventory/stock.h>

namespace inventory {

struct StockDay {
    Date                    day{};
    Id<Product>             product{};
    Id<Location>            location{};
    Id<financials::Account> account{};
    Quantity                quantity{};
    Money                   value{};
};
struct StockMonth {
    Date                    month{};
    Id<Product>             product{};
    Id<Location>            location{};
    Id<financials::Account> account{};
    Quantity                quantity{};
    Money                   value{};
};

void add_to_history(Transaction& tx, const StockDay& change);

}  // namespace inventory
