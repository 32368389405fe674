#pragma once
// Which account a role goes to in a fresh company: the first, in order of codes, that carries the role's hint among its
// tags, else one that carries the role's full name, else the part of the name after the module.

#include <financials/ledger.h>

#include <span>

namespace financials {

bool        has_tag(std::string_view tags, std::string_view tag);
Id<Account> account_for(const AccountRole& role, std::span<const Account> accounts);
// Whether a role may be posted to a control account: only the one its hint names.
bool serves_control(const AccountRole& role, Control control);

}  // namespace financials
