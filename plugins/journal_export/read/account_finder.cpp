#include "read/account_finder.h"

#include "text/account_names.h"

namespace journal_export {

AccountFinder::AccountFinder(const Snapshot& tx, Syntax syntax) : accounts_(tx.select<Account>("id > 0 ORDER BY id")) {
    std::unordered_map<std::int64_t, const Account*> by_id;
    for (const auto& account : accounts_) {
        by_id[account.id.value]                 = &account;
        codes_[account.code]                    = &account;
        written_[account_name(syntax, account)] = &account;
    }
    // Of an account that a reader does not see nobody has said anything.
    for (const auto& known : tx.select<AccountName>("id > 0 ORDER BY id"))
        if (const auto account = by_id.find(known.account.value); account != by_id.end()) said_[known.name] = account->second;
}

const Account* AccountFinder::find(const std::string& name) const {
    for (const auto* names : {&said_, &written_, &codes_})
        if (const auto found = names->find(name); found != names->end()) return found->second;
    const auto colon = name.rfind(':');
    if (colon == std::string::npos) return nullptr;
    const auto found = codes_.find(name.substr(colon + 1));
    return found == codes_.end() ? nullptr : found->second;
}

}  // namespace journal_export
