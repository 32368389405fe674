#include <directory/letters.h>
#include <tessera/testing/company.h>

#include "services/letter_text.h"

#include <doctest/doctest.h>

using namespace directory;
using tessera::Snapshot;
using tessera::Transaction;
using tessera::operator""_date;

TEST_CASE("letters: only fields are filled in, and a value is never more than text") {
    CHECK(filled("Dear {{ contact.name }}!", {{"contact.name", "Ben"}}, Place::text) == "Dear Ben!");
    CHECK(filled("{{contact.name}}", {{"contact.name", "{{party.name}}"}, {"party.name", "secret"}}, Place::text) == "{{party.name}}");
    CHECK(filled("Hi {{contact.name}}", {{"contact.name", "Ben\r\nBcc: all@example.org"}}, Place::subject) == "Hi Ben  Bcc: all@example.org");
    CHECK(filled("a\nb{{none}}", {}, Place::text) == "a\nb");
    CHECK(filled("Dear } and { and }}", {}, Place::text) == "Dear } and { and }}");
    CHECK(fields_in("{{a}} {{ b.c }}{{}}", Place::text) == std::vector<std::string>{"a", "b.c", ""});
    CHECK_THROWS_AS(fields_in("Dear {{contact.name", Place::text), tessera::Refused);
}

TEST_CASE("letters: what every letter knows is who it is to, who we are and the day") {
    tessera::testing::Company company{"directory"};
    const auto                party   = company.insert(Party{.number = "ACME", .name = "Acme"});
    const auto                contact = company.insert(Contact{.party = party, .name = "Ben"});
    company.read([&](const Snapshot& tx) {
        const auto& letters = tx.service<Letters>();
        const auto  values  = letters.values_about(tx, party, contact, "2026-03-02"_date);
        const auto  letter  = letters.filled({"{{party.number}}, {{today}}", "Dear {{contact.name}} of {{party.name}}"}, values);
        CHECK(letter.subject == "ACME, 2026-03-02");
        CHECK(letter.text == "Dear Ben of Acme");
        CHECK(values.at("company.name") == tx.value<std::string>("SELECT name FROM directory_company"));
        CHECK(letters.values_about(tx, party, {}, "2026-03-02"_date).at("contact.name") == "Acme");
    });
}

TEST_CASE("letters: a template is for something that is written") {
    tessera::testing::Company company{"directory"};
    CHECK(company.refusal([](Transaction& tx) { tx.insert(LetterTemplate{.name = "Greeting", .purpose = "greetings", .subject = "x", .text = "y"}); }) ==
          "directory.unknown_letter_purpose");
}
