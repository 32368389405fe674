#include <tessera/actor.h>

#include <algorithm>

namespace tessera {

Permissions::Shared Permissions::of(std::vector<std::string> granted) {
    auto permissions = std::make_shared<Permissions>();
    std::ranges::sort(granted);
    const auto twice = std::ranges::unique(granted);
    granted.erase(twice.begin(), twice.end());
    permissions->all_     = std::ranges::binary_search(granted, "*");
    permissions->granted_ = std::move(granted);
    return permissions;
}

Permissions::Shared Permissions::all() {
    static const Shared everything = of({"*"});
    return everything;
}

Permissions::Shared Permissions::reading() {
    static const Shared only_reading = of({"*.read"});
    return only_reading;
}

bool Permissions::allow(std::string_view permission) const {
    const auto point = permission.find('.');
    if (all_) return true;
    if (point == permission.npos) return false;
    const auto has = [&](const std::string& name) { return std::ranges::binary_search(granted_, name); };
    return has(std::string(permission)) || has(std::string(permission.substr(0, point)) + ".*") || has("*" + std::string(permission.substr(point)));
}

}  // namespace tessera
