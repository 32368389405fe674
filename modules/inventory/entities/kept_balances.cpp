#include "services/stock_history.h"

namespace inventory {

// Sums kept beside the entries in the transaction that writes these; the checks prove them from the entries up.
void declare_kept_balances(tessera::Kernel& kernel) {
    // how much of a product lies at a location, and the day of the last count there
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS inventory_stock_balance (
            product    INTEGER NOT NULL,
            location   INTEGER NOT NULL,
            quantity   INTEGER NOT NULL,
            counted_on TEXT,
            PRIMARY KEY (product, location)))sql");
    // how much of a product there is over all locations, what it is worth, and the account that is booked on
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS inventory_product_value (
            product  INTEGER PRIMARY KEY,
            account  INTEGER NOT NULL,
            quantity INTEGER NOT NULL,
            value    INTEGER NOT NULL))sql");
    // goods of an inbound entry that are still here, and where (positive), or an outbound entry that waits for goods (negative)
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS inventory_open_entry (
            product   INTEGER NOT NULL,
            location  INTEGER NOT NULL,
            date      TEXT    NOT NULL,
            entry     INTEGER NOT NULL,
            remaining INTEGER NOT NULL,
            PRIMARY KEY (product, location, date, entry)))sql");
    // an account the stock ledger books on
    kernel.schema("CREATE TABLE IF NOT EXISTS inventory_stock_account (account INTEGER PRIMARY KEY)");
    kernel.balance<StockDay>("inventory.day")
        .key("day", &StockDay::day)
        .key("product", &StockDay::product)
        .key("location", &StockDay::location)
        .key("account", &StockDay::account)
        .sum("quantity", &StockDay::quantity)
        .sum("value", &StockDay::value);
    kernel.balance<StockMonth>("inventory.month")
        .key("month", &StockMonth::month)
        .key("product", &StockMonth::product)
        .key("location", &StockMonth::location)
        .key("account", &StockMonth::account)
        .sum("quantity", &StockMonth::quantity)
        .sum("value", &StockMonth::value);
}

}  // namespace inventory
