#include "http/origin.h"

#include <tessera/text.h>

#include <algorithm>

namespace tessera::http {
namespace origin {

// The host without its port; empty when it is not of the form name[:digits].
std::string_view without_port(std::string_view host) {
    const auto colon = host.front() == '[' ? host.find(':', host.find(']')) : host.find(':');
    if (colon == std::string_view::npos) return host;
    const auto port = host.substr(colon + 1);
    if (port.size() > 5 || !std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; })) return {};
    return host.substr(0, colon);
}

}  // namespace origin

HostNames::HostNames(std::string_view address, const std::vector<std::string>& further)
    : names_{"127.0.0.1", "localhost", "[::1]"} {
    const bool six = address.find(':') != std::string_view::npos && !address.starts_with('[');
    names_.push_back(lower_ascii(six ? "[" + std::string(address) + "]" : std::string(address)));
    for (const auto& name : further) names_.push_back(lower_ascii(name));
}

bool HostNames::knows(std::string_view host) const {
    if (host.empty()) return false;
    const auto name = origin::without_port(host);
    return std::ranges::any_of(names_, [&](const auto& known) {
        return known.size() == name.size() && (known == name || known == lower_ascii(name));
    });
}

bool same_origin(std::string_view origin, std::string_view fetch_site, std::string_view host) {
    if (!fetch_site.empty() && fetch_site != "same-origin" && fetch_site != "none") return false;
    if (origin.empty()) return true;
    if (!origin.starts_with("http://") && !origin.starts_with("https://")) return false;
    return lower_ascii(origin.substr(origin.find("//") + 2)) == lower_ascii(host);
}

}  // namespace tessera::http
