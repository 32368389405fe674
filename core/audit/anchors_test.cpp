#include "audit/anchors.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace tessera;
using namespace tessera::audit;

namespace {

Anchor anchor() {
    return {.day     = Date::parse("2026-11-29"),
            .first   = 12,
            .last    = 57,
            .chain   = std::string(64, 'a'),
            .root    = std::string(64, '5'),
            .version = "0.1.0",
            .company = "Ada & \"Sons\" signature=none"};
}

std::string refusal(const std::string& text) {
    std::istringstream input(text);
    try {
        read_anchors(input, "anchors.txt");
        return {};
    } catch (const Refused& refused) {
        return refused.sentence();
    }
}

}  // namespace

TEST_CASE("anchors: a line is read as it was written, whatever the company is called") {
    auto signed_one      = anchor();
    signed_one.signature = "abc=";
    std::istringstream input("# kept by the auditor\n" + line_of(anchor()) + "\n\n" + line_of(signed_one) + "\n");
    const auto         all = read_anchors(input, "anchors.txt");
    REQUIRE(all.size() == 2);
    CHECK(all[0].line == 2);
    CHECK(all[0].company == anchor().company);
    CHECK(all[0].signature.empty());
    CHECK(line_of(all[0]) == line_of(anchor()));
    CHECK(all[1].signature == "abc=");
    CHECK(line_of(anchor()) == "tessera-anchor-1 day=2026-11-29 first=12 last=57 entries=46 chain=" + std::string(64, 'a') + " root=" + std::string(64, '5') +
                                   R"( version=0.1.0 company="Ada & \"Sons\" signature=none")");
}

TEST_CASE("anchors: a line that is none is named") {
    const auto line     = line_of(anchor());
    const auto replaced = [&](const std::string& what, const std::string& by) { return std::string(line).replace(line.find(what), what.size(), by); };
    const auto sentence = "To use the anchors in anchors.txt, restore its line 2 as it was written: it is none.";
    for (const auto& wrong : {std::string("Dear auditor,"), line.substr(0, 40), replaced("day=2026-11-29", "day=2026-02-30"), replaced("last=57", "last=58"), replaced("first=12", "first=0012"),
                              replaced("chain=aa", "chain=a"), replaced("root=5", "root=g"), replaced("company=\"", "company="), replaced("anchor-1", "anchor-9")}) {
        CAPTURE(wrong);
        CHECK(refusal(line + "\n" + wrong + "\n") == sentence);
    }
    CHECK(refusal(line + "\n") == "");
}

TEST_CASE("anchors: a signature proves the text it is of, by the key it was made with, and nothing else") {
    const auto       pair = fresh_key_pair();
    const SigningKey key(pair.secret, "key.pem");
    const PublicKey  open(pair.open, "key.pem.pub");
    const auto       made = key.sign("chain and root");
    CHECK(open.proves("chain and root", made));
    CHECK_FALSE(open.proves("chain and roof", made));
    CHECK_FALSE(open.proves("chain and root", ""));
    CHECK_FALSE(open.proves("chain and root", "no base64!"));
    CHECK_FALSE(PublicKey(fresh_key_pair().open, "another.pub").proves("chain and root", made));
    CHECK_THROWS_AS(SigningKey(pair.open, "key.pem.pub"), Refused);
    CHECK_THROWS_AS(PublicKey("nothing", "note.txt"), Refused);
}

// RFC 8032, 7.1, TEST 1: the empty text. The key as PKCS #8 and as SubjectPublicKeyInfo (RFC 8410).
TEST_CASE("anchors: signatures are those of RFC 8032") {
    const SigningKey key("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n", "rfc.pem");
    const PublicKey  open("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n", "rfc.pem.pub");
    CHECK(key.sign("") == "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==");
    CHECK(open.proves("", key.sign("")));
}
