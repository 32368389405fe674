#pragma once
// From roles to what a user may see and do, and what may be put into a role.

#include <tessera/access.h>
#include <tessera/kernel.h>

namespace tessera::access {

// Of a user on a day, with what others have lent; none when the user is not active then.
std::vector<Role> roles_of(const Snapshot& snapshot, const User& user, Date day);
bool              permits(const Role& role, std::string_view permission);

// What the roles of a user permit on a day; nothing when the user is not active then.
Permissions::Shared rights_of(const Snapshot& snapshot, const User& user, Date day);

// Refused 422 when no module declares it, or the rule or field names what is not there.
void require_known(const Kernel& kernel, std::string_view grant, const std::string& field);
void require_rule(const Snapshot& snapshot, const RoleRule& rule, const std::string& field);
void require_field(const Kernel& kernel, const RoleField& one, const std::string& field);
// Nobody gives away what they do not have themselves.
void require_may_give(const Transaction& tx, std::string_view grant);
// At the end of the command somebody must still be able to give rights.
void keep_an_administrator(Transaction& tx);

extern const std::string_view rights_schema;
void                          write_rights(const Snapshot& snapshot, std::int64_t user, JsonWriter& json);

}  // namespace tessera::access
