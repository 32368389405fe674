#pragma once
// Purchasing and payables with people in it, each with a token of all they may do.
//
//     Office     office;
//     const auto buyer = office.user("ada", {"Buyer"});
//     CHECK(office.order(buyer, "10.00").status == 201);

#include "with_people.h"

#include <tessera/access.h>
#include <tessera/json.h>

#include <boost/json.hpp>
#include <doctest/doctest.h>

namespace api_tests {

using namespace tessera;

struct Office : WithPeople {
    Office() : WithPeople({"purchasing"}) {
        boss = token_of("administrator");
        REQUIRE(as(boss, "POST", "/api/directory/parties", R"({"number":"S1","name":"Lantern Supply","supplier":true})").status == 201);
        REQUIRE(as(boss, "POST", "/api/catalog/products", R"({"number":"P1","name":"Wick","unit":"EA"})").status == 201);
    }
    std::string boss;

    Answer as(const std::string& token, const std::string& method, const std::string& url, const std::string& body = {}) {
        return ask({.method = method, .url = url, .body = body, .headers = {"Authorization: Bearer " + token}});
    }
    Answer      make_user(const std::string& name, const std::vector<std::string>& roles) {
        std::string lines;
        for (const auto& role : roles) lines += (lines.empty() ? "" : ",") + std::string(R"({"role":")") + role + "\"}";
        return as(boss, "POST", "/api/access/users", R"({"name":")" + name + R"(","roles":[)" + lines + "]}");
    }
    std::string user(const std::string& name, const std::vector<std::string>& roles) {
        const auto made = make_user(name, roles);
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return token_of(name);
    }
    std::int64_t id(const std::string& url) { return parse_json(as(boss, "GET", url).body).at("rows").at(0).at("id").as_int64(); }
    Answer       order(const std::string& token, const std::string& price, const std::string& then = "") {
        return as(token, "POST", "/api/purchasing/orders" + then, R"({"supplier":"S1","date":"2026-06-01","lines":[{"product":"P1","quantity":"1","price":")" + price + "\"}]}");
    }
};

inline std::int64_t id_of(const Answer& answer) {
    REQUIRE_MESSAGE(answer.status < 300, answer.body);
    return parse_json(answer.body).at("id").as_int64();
}
inline std::string code_of(const Answer& answer) { return answer.status < 300 ? "" : std::string(parse_json(answer.body).at("code").as_string()); }

}  // namespace api_tests
