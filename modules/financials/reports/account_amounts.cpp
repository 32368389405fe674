#include "reports/account_amounts.h"

namespace financials {
namespace account_amounts_of {

Sums of(const SumsByAccount& sums, Id<Account> id, Money zero) {
    const auto it = sums.find(id);
    return it == sums.end() ? Sums{zero, zero} : Sums{zero + it->second.debit, zero + it->second.credit};
}

}  // namespace account_amounts_of

std::vector<AccountAmounts> account_amounts(const Snapshot& snapshot, const Window& window, ClosingEntries closing) {
    using account_amounts_of::of;
    const auto zero   = snapshot.books().zero();
    const auto before = sums_until(snapshot, window.from.plus_days(-1), window.known);
    const auto until  = sums_until(snapshot, window.to, window.known);
    const auto closed = closing == ClosingEntries::left_out
                            ? sums_of_closing(snapshot, window.from, window.to, window.known)
                            : SumsByAccount{};

    std::vector<AccountAmounts> result;
    snapshot.each<AccountRow>(
        R"sql(
        SELECT a.id, a.code, a.name, a.kind, p.name FROM financials_account a LEFT JOIN financials_account p ON p.id = a.parent
        ORDER BY a.code)sql",
        [&](AccountRow& account) {
            const auto opening = of(before, account.id, zero), end = of(until, account.id, zero),
                       out = of(closed, account.id, zero);
            AccountAmounts amounts{std::move(account), opening.net(), end.debit - opening.debit - out.debit,
                                   end.credit - opening.credit - out.credit};
            if (!amounts.opening.is_zero() || !amounts.debit.is_zero() || !amounts.credit.is_zero())
                result.push_back(std::move(amounts));
        });
    return result;
}

}  // namespace financials
