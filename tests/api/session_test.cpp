// Signing in, staying signed in and being refused, over HTTP.

#include "with_people.h"

#include "api_scenario.h"

#include <tessera/json.h>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <liboath/oath.h>

#include <array>

using namespace api_tests;
using namespace tessera;

namespace {

struct Company : WithPeople {
    // A user with one role of these permissions, who has chosen a password; the Cookie header of the session.
    std::string user(const std::string& name, const std::vector<std::string>& permissions) {
        company.run([&](Transaction& tx) {
            access::Role role{.name = "Role of " + name};
            for (const auto& permission : permissions) role.permissions.push_back({.permission = permission});
            access::User user{.name = name, .full_name = "The " + name};
            user.roles.push_back({.role = tx.insert(role)});
            tx.insert(user);
        });
        return choose_password(name);
    }
    std::string choose_password(const std::string& name) {
        const auto link = accounts.make_link(Actor{}, name).key;
        return cookie_of(post("/api/session/invitation", R"({"link":")" + link + R"(","password":")" + password + "\"}"));
    }
    static std::string cookie_of(const Answer& answer) {
        REQUIRE_MESSAGE(answer.status == 200, answer.body);
        const auto line = answer["set-cookie"];
        return "Cookie: " + line.substr(0, line.find(';'));
    }
    Answer get(const std::string& url, const std::string& header) { return ask({.url = url, .headers = {header}}); }
};

std::string code_of(const Answer& answer) { return std::string(parse_json(answer.body).at("code").as_string()); }
std::string text_of(const Answer& answer, const char* name) { return std::string(parse_json(answer.body).at(name).as_string()); }

// What an authenticator would show, so many steps of 30 seconds from now.
std::string shown_now(const std::string& base32, int steps = 0) {
    char*       bytes = nullptr;
    std::size_t size  = 0;
    REQUIRE(oath_base32_decode(base32.data(), base32.size(), &bytes, &size) == OATH_OK);
    std::array<char, 16> code{};
    oath_totp_generate(bytes, size, std::time(nullptr) + 30 * steps, 30, 0, 6, code.data());
    std::free(bytes);
    return code.data();
}

const std::string same_origin = "Origin: http://localhost";

}  // namespace

TEST_CASE("door: nobody unknown is answered, but by the pages, what describes the API, and where one signs in") {
    Company served;
    for (const auto* url : {"/api/catalogue", "/api/directory/parties", "/api/directory/parties/1", "/api/directory/parties/1/history", "/api/directory/parties/export.csv",
                            "/api/reports/financials.trial_balance", "/api/changes?entity=directory.party", "/api/session", "/api/session/sessions", "/api/session/tokens", "/api/nothing"}) {
        CAPTURE(url);
        const auto answer = served.ask({.url = url});
        CHECK(answer.status == 401);
        CHECK(code_of(answer) == "kernel.not_signed_in");
        CHECK(answer["www-authenticate"] == "Bearer");
    }
    for (const auto* url : {"/api/directory/parties", "/api/directory/parties/1/block", "/api/session/password", "/api/session/tokens", "/api/access/users/1/link"})
        CHECK(served.post(url, "{}").status == 401);
    for (const auto* header : {"Authorization: Bearer tsr_0123456789012345678901234567890123456789012", "Authorization: Basic YTpi", "Authorization: Bearer", "Cookie: __Host-tessera_session=x",
                               "Cookie: __Host-tessera_session=0123456789012345678901234567890123456789012", "Cookie: tessera_session=1; __Host-tessera_session"})
        CHECK(served.get("/api/session", header).status == 401);
    CHECK(served.ask({.url = "/healthz"}).status == 200);
    CHECK(served.ask({.url = "/api/openapi.json"}).status == 200);
}

TEST_CASE("door: a link is good once, chooses a password that is hard to guess, and signs in") {
    Company    served;
    const auto link = served.accounts.make_link(Actor{}, "administrator").key;
    const auto at   = [&](const std::string& key, const std::string& body = "") { return served.post("/api/session/invitation", R"({"link":")" + key + "\"" + body + "}"); };

    const auto invited = at(link);
    CHECK(invited.status == 200);
    CHECK(text_of(invited, "purpose") == "invitation");
    CHECK(parse_json(invited.body).at("user").at("name") == "administrator");
    for (const auto* weak : {"short", "aaaaaaaaaaaaaaaaaaaa", "passwordpassword", "administratoradministrator", "123456789012345678"}) {
        CAPTURE(weak);
        const auto refused = at(link, R"(,"password":")" + std::string(weak) + "\"");
        CHECK(refused.status == 422);
        CHECK(code_of(refused) == "kernel.weak_password");
    }
    const auto in = at(link, R"(,"password":")" + std::string(password) + "\"");
    CHECK(in.status == 200);
    const auto cookie = in["set-cookie"];
    for (const auto* part : {"__Host-tessera_session=", "; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Strict"}) CHECK(cookie.find(part) != std::string::npos);
    CHECK(served.get("/api/session", Company::cookie_of(in)).status == 200);

    CHECK(code_of(at(link)) == "kernel.link_unknown");
    CHECK(code_of(at(link, R"(,"password":"another password altogether")")) == "kernel.link_unknown");
    const auto older = served.accounts.make_link(Actor{}, "administrator").key;
    const auto newer = served.accounts.make_link(Actor{}, "administrator").key;
    CHECK(code_of(at(older)) == "kernel.link_unknown");
    CHECK(text_of(at(newer), "purpose") == "reset");
}

TEST_CASE("door: who signs in may do what the roles of the day permit, until signing out") {
    Company    served;
    const auto cookie = served.user("ada", {"directory.read"});
    CHECK(served.get("/api/directory/parties", cookie).status == 200);
    CHECK(served.get("/api/catalog/products", cookie).status == 403);
    CHECK(served.get("/api/access/users", cookie).status == 403);

    const auto wrong = served.post("/api/session", R"({"name":"ada","password":"not that"})");
    CHECK(wrong.status == 401);
    CHECK(wrong.body == served.post("/api/session", R"({"name":"nobody","password":"not that"})").body);
    const auto in = served.post("/api/session", R"({"name":" Ada ","password":")" + std::string(password) + "\"}");
    const auto second = Company::cookie_of(in);
    CHECK(served.get("/api/session", second).status == 200);

    SUBCASE("signing out here signs out nowhere else") {
        CHECK(served.ask({.method = "DELETE", .url = "/api/session", .headers = {second, same_origin}}).status == 204);
        CHECK(served.get("/api/session", second).status == 401);
        CHECK(served.get("/api/session", cookie).status == 200);
    }
    SUBCASE("a session is ended from another") {
        const auto rows = parse_json(served.get("/api/session/sessions", second).body).at("rows").as_array();
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].at("current") == true);
        const auto url = "/api/session/sessions/" + std::to_string(rows[1].at("id").as_int64()) + "/end";
        CHECK(served.post(url, "", {second, same_origin}).status == 204);
        CHECK(served.get("/api/session", cookie).status == 401);
        CHECK(code_of(served.post(url, "", {second, same_origin})) == "kernel.not_found");
    }
    SUBCASE("a new password ends all others") {
        CHECK(code_of(served.post("/api/session/password", R"({"current":"wrong","new":"a harbour under seven lanterns"})", {second, same_origin})) == "kernel.wrong_credentials");
        CHECK(served.post("/api/session/password", R"({"current":")" + std::string(password) + R"(","new":"a harbour under seven lanterns"})", {second, same_origin}).status == 204);
        CHECK(served.get("/api/session", second).status == 200);
        CHECK(served.get("/api/session", cookie).status == 401);
    }
    SUBCASE("who is made inactive, leaves or loses a role is out with the next request") {
        const auto change = [&](const std::function<void(access::User&)>& how) {
            served.company.run([&](Transaction& tx) {
                auto user = tx.first<access::User>("name = 'ada'");
                how(*user);
                tx.save(*user);
            });
            return served.get("/api/directory/parties", cookie).status;
        };
        CHECK(change([](access::User& ada) { ada.leaves_on = Date::today().plus_days(1); }) == 200);
        CHECK(change([](access::User& ada) { ada.leaves_on = Date::today(); }) == 401);
        CHECK(change([](access::User& ada) { ada.leaves_on = {}; }) == 200);
        CHECK(change([](access::User& ada) { ada.roles[0].starts_on = Date::today().plus_days(1); }) == 401);
        CHECK(code_of(served.post("/api/session", R"({"name":"ada","password":")" + std::string(password) + "\"}")) == "access.no_role");
        CHECK(change([](access::User& ada) { ada.roles[0].starts_on = {}; }) == 200);
        CHECK(change([](access::User& ada) { ada.active = false; }) == 401);
        CHECK(code_of(served.post("/api/session", R"({"name":"ada","password":")" + std::string(password) + "\"}")) == "kernel.wrong_credentials");
    }
}

TEST_CASE("door: a page of another site changes nothing with the cookie of its visitor") {
    Company    served;
    const auto cookie = served.user("ada", {"*"});
    const auto create = [&](std::vector<std::string> headers) {
        headers.push_back(cookie);
        return served.post("/api/directory/parties", R"({"name":"Acme"})", std::move(headers));
    };
    CHECK(code_of(create({})) == "kernel.cross_origin");                          // no browser sends a change without saying from where
    CHECK(code_of(create({"Origin: http://evil.example"})) == "kernel.cross_origin");
    CHECK(code_of(create({"Origin: null"})) == "kernel.cross_origin");
    CHECK(code_of(create({"Sec-Fetch-Site: cross-site"})) == "kernel.cross_origin");
    CHECK(code_of(create({same_origin, "Sec-Fetch-Site: same-site"})) == "kernel.cross_origin");
    CHECK(create({same_origin}).status == 201);
    CHECK(create({"Sec-Fetch-Site: same-origin"}).status == 201);
}

TEST_CASE("door: after some failures one has to wait, and the right password does not get past that") {
    Company served;
    served.user("ada", {"*.read"});
    Answer last;
    for (int i = 0; i < 6; ++i) last = served.post("/api/session", R"({"name":"ada","password":"guess )" + std::to_string(i) + "\"}");
    CHECK(last.status == 429);
    CHECK(code_of(last) == "kernel.too_many_attempts");
    CHECK(std::stoi(last["retry-after"]) >= 1);
    CHECK(served.post("/api/session", R"({"name":"ada","password":")" + std::string(password) + "\"}").status == 429);
    CHECK(*served.company.value<std::int64_t>("SELECT count(*) FROM kernel_audit WHERE command = 'access.sign_in_refused' AND user_name = 'ada'") == 5);
    CHECK(*served.company.value<std::string>("SELECT reason FROM kernel_audit WHERE command = 'access.sign_in_refused' ORDER BY id LIMIT 1") == "from 127.0.0.0/24");       // the trail keeps no address of anybody
}

TEST_CASE("door: with a second factor the password alone is not enough, and a code is good once") {
    Company    served;
    const auto cookie = served.user("ada", {"*.read"});
    const auto secret = text_of(served.post("/api/session/second-factor", "{}", {cookie, same_origin}), "secret");
    const auto sign_in = [&](const std::string& code) {
        return served.post("/api/session", R"({"name":"ada","password":")" + std::string(password) + R"(","code":")" + code + "\"}");
    };
    CHECK(sign_in("").status == 200);                                             // not confirmed yet
    CHECK(code_of(served.post("/api/session/second-factor/confirm", R"({"code":"000"})", {cookie, same_origin})) == "kernel.wrong_code");
    const auto confirmed = served.post("/api/session/second-factor/confirm", R"({"code":")" + shown_now(secret, -1) + "\"}", {cookie, same_origin});
    REQUIRE_MESSAGE(confirmed.status == 200, confirmed.body);
    const auto recovery = parse_json(confirmed.body).at("recovery_codes").as_array();
    CHECK(recovery.size() == 10);

    CHECK(code_of(sign_in("")) == "kernel.code_required");
    CHECK(code_of(sign_in("000")) == "kernel.wrong_code");
    const auto code = shown_now(secret);
    CHECK(sign_in(code).status == 200);
    CHECK(code_of(sign_in(code)) == "kernel.wrong_code");
    const auto spare = std::string(recovery[0].as_string());
    CHECK(sign_in(spare).status == 200);
    CHECK(code_of(sign_in(spare)) == "kernel.wrong_code");
    CHECK(code_of(served.post("/api/session/second-factor", "{}", {cookie, same_origin})) == "access.has_second_factor");
    CHECK(served.post("/api/session/second-factor/remove", R"({"password":")" + std::string(password) + "\"}", {cookie, same_origin}).status == 204);
    CHECK(sign_in("").status == 200);
}

TEST_CASE("door: a token does what it was given, never more than its user, until it is revoked or has expired") {
    Company    served;
    const auto cookie = served.user("ada", {"directory.read", "directory.edit", "access.administer"});
    const auto make   = [&](const std::string& permissions, const std::string& more = "") {
        return served.post("/api/session/tokens", R"({"title":"Export","permissions":)" + permissions + more + "}", {cookie, same_origin});
    };
    const auto bearer = [](const Answer& made) { return "Authorization: Bearer " + text_of(made, "token"); };

    CHECK(code_of(make(R"(["*.read"])")) == "access.not_yours_to_give");
    CHECK(code_of(make(R"(["directory.fly"])")) == "access.unknown_permission");
    CHECK(code_of(make("[]")) == "kernel.required");
    CHECK(code_of(make(R"(["directory.read"])", R"(,"expires_on":"2020-01-01")")) == "access.bad_time");
    const auto made = make(R"(["directory.read"])");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    CHECK(served.get("/api/directory/parties", bearer(made)).status == 200);
    CHECK(served.post("/api/directory/parties", R"({"name":"Acme"})", {bearer(made)}).status == 403);
    const auto writer = make(R"(["directory.read","directory.edit"])");
    CHECK(served.post("/api/directory/parties", R"({"name":"Acme"})", {bearer(writer)}).status == 201);
    CHECK(served.post("/api/session/password", R"({"current":"a","new":"b"})", {bearer(writer)}).status == 403);  // a program does not own the account
    CHECK(served.get("/api/session", cookie.substr(0, 8) + "__Host-tessera_session=" + text_of(writer, "token")).status == 401);  // nor is it a session

    served.company.run([&](Transaction& tx) {                                     // the user loses the right, and so does the token
        auto role = tx.first<access::Role>("name = 'Role of ada'");
        role->permissions[1].permission = "directory.read";
        tx.save(*role);
    });
    CHECK(served.post("/api/directory/parties", R"({"name":"Other"})", {bearer(writer)}).status == 403);
    const auto id = std::to_string(parse_json(made.body).at("id").as_int64());
    CHECK(served.post("/api/session/tokens/" + id + "/revoke", "", {cookie, same_origin}).status == 204);
    CHECK(served.get("/api/directory/parties", bearer(made)).status == 401);
    CHECK(*served.company.value<std::int64_t>("SELECT count(*) FROM kernel_audit WHERE user_name = 'ada' AND command = 'access.revoke_token'") == 1);
}

TEST_CASE("door: nobody gives what they do not have, and somebody stays able to give") {
    Company    served;
    const auto ada = served.user("ada", {"access.administer", "directory.read"});
    const auto as  = [&](const std::string& method, const std::string& url, const std::string& body) { return served.ask({.method = method, .url = url, .body = body, .headers = {ada, same_origin}}); };
    CHECK(code_of(as("POST", "/api/access/roles", R"({"name":"All","permissions":[{"permission":"*"}]})")) == "access.not_yours_to_give");
    CHECK(as("POST", "/api/access/roles", R"({"name":"Some","permissions":[{"permission":"directory.read"}]})").status == 201);
    CHECK(code_of(as("POST", "/api/access/users", R"({"name":"eve","roles":[{"role":"Administrator"}]})")) == "access.not_yours_to_give");
    CHECK(as("POST", "/api/access/users", R"({"name":"eve","roles":[{"role":"Some"}]})").status == 201);
    CHECK(code_of(as("POST", "/api/access/users/1/link", "")) == "access.not_yours_to_give");
    CHECK(as("POST", "/api/access/users/3/link", "").status == 200);

    const auto refused = served.company.refusal([](Transaction& tx) {
        for (auto& user : tx.select<access::User>("ORDER BY id")) {
            user.active = false;
            tx.save(user);
        }
    });
    CHECK(refused == "access.last_administrator");
}

TEST_CASE("door: how the server is doing is told to who runs it; others hear whether it is ready") {
    ServedCompany served({"catalog"}, {.behind_proxy = true}, Visitors::sign_in);
    const std::string outside = "X-Forwarded-For: 127.0.0.1, 192.0.2.7";
    CHECK(served.ask({.url = "/metrics"}).status == 200);
    CHECK(served.ask({.url = "/metrics", .headers = {outside}}).status == 401);
    CHECK(served.ask({.url = "/readyz", .headers = {outside}}).body == R"({"ready":true})");
    CHECK(served.ask({.url = "/readyz"}).body.find("\"outbox\"") != std::string::npos);
    access::Accounts accounts(served.company.suite());
    const auto       bearer = "Authorization: Bearer " + accounts.make_token(Actor{}, "administrator", "test", {"*"}, {}).key;
    const auto       reader = "Authorization: Bearer " + accounts.make_token(Actor{}, "administrator", "test", {"*.read"}, {}).key;
    CHECK(served.ask({.url = "/metrics", .headers = {outside, bearer}}).status == 200);
    CHECK(served.ask({.url = "/metrics", .headers = {outside, reader}}).status == 403);
}

TEST_CASE("door: what is secret stands in no list, no history and not in the trail") {
    Company    served;
    const auto cookie = served.user("ada", {"*"});
    const auto key    = cookie.substr(cookie.find('=') + 1);
    const auto token  = text_of(served.post("/api/session/tokens", R"({"title":"Export","permissions":["*.read"]})", {cookie, same_origin}), "token");
    const auto secret = text_of(served.post("/api/session/second-factor", "{}", {cookie, same_origin}), "secret");
    std::string seen;
    for (const auto* url : {"/api/access/users", "/api/access/users/2", "/api/access/users/2/history", "/api/access/sessions", "/api/access/tokens", "/api/access/tokens/1/history", "/api/session/tokens"})
        seen += served.get(url, cookie).body;
    served.company.read([&](const Snapshot& tx) {
        tx.each<std::string>("SELECT changes FROM kernel_audit", [&](const std::string& changes) { seen += changes; });
    });
    for (const auto& hidden : {key, token, secret, std::string("argon2"), std::string(password)}) CHECK(seen.find(hidden) == std::string::npos);
    CHECK(served.company.verify() == "");
}

TEST_CASE("door: at a browser that was left open nothing sensitive is changed without the password") {
    Company    served;
    const auto ada    = served.user("ada", {"*"});
    int        number = 0;
    const auto make_user = [&](const std::string& header) {
        return served.post("/api/access/users", R"({"name":"user)" + std::to_string(++number) + R"(","roles":[{"role":"Reader"}]})", {header, same_origin});
    };
    const auto make_token = [&] { return served.post("/api/session/tokens", R"({"title":"Export","permissions":["*.read"]})", {ada, same_origin}); };
    const auto confirm    = [&](const std::string& typed) { return served.post("/api/session/confirmation", R"({"password":")" + typed + "\"}", {ada, same_origin}); };
    const auto leave_open = [&] { served.company.run([](Transaction& tx) { tx.execute("UPDATE access_session SET confirmed_at = confirmed_at - 3600000000"); }); };
    CHECK(make_user(ada).status == 201);                       // has just signed in
    leave_open();
    const auto refused = make_user(ada);
    CHECK(refused.status == 403);
    CHECK(code_of(refused) == "kernel.confirmation_wanted");
    CHECK(text_of(refused, "detail") == "To change users, confirm with your password that it is you.");
    CHECK(code_of(make_token()) == "kernel.confirmation_wanted");
    CHECK(served.post("/api/directory/parties", R"({"name":"Lantern Supply"})", {ada, same_origin}).status == 201);
    CHECK(code_of(served.post("/api/directory/bank_accounts", R"({"party":1,"account_number":"12345"})", {ada, same_origin})) == "kernel.confirmation_wanted");
    CHECK(make_user("Authorization: Bearer " + served.token_of("ada")).status == 201);   // a program has nobody to ask

    CHECK(code_of(confirm("something else entirely")) == "kernel.wrong_credentials");
    CHECK(code_of(make_user(ada)) == "kernel.confirmation_wanted");
    CHECK(confirm(password).status == 204);
    CHECK(make_user(ada).status == 201);
    CHECK(make_token().status == 201);
    leave_open();
    CHECK(code_of(make_user(ada)) == "kernel.confirmation_wanted");
}
