#pragma once
// Accounts with what was posted to them within a window: the common ground of trial balance and statements.

#include "reports/window.h"
#include "services/kept_balances.h"

namespace financials {

struct AccountRow {
    Id<Account> id{};
    std::string code{};
    std::string name{};
    Kind        kind = Kind::asset;
    std::string heading{};  // the name of the account it stands below
};

struct AccountAmounts {
    AccountRow account{};
    Money      opening{};
    Money      debit{};
    Money      credit{};
    Money      closing() const { return opening + debit - credit; }
};

enum class ClosingEntries { counted, left_out };

// In the order of codes; accounts without any figure are left out.
std::vector<AccountAmounts> account_amounts(const Snapshot& snapshot, const Window& window, ClosingEntries closing);

}  // namespace financials
