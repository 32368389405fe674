#include "imports/import_run.h"

#include <tessera/testing/company.h>

#include <doctest/doctest.h>

#include <fstream>

namespace tessera::imports {
namespace import_run_test {

constexpr const char* suppliers = R"(
name = "old"
[tables]
Vendor = "Vendor.csv"
Person = "Person.csv"
[[step]]
title = "Suppliers"
entity = "directory.party"
select = "SELECT Id AS key, Name AS name, Days AS payment_days, 'true' AS supplier FROM Vendor"
[[step]]
title = "People"
entity = "directory.contact"
select = '''SELECT Id AS key, Name AS name, Firm AS "party@directory.party" FROM Person'''
)";

struct Source {
    testing::Company      company{"directory"};
    std::filesystem::path folder = company.directory();

    void           write(const std::string& file, const std::string& text) { std::ofstream(folder / file) << text; }
    ProfileOutcome run(const std::string& profile) {
        return run_profile(company.suite(), Actor{}, parse_profile(profile, "old.toml"), folder, {});
    }
    std::string refusal(const std::string& profile) {
        try {
            run(profile);
            return "";
        } catch (const Refused& refused) {
            return refused.sentence();
        }
    }
    std::int64_t parties() { return *company.value<std::int64_t>("SELECT count(*) FROM directory_party"); }
};

std::string step(const std::string& select, const std::string& more = "entity = \"directory.party\"") {
    return "name = \"old\"\n[tables]\nVendor = \"Vendor.csv\"\n[[step]]\ntitle = \"Suppliers\"\n" + more +
           "\nselect = '''" + select + "'''\n";
}

}  // namespace import_run_test

using import_run_test::Source;
using import_run_test::step;
using import_run_test::suppliers;

TEST_CASE("import: records refer to records of the same import by their old keys") {
    Source source;
    source.write("Vendor.csv", "Id,Name,Days\n7,Superior,30\n9,Inferior,\n");
    source.write("Person.csv", "Id,Name,Firm\n1,Ada,9\n2,Bo,\n");
    const auto outcome = source.run(suppliers);
    CHECK(outcome.steps.at(0).created == 2);
    CHECK(outcome.steps.at(1).created == 2);
    CHECK(source.company.value<std::string>(
              "SELECT p.name FROM directory_contact c JOIN directory_party p ON p.id = c.party WHERE c.name = 'Ada'") ==
          "Inferior");
    CHECK(source.company.value<std::int64_t>("SELECT payment_days FROM directory_party WHERE name = 'Inferior'") ==
          30);  // not given: the default
}

TEST_CASE("import: the same files twice make nothing twice") {
    Source source;
    source.write("Vendor.csv", "Id,Name,Days\n7,Superior,30\n");
    source.write("Person.csv", "Id,Name,Firm\n1,Ada,7\n");
    source.run(suppliers);
    source.write("Vendor.csv", "Id,Name,Days\n7,Superior,30\n8,New,30\n");
    const auto again = source.run(suppliers);
    CHECK(again.steps.at(0).known == 1);
    CHECK(again.steps.at(0).created == 1);
    CHECK(source.parties() == 2);
}

TEST_CASE("import: a known record is updated where the profile says so") {
    Source     source;
    const auto profile =
        step("SELECT Id AS key, Name AS name FROM Vendor", "entity = \"directory.party\"\nwhen_known = \"update\"");
    source.write("Vendor.csv", "Id,Name\n7,Superior\n");
    source.run(profile);
    source.write("Vendor.csv", "Id,Name\n7,Excellent\n");
    CHECK(source.run(profile).steps.at(0).updated == 1);
    CHECK(source.company.value<std::string>("SELECT name FROM directory_party") == "Excellent");
}

TEST_CASE("import: a record that is there already is taken over by the field that matches") {
    Source source;
    source.write("Vendor.csv", "Id,Code\nx,USD\ny,XPF\n");
    const auto outcome = source.run(
        step("SELECT Id AS key, Code AS code FROM Vendor", "entity = \"directory.currency\"\nmatch = \"code\""));
    CHECK(outcome.steps.at(0).known == 1);
    CHECK(outcome.steps.at(0).created == 1);
}

TEST_CASE("import: what is refused stops it, keeps all before and nothing of itself, and it can be resumed") {
    Source source;
    source.write("Person.csv", "Id,Name,Firm\n");
    source.write("Vendor.csv", "Id,Name,Days\n1,One,30\n2,Two,-5\n3,Three,30\n");
    const auto sentence = source.refusal(suppliers);
    CHECK(sentence.starts_with("Step \"Suppliers\", key 2: "));
    CHECK(source.parties() == 1);
    source.write("Vendor.csv", "Id,Name,Days\n1,One,30\n2,Two,5\n3,Three,30\n");
    const auto resumed = source.run(suppliers);
    CHECK(resumed.steps.at(0).known == 1);
    CHECK(resumed.steps.at(0).created == 2);
    CHECK(source.company.verify() == "");
}

TEST_CASE("import: a profile that does not fit is refused before anything is written") {
    Source source;
    source.write("Vendor.csv", "Id,Name\n1,One\n1,Two\n,Three\n");
    // clang-format off
    const struct { std::string profile, says; } cases[] = {
        {step("SELECT Id AS key, Name AS nme FROM Vendor"),                         "correct line 4: step \"Suppliers\": directory.party has no field nme"},
        {step("SELECT Id AS key, Nam AS name FROM Vendor"),                         "no such column"},
        {step("SELECT Name AS name FROM Vendor"),                                   "has no column key"},
        {step("SELECT rowid AS key, Name AS name, Id AS name FROM Vendor"),         "the column name comes twice"},
        {step("SELECT Id AS key, Name AS name FROM Vendor WHERE Id IS NOT NULL"),   "\"1\" comes more than once"},
        {step("SELECT Id AS key, Name AS name FROM Vendor WHERE Id IS NULL"),       "one has none"},
        {step("SELECT rowid AS key FROM Vendor", "entity = \"directory.nothing\""), "there is no entity directory.nothing"},
        {step("SELECT rowid AS key, Id AS \"name@directory.party\" FROM Vendor"),   "name refers to nothing"},
        {step("SELECT rowid AS key, Id AS \"party@directory.currency\" FROM Vendor", "entity = \"directory.contact\""), "party refers to directory.party"},
        {step("SELECT rowid AS key, Id AS \"input.reason\" FROM Vendor"),           "input.reason needs a transition"},
        {step("SELECT rowid AS key FROM Vendor", "entity = \"directory.party\"\ntransition = \"post\""), "directory.party has no transition post"},
        {step("SELECT rowid AS key FROM Vendor", "entity = \"directory.party\"\nreplay = true"), "a replayed step has a column date"},
        {step("SELECT rowid AS key FROM Vendor", "entity = \"directory.party\"\nmatch = \"name\""), "its select has that column"},
    };
    // clang-format on
    for (const auto& [profile, says] : cases) {
        CAPTURE(says);
        const auto sentence = source.refusal(profile);
        CAPTURE(sentence);
        CHECK(sentence.find(says) != std::string::npos);
    }
    CHECK(source.parties() == 0);
}

TEST_CASE("import: a reference to what was never imported is refused with its key") {
    Source source;
    source.write("Vendor.csv", "Id,Name,Days\n");
    source.write("Person.csv", "Id,Name,Firm\n1,Ada,99\n");
    CHECK(source.refusal(suppliers) ==
          "Step \"People\", key 1: To set party, import the directory.party \"99\" first.");
}

TEST_CASE("import: a missing file is named") {
    Source source;
    CHECK(source.refusal(suppliers).find("Person.csv") != std::string::npos);
}

TEST_CASE("import: neighbouring replayed steps run day by day, and a summary tells what the books say") {
    Source source;
    source.write("Vendor.csv", "Id,Name,Day\n1,Late,2025-03-01\n2,Early,2025-01-01\n");
    source.write("Person.csv", "Id,Name,Day\n1,Middle,2025-02-01\n");
    const auto  outcome = source.run(R"(
name = "old"
[tables]
Vendor = "Vendor.csv"
Person = "Person.csv"
[[step]]
title = "A"
entity = "directory.party"
replay = true
select = "SELECT Id AS key, Name AS name, Day AS date FROM Vendor"
[[step]]
title = "B"
entity = "directory.contact"
replay = true
select = "SELECT Id AS key, Name AS name, Day AS date FROM Person"
[[summary]]
title = "Order of events"
sql = "SELECT command, count(*) FROM kernel_audit WHERE command LIKE 'directory.%' GROUP BY id, command ORDER BY id"
kinds = ["text", "integer"]
)");
    const auto& rows    = outcome.summaries.at(0).rows;
    REQUIRE(rows.size() == 3);
    CHECK(text_of(rows[0][0]) == "directory.party.create");
    CHECK(text_of(rows[1][0]) == "directory.contact.create");
    CHECK(text_of(rows[2][0]) == "directory.party.create");
}

}  // namespace tessera::imports
