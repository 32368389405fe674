#pragma once
// The values that a request's Cookie headers give to a name, in their order; a browser may send several of one name.
//
//     each_cookie("a=1; tessera_change=17;", "tessera_change", [&](std::string_view value) { … });      // "17"

#include <tessera/text.h>

#include <algorithm>

namespace tessera::http {

template <class Visit>
void each_cookie(std::string_view cookies, std::string_view name, Visit&& visit) {
    while (!cookies.empty()) {
        const auto end = std::min(cookies.find(';'), cookies.size());
        const auto one = trim(cookies.substr(0, end));
        if (one.starts_with(name) && one.substr(name.size()).starts_with('=')) visit(one.substr(name.size() + 1));
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
    }
}

}  // namespace tessera::http
