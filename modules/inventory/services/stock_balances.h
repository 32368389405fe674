#pragma once
// How much of a product lies at a location, and how much of it there is over all locations and what that is worth; and
// what changed in stock on a day and in a month (named by its first day), so that stock and value as of an earlier day are
// today's less what came since. Location none: a change of value alone.

#include <inventory/stock.h>

namespace inventory {

struct StockBalance {
    Id<Product>  product{};
    Id<Location> location{};
    Quantity     quantity{};
};
struct ProductValue {
    Id<Product>             product{};
    Id<financials::Account> account{};
    Quantity                quantity{};
    Money                   value{};
};
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
