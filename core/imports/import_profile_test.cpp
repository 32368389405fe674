#include "imports/import_profile.h"

#include <doctest/doctest.h>

namespace tessera::imports {
namespace import_profile_test {

std::string refusal(std::string_view text) {
    try {
        parse_profile(text, "old.toml");
        return "";
    } catch (const Refused& refused) {
        return refused.sentence();
    }
}

}  // namespace import_profile_test

TEST_CASE("import profile: tables, steps, lines and summaries are read as written") {
    const auto profile = parse_profile(R"(
name = "old"
title = "The old system"
[tables]
Vendor = "Vendor.csv"
[optional_tables]
Extra = "Extra.csv"
[[step]]
title = "Suppliers"
entity = "directory.party"
match = "number"
when_known = "update"
select = "SELECT 1 AS key"
[[step]]
title = "Orders"
entity = "purchasing.order"
transition = "approve"
replay = true
select = "SELECT 1 AS key"
  [[step.lines]]
  select = "SELECT 1 AS parent"
[[step]]
title = "Closed"
on = "purchasing.order"
transition = "close"
select = "SELECT 1 AS key"
[[summary]]
title = "Holds"
sql = "SELECT 'a', 1"
kinds = ["text", "money"]
)",
                                       "old.toml");
    CHECK(profile.name == "old");
    REQUIRE(profile.tables.size() == 2);
    CHECK(profile.tables[0].file == "Vendor.csv");
    CHECK_FALSE(profile.tables[0].optional);
    CHECK(profile.tables[1].optional);
    REQUIRE(profile.steps.size() == 3);
    CHECK(profile.steps[0].when_known == WhenKnown::update);
    CHECK(profile.steps[1].replay);
    CHECK(profile.steps[1].lines.at(0).name == "lines");
    CHECK(profile.steps[2].moves);
    CHECK(profile.steps[2].entity == "purchasing.order");
    CHECK(profile.summaries.at(0).kinds == std::vector{SummaryKind::text, SummaryKind::money});
}

TEST_CASE("import profile: what cannot be understood is refused with its line") {
    // clang-format off
    constexpr struct { const char *text, *says; } cases[] = {
        {"name = \"a\"\nname = ",                                                        "line 2"},
        {"name = \"a\"\n[&",                                                           "line 2: this cannot be understood"},
        {"title = \"a\"",                                                                 "name is missing"},
        {"name = \"A b\"\n[[step]]\ntitle=\"x\"\nentity=\"a.b\"\nselect=\"s\"",           "line 1: a name has small letters"},
        {"name = \"a\"",                                                                  "there is no [[step]]"},
        {"name = \"a\"\n[[step]]\ntitle = \"x\"\nentity = \"a.b\"",                       "line 2: select is missing"},
        {"name = \"a\"\n[[step]]\ntitle = \"x\"\nselect = \"s\"",                         "line 2: a step has either entity or on"},
        {"name = \"a\"\n[[step]]\ntitle = \"x\"\non = \"a.b\"\nselect = \"s\"",           "line 2: a step with on names its transition"},
        {"name = \"a\"\n[[step]]\ntitle = \"x\"\nentity = \"a.b\"\nselect = \"s\"\nseletc = \"s\"", "line 6: \"seletc\" is not a word"},
        {"name = \"a\"\n[[step]]\ntitle = 3\nentity = \"a.b\"",                           "line 3: title is text in quotes"},
        {"name = \"a\"\n[[step]]\ntitle=\"x\"\nentity=\"a.b\"\nselect=\"s\"\nreplay = 1", "line 6: replay is true or false"},
        {"name = \"a\"\n[[step]]\ntitle=\"x\"\nentity=\"a.b\"\nselect=\"s\"\nwhen_known = \"no\"", "line 6: when_known is one of skip, update"},
        {"name = \"a\"\n[step]\ntitle=\"x\"",                                             "line 2: step is a list of tables"},
        {"name = \"a\"\n[tables]\nA = 3",                                                 "line 3: a table is written"},
        {"name = \"a\"\n[tables]\n\"a b\" = \"x.csv\"",                                   "line 3: a table is written"},
        {"name = \"a\"\n[[step]]\ntitle=\"x\"\nentity=\"a.b\"\nselect=\"s\"\n[[step.lines]]\nname=\"l\"", "line 6: lines have either select or books"},
    };
    // clang-format on
    for (const auto& [text, says] : cases) {
        CAPTURE(text);
        const auto sentence = import_profile_test::refusal(text);
        CAPTURE(sentence);
        CHECK(sentence.starts_with("To import with old.toml, correct line "));
        CHECK(sentence.find(says) != std::string::npos);
    }
}

TEST_CASE("import profile: a file that is not there is refused by name") {
    try {
        read_profile("/nowhere/none.toml");
        FAIL("read a profile that is not there");
    } catch (const Refused& refused) {
        CHECK(refused.code() == "kernel.no_profile");
        CHECK(refused.sentence().find("/nowhere/none.toml") != std::string::npos);
    }
}

}  // namespace tessera::imports
