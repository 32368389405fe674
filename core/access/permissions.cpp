#include <tessera/actor.h>

#include "access/narrowing.h"

#include <algorithm>

namespace tessera {

Permissions::Shared Permissions::of(std::vector<std::string> granted, std::shared_ptr<const access::Narrowing> narrowing) {
    auto permissions = std::make_shared<Permissions>();
    std::ranges::sort(granted);
    granted.erase(std::unique(granted.begin(), granted.end()), granted.end());
    permissions->all_       = std::ranges::binary_search(granted, "*");
    permissions->granted_   = std::move(granted);
    permissions->narrowing_ = std::move(narrowing);
    return permissions;
}

Permissions::Shared Permissions::limited(Shared whole, std::vector<std::string> granted) {
    auto limited    = std::make_shared<Permissions>(*of(std::move(granted), whole->narrowing_));
    limited->whole_ = std::move(whole);
    return limited;
}

Permissions::Shared Permissions::all() {
    static const Shared everything = of({"*"});
    return everything;
}

Permissions::Shared Permissions::reading() {
    static const Shared only_reading = of({"*.read"});
    return only_reading;
}

bool Permissions::are_narrowed() const { return narrowing_ && narrowing_->is_of_roles(); }

bool Permissions::allow_all() const { return all_ && !are_narrowed() && (!whole_ || whole_->allow_all()); }

bool Permissions::allow(std::string_view permission) const {
    const auto point = permission.find('.');
    if (whole_ && !whole_->allow(permission)) return false;
    if (all_) return true;
    if (point == permission.npos) return false;
    const auto has = [&](const std::string& name) { return std::ranges::binary_search(granted_, name); };
    return has(std::string(permission)) || has(std::string(permission.substr(0, point)) + ".*") || has("*" + std::string(permission.substr(point)));
}

// What is granted is a permission itself, or many: all of them must be among what one has.
bool Permissions::cover(std::string_view grant) const {
    if (whole_ && !whole_->cover(grant)) return false;
    if (all_ || std::ranges::binary_search(granted_, grant)) return true;
    if (grant == "*" || grant.starts_with("*.")) return false;
    return grant.ends_with(".*") ? false : allow(grant);
}

}  // namespace tessera
