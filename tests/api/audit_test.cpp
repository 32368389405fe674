// The audit trail over HTTP: what it says, who may see it, and how what it holds about a person is erased.

#include "api_scenario.h"
#include "with_people.h"

#include <tessera/json.h>

#include <boost/json.hpp>

using namespace api_tests;
using namespace tessera;

namespace {

struct Company : WithPeople {
    Answer post(const std::string& url, const std::string& body, std::vector<std::string> headers) {
        headers.push_back("Sec-Fetch-Site: same-origin");
        return WithPeople::post(url, body, std::move(headers));
    }
    std::string token(const std::string& permission) { return "Authorization: Bearer " + token_of("administrator", permission); }
    boost::json::value audit(const std::string& query) {
        const auto answer = ask({.url = "/api/audit" + query, .headers = {reader}});
        REQUIRE_MESSAGE(answer.status == 200, answer.body);
        return parse_json(answer.body);
    }
    std::string reader = token("access.administer");
};

std::string text_of(const boost::json::value& row, const char* name) { return std::string(row.at(name).as_string()); }

}  // namespace

TEST_CASE("audit: an entry says who did it, by which session or token, and with which request") {
    Company    served;
    const auto link   = served.accounts.make_link(Actor{}, "administrator").key;
    const auto signed_in = served.post("/api/session/invitation", R"({"link":")" + link + R"(","password":")" + password + "\"}", {});
    const auto cookie = "Cookie: " + signed_in["set-cookie"].substr(0, signed_in["set-cookie"].find(';'));
    REQUIRE(served.post("/api/directory/contacts", R"({"name":"Ada"})", {cookie}).status == 201);
    REQUIRE(served.post("/api/directory/contacts", R"({"name":"Grace"})", {served.token("directory.*")}).status == 201);

    const auto found = served.audit("?entity=directory.contact");
    REQUIRE(found.at("total").as_int64() == 2);
    const auto& by_token = found.at("rows").at(0);
    const auto& by_session = found.at("rows").at(1);
    CHECK(text_of(by_token, "via") == "token 2");
    CHECK(text_of(by_session, "via") == "session 1");
    CHECK(text_of(by_session, "by") == "administrator");
    CHECK(text_of(by_session, "command") == "directory.contact.create");
    CHECK(text_of(by_session, "label") == "Ada");
    CHECK(text_of(by_session, "request").find('-') != std::string::npos);
    CHECK(text_of(by_session, "request") != text_of(by_token, "request"));
    CHECK(text_of(served.audit("?command=choose_password").at("rows").at(0), "request").find('-') != std::string::npos);
    CHECK(served.company.verify() == "");
}

TEST_CASE("audit: what is not known is refused by name, and who may not see it sees nothing") {
    Company    served;
    const auto other = served.token("directory.*");
    for (const auto& scenario : {
             ApiScenario{"a parameter", "GET", "/api/audit?user=ada", "", 400, {"kernel.malformed_query", "by, entity, record", "user"}, {}, {served.reader}},
             ApiScenario{"a limit", "GET", "/api/audit?limit=501", "", 400, {"from 1 to 500"}, {}, {served.reader}},
             ApiScenario{"a limit of nothing", "GET", "/api/audit?limit=0", "", 400, {"from 1 to 500"}, {}, {served.reader}},
             ApiScenario{"a place", "GET", "/api/audit?before=last", "", 400, {"before"}, {}, {served.reader}},
             ApiScenario{"a day", "GET", "/api/audit?from=2026-02-30", "", 400, {"from"}, {}, {served.reader}},
             ApiScenario{"an entity", "GET", "/api/audit?entity=directory.nobody", "", 400, {"entity"}, {}, {served.reader}},
             ApiScenario{"twice", "GET", "/api/audit?by=a&by=b", "", 400, {"by"}, {}, {served.reader}},
             ApiScenario{"nothing to be changed", "POST", "/api/audit", "{}", 405, {}, {}, {served.reader, "Sec-Fetch-Site: same-origin"}},
             ApiScenario{"another permission", "GET", "/api/audit", "", 403, {"kernel.not_permitted"}, {"rows"}, {other}},
             ApiScenario{"nobody", "GET", "/api/audit", "", 401, {"kernel.not_signed_in"}, {"rows"}},
             ApiScenario{"empty ones do not narrow", "GET", "/api/audit?by=&text=", "", 200, {R"("total":)"}, {}, {served.reader}},
         })
        run(served, scenario);
}

TEST_CASE("audit: erasing over the API needs its permission and a reason, and tells what was kept") {
    Company    served;
    const auto eraser = served.token("*");
    REQUIRE(served.post("/api/directory/contacts", R"({"name":"Ada","email":"ada@example.org"})", {eraser}).status == 201);
    const auto no = served.post("/api/directory/contacts/1/erase", R"({"reason":"asked"})", {served.token("directory.*")});
    CHECK(no.status == 403);
    CHECK(served.post("/api/directory/contacts/1/erase", "{}", {eraser}).status == 422);
    CHECK(served.post("/api/directory/contacts/9/erase", R"({"reason":"asked"})", {eraser}).status == 404);
    CHECK(served.post("/api/directory/currencies/1/erase", R"({"reason":"asked"})", {eraser}).status == 404);
    const auto done = served.post("/api/directory/contacts/1/erase", R"({"reason":"asked"})", {eraser});
    REQUIRE_MESSAGE(done.status == 200, done.body);
    CHECK(done.body.find(R"("erased":[{"entity":"directory.contact","record":1,"fields":["name","email","phone"]}],"values":2,)") != std::string::npos);
    CHECK(served.ask({.url = "/api/directory/contacts/1", .headers = {eraser}}).body.find("ada@") == std::string::npos);
    const auto entry = served.audit("?command=erase").at("rows").at(0);
    CHECK(text_of(entry, "reason") == "asked");
    CHECK(text_of(entry, "via").starts_with("token "));
    CHECK(served.audit("?text=ada@example").at("total").as_int64() == 0);
    CHECK(served.company.verify() == "");
}
