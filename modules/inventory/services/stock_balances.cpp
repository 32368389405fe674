#include "services/stock_balances.h"

namespace inventory {

void add_to_history(Transaction& tx, const StockDay& change) {
    tx.add(change);
    tx.add(StockMonth{change.day.first_of_month(), change.product, change.location, change.account, change.quantity, change.value});
}

}  // namespace inventory
