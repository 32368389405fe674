#include "services/stock_balances.h"

namespace inventory {

// Sums kept beside the entries in the transaction that writes these; the checks prove them from the entries up.
void declare_kept_balances(tessera::Kernel& kernel) {
    // the day of the last count of a product at a location
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS inventory_counted_on (
            product  INTEGER NOT NULL,
            location INTEGER NOT NULL,
            day      TEXT    NOT NULL,
            PRIMARY KEY (product, location)))sql");
    // the account that a product's stock is booked on
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS inventory_product_account (
            product INTEGER PRIMARY KEY,
            account INTEGER NOT NULL))sql");
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
    kernel.balance<StockBalance>("inventory.stock_balance")
        .key("product", &StockBalance::product)
        .key("location", &StockBalance::location)
        .sum("quantity", &StockBalance::quantity);
    kernel.balance<ProductValue>("inventory.product_value")
        .key("product", &ProductValue::product)
        .key("account", &ProductValue::account)
        .sum("quantity", &ProductValue::quantity)
        .sum("value", &ProductValue::value);
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
