#pragma once
// What the core itself declares, as a module would: users, roles, sessions and tokens, and the tables of their secrets.

#include <tessera/access.h>
#include <tessera/kernel.h>

namespace tessera::access {

inline constexpr std::string_view administer      = "access.administer";
inline constexpr std::string_view administrators  = "Administrator";  // the role that every company begins with
inline constexpr std::string_view first_user_name = "administrator";

void declare(Kernel& kernel);

// What only those see and change who manage access.
template <class T>
EntityBuilder<T> administered(EntityBuilder<T> entity) {
    return entity.menu(Menu::setup).read_needs(std::string(administer)).needs(std::string(administer));
}

// Whether a change of such a record may change what somebody is allowed to do.
inline bool is_about_rights(std::string_view entity) { return entity.starts_with("access."); }

}  // namespace tessera::access
