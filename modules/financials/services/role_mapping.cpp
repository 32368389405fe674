#include "services/role_mapping.h"

namespace financials {

bool has_tag(std::string_view tags, std::string_view tag) {
    while (!tags.empty()) {
        const auto end = std::min(tags.find(' '), tags.size());
        if (tags.substr(0, end) == tag) return true;
        tags.remove_prefix(std::min(end + 1, tags.size()));
    }
    return false;
}

bool serves_control(const AccountRole& role, Control control) {
    if (control == Control::none) return true;
    const auto short_name = role.name.substr(role.name.find('.') + 1);
    return role.account_hint == tessera::name_of(control) || short_name == tessera::name_of(control);
}

Id<Account> account_for(const AccountRole& role, std::span<const Account> accounts) {
    const auto short_name = std::string_view(role.name).substr(role.name.find('.') + 1);
    for (const std::string_view wanted :
         {std::string_view(role.account_hint), std::string_view(role.name), short_name}) {
        if (wanted.empty()) continue;
        for (const auto& account : accounts)
            if (has_tag(account.tag, wanted) && serves_control(role, account.control)) return account.id;
    }
    return {};
}

}  // namespace financials
