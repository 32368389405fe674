#include "services/stock_book.h"

namespace inventory {

namespace stock_history {

void add_to_day(Transaction& tx, const HistoryKey& key, const HistoryChange& change) {
    tx.execute(
        "INSERT INTO inventory_day (day, product, location, account, quantity, value)"
        " VALUES (:day, :product, :location, :account, :quantity, :value)"
        " ON CONFLICT (day, product, location, account) DO UPDATE SET"
        " quantity = inventory_day.quantity + excluded.quantity, value = inventory_day.value + excluded.value",
        key.day, key.product, key.location, key.account, change.quantity, change.value);
}

void add_to_month(Transaction& tx, const HistoryKey& key, const HistoryChange& change) {
    tx.execute(
        "INSERT INTO inventory_month (month, product, location, account, quantity, value)"
        " VALUES (:month, :product, :location, :account, :quantity, :value)"
        " ON CONFLICT (month, product, location, account) DO UPDATE SET"
        " quantity = inventory_month.quantity + excluded.quantity, value = inventory_month.value + excluded.value",
        key.day.first_of_month(), key.product, key.location, key.account, change.quantity, change.value);
}

}  // namespace stock_history

// The map is in the order of the keys, so that two commands touch the same rows in the same order.
void write_history(Transaction& tx) {
    auto& memory = tx.scratch<StockMemory>();
    for (const auto& [key, change] : memory.history) {
        if (change.quantity.is_zero() && change.value.is_zero()) continue;
        stock_history::add_to_day(tx, key, change);
        stock_history::add_to_month(tx, key, change);
    }
    memory.history.clear();
}

}  // namespace inventory
