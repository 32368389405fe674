#include <inventory/stock.h>

namespace inventory {

namespace ledger_check {

void run(const Snapshot& tx, const std::function<void(tessera::Finding)>& report) {
    struct Row {
        std::string code{};
        Money       entries{}, ledger{};
    };
    tx.each<Row>(R"sql(
        SELECT a.code, coalesce(v.value, 0), coalesce((SELECT sum(j.amount) FROM financials_journal_line j WHERE j.account = a.id), 0)
          FROM financials_account a
          LEFT JOIN (SELECT account, sum(amount) AS value FROM inventory_value_entry GROUP BY account) v ON v.account = a.id
         WHERE a.control = 'stock' OR v.account IS NOT NULL)sql",
                 [&](const Row& row) {
                     if (row.entries != row.ledger)
                         report({fmt::format("stock account {}", row.code), row.entries.str(), row.ledger.str()});
                 });
}

}  // namespace ledger_check

void declare_ledger_check(tessera::Kernel& kernel) {
    kernel.check("inventory.ledger", "What the stock is worth equals the balance of its accounts", ledger_check::run);
}

}  // namespace inventory
