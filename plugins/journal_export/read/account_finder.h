#pragma once
// Which account a name in a file means: what the accountant has said of it (journal_export.account_name), else the account
// to which this plugin gives that name, else the account whose code it is, alone or behind the last colon.
//
//     AccountFinder finder(tx, Syntax::hledger);
//     finder.find("assets:1010 Bank");  finder.find("1010");  finder.find("Assets:Current:1010");

#include <journal_export/records.h>

#include <unordered_map>

namespace journal_export {

class AccountFinder {
public:
    AccountFinder(const Snapshot& tx, Syntax syntax);
    const Account* find(const std::string& name) const;

private:
    std::vector<Account>                            accounts_{};
    std::unordered_map<std::string, const Account*> said_{}, written_{}, codes_{};
};

}  // namespace journal_export
