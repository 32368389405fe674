#pragma once
// Which names the server answers to, and which pages may change something. A page of a stranger can make its visitor's
// browser send requests here; it cannot forge the Origin header, and after its own name is pointed at this machine
// (DNS rebinding) the Host header still names the stranger.

#include <string>
#include <string_view>
#include <vector>

namespace tessera::http {

class HostNames {
public:
    // Always known: localhost, 127.0.0.1, [::1] and the address listened on.
    HostNames(std::string_view address, const std::vector<std::string>& further);
    bool knows(std::string_view host) const;  // "localhost:8080", with or without a port

private:
    std::vector<std::string> names_{};
};

// Whether the request may change something: it comes from a program, or from a page of this very server.
bool same_origin(std::string_view origin, std::string_view fetch_site, std::string_view host);

}  // namespace tessera::http
