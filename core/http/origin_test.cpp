#include "http/origin.h"

#include <doctest/doctest.h>

using tessera::http::HostNames;
using tessera::http::same_origin;

TEST_CASE("origin: the server answers to its own names, with any port, and to no other") {
    const HostNames names("::1", {"erp.Example"});
    for (const char* known : {"localhost", "LocalHost:8080", "127.0.0.1:1", "[::1]", "[::1]:8080", "erp.example", "ERP.EXAMPLE:443"}) {
        CAPTURE(known);
        CHECK(names.knows(known));
    }
    for (const char* unknown : {"", "evil.example", "localhost.", "localhost.evil.example", "localhost:80:80", "localhost:x", "127.0.0.11", "[::2]", "[", "[::1", ":80", "localhost@evil"}) {
        CAPTURE(unknown);
        CHECK_FALSE(names.knows(unknown));
    }
}

TEST_CASE("origin: programs and our own pages may change something, pages of others may not") {
    struct Line { const char *origin, *fetch_site, *host; bool same; };
    const Line lines[] = {
        {"", "", "localhost:8080", true},
        {"http://localhost:8080", "", "localhost:8080", true},
        {"http://LOCALHOST:8080", "same-origin", "localhost:8080", true},
        {"https://erp.example", "", "erp.example", true},
        {"", "none", "localhost:8080", true},
        {"http://localhost:8081", "", "localhost:8080", false},
        {"http://localhost", "", "localhost:8080", false},
        {"http://evil.example", "", "localhost:8080", false},
        {"null", "", "localhost:8080", false},
        {"file://", "", "localhost:8080", false},
        {"", "cross-site", "localhost:8080", false},
        {"http://localhost:8080", "same-site", "localhost:8080", false},
    };
    for (const auto& line : lines) {
        CAPTURE(line.origin);
        CAPTURE(line.fetch_site);
        CHECK(same_origin(line.origin, line.fetch_site, line.host) == line.same);
    }
}
