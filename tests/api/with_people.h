#pragma once
// A served company in which people sign in and programs have tokens.
//
//     WithPeople served;
//     const auto link = served.accounts.make_link(Actor{}, "administrator").key;
//     CHECK(served.post("/api/session/invitation", R"({"link":"…"})").status == 200);

#include "served_company.h"

#include <tessera/accounts.h>

namespace api_tests {

inline constexpr auto password = "seven lanterns over the harbour";

struct WithPeople : ServedCompany {
    explicit WithPeople(std::initializer_list<const char*> modules = {"catalog"}) : ServedCompany(modules, {}, Visitors::sign_in) {}

    tessera::access::Accounts accounts{company.suite()};

    Answer post(const std::string& url, const std::string& body, std::vector<std::string> headers = {}) {
        return ask({.method = "POST", .url = url, .body = body, .headers = std::move(headers)});
    }
    // Of a user, with the permissions given; the key itself.
    std::string token_of(const std::string& user, const std::string& permission = "*") {
        return accounts.make_token(tessera::Actor{}, user, "For a test", {permission}, {}).key;
    }
};

}  // namespace api_tests
