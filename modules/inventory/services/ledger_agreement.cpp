#include "services/stock_book.h"

#include <algorithm>

namespace inventory {

bool is_stock_account(Transaction& tx, Id<financials::Account> account) {
    auto& known = tx.scratch<StockMemory>().stock_accounts;
    if (!known) known = tx.rows<std::int64_t>("SELECT account FROM inventory_stock_account");
    return std::ranges::find(*known, account.value) != known->end();
}

namespace ledger_agreement {

void note_posting(Transaction& tx, const financials::EntryPosted& posted) {
    auto& memory = tx.scratch<StockMemory>();
    for (const auto& line : posted.lines) {
        if (!is_stock_account(tx, line.account)) continue;
        memory.accounts[line.account.value].ledger += line.amount.minor();
        if (!memory.watched) tx.before_commit("inventory.ledger", compare_with_ledger);
    }
}

}  // namespace ledger_agreement

void compare_with_ledger(Transaction& tx) {
    const auto currency = tx.books().currency;
    for (const auto& [account, sums] : tx.scratch<StockMemory>().accounts) {
        if (sums.entries == sums.ledger) continue;
        throw tessera::Refused(
            "inventory.value_differs_from_ledger",
            "To book {} on the stock account {}, record it as a stock movement, a count or a revaluation: "
            "the stock ledger changes by {}.",
            Money{sums.ledger, currency},
            tx.value<std::string>("SELECT code FROM financials_account WHERE id = :id", account).value_or("?"),
            Money{sums.entries, currency});
    }
}

void declare_ledger_agreement(tessera::Kernel& kernel) { kernel.on(ledger_agreement::note_posting); }

}  // namespace inventory
