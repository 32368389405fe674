// Whoever is paid is told when somebody says they should be paid, or written to, elsewhere.

#include "office.h"

#include <doctest/doctest.h>

using namespace api_tests;
using namespace tessera;

namespace {

struct Notices : Office {
    std::string clerk = user("ada", {"Payee manager", "Supplier manager"});
    std::string party = std::to_string(id("/api/directory/parties?number=S1"));

    Answer patch(const std::string& url, const std::string& body) { return as(clerk, "PATCH", url, body); }
    std::vector<std::string> recipients() {
        std::vector<std::string> all;
        company.read([&](const Snapshot& tx) { all = tx.rows<std::string>("SELECT recipient FROM mail_message ORDER BY id"); });
        return all;
    }
};

using Recipients = std::vector<std::string>;

}  // namespace

TEST_CASE("notices: a party is told of its new bank account at every address known before, by the ending of the number alone") {
    Notices office;
    REQUIRE(office.as(office.boss, "PATCH", "/api/directory/parties/" + office.party, R"({"email":"office@lantern.example"})").status == 200);
    REQUIRE(office.as(office.boss, "POST", "/api/directory/contacts", R"({"party":)" + office.party + R"(,"name":"Grace","email":"grace@lantern.example"})").status == 201);
    CHECK(office.recipients().empty());                        // there was no address of before
    const auto made = office.as(office.clerk, "POST", "/api/directory/bank_accounts", R"({"party":)" + office.party + R"(,"account_number":"DE89370400440532013000"})");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    CHECK(office.recipients() == Recipients{"grace@lantern.example", "office@lantern.example"});
    const auto text = parse_json(office.as(office.boss, "GET", "/api/mail/messages/1").body);
    CHECK(text.at("text").as_string().find("ends in 3000.") != std::string::npos);
    CHECK(text.at("text").as_string().find("DE89370400440532") == std::string::npos);
    CHECK(office.as(office.clerk, "GET", "/api/mail/messages/1").status == 403);
    const auto account = "/api/directory/bank_accounts/" + std::to_string(id_of(made));
    CHECK(office.patch(account, R"({"bank_name":"Harbour Bank"})").status == 200);
    CHECK(office.recipients().size() == 2);                    // where the money goes is the same
    CHECK(office.patch(account, R"({"account_number":"12345"})").status == 200);
    CHECK(office.recipients().size() == 4);
    CHECK(office.as(office.boss, "GET", "/api/directory/parties/" + office.party + "/history").body.find("mail.message") == std::string::npos);
}

TEST_CASE("notices: the address of before is told that there is another, and an erased party is told nothing") {
    Notices    office;
    const auto url = "/api/directory/parties/" + office.party;
    REQUIRE(office.patch(url, R"({"email":"office@lantern.example"})").status == 200);
    CHECK(office.recipients().empty());
    REQUIRE(office.patch(url, R"({"email":"eve@lantern-supply.example"})").status == 200);
    CHECK(office.recipients() == Recipients{"office@lantern.example"});
    REQUIRE(office.patch(url, R"({"phone":"1"})").status == 200);
    CHECK(office.recipients().size() == 1);
    REQUIRE(office.patch(url, R"({"email":"not an address"})").status == 200);
    CHECK(office.recipients().size() == 2);
    REQUIRE(office.patch(url, R"({"email":"office@lantern.example"})").status == 200);   // whom nobody can write to is not told
    CHECK(office.recipients().size() == 2);
    const auto erased = office.as(office.boss, "POST", url + "/erase", R"({"reason":"It has closed"})");
    REQUIRE_MESSAGE(erased.status == 200, erased.body);
    CHECK(office.recipients() == Recipients{"Erased 1", "Erased 2"});
    CHECK(office.company.value<std::int64_t>("SELECT count(*) FROM mail_message WHERE text <> '' OR state = 'waiting'") == 0);
}
