// What an asset is linked to, what links to it, and what is known about a record.
#include "tests/writers.h"

namespace knowledge::tests {

namespace {

struct Complained : Writers {
    Complained() {
        party     = company.insert(directory::Party{.number = "LADY", .name = "A lady", .customer = true}).value;
        complaint = company.suite().run({.entity = "crm.complaint", .body = R"({"party":"A lady","what_happened":"The shock is noisy"})", .info = {.business_date = day}}).id;
    }
    std::string linked(std::string_view entity, std::int64_t record, std::string_view more = {}) { return fmt::format(R"({{"links":[{{"entity":"{}","record":{}{}}}]}})", entity, record, more); }
    std::string about(const char* entity, std::int64_t record) { return company.report("knowledge.assets_about", {{"entity", entity}, {"record", std::to_string(record)}}); }

    std::int64_t party = 0, complaint = 0;
};

}  // namespace

TEST_CASE("links: they lead to records that are there and that whoever links them sees") {
    Complained office;
    const auto story = office.story();
    CHECK(office.change("ada", story, office.linked("crm.grievance", 1)) == "knowledge.unknown_kind");
    CHECK(office.change("ada", story, office.linked("crm.complaint", 99)) == "knowledge.no_such_record");
    CHECK(office.change("ada", story, office.linked("knowledge.asset", story.value)) == "knowledge.links_to_itself");
    CHECK(office.change("ada", story, office.linked("crm.complaint", office.complaint, R"(,"relation":"contradicted_by")")) == "knowledge.link_of_asset");
    const auto note = office.write("ben", R"({"title":"Note","body":"Ben's","audience":"private"})");
    CHECK(office.change("ada", story, office.linked("knowledge.asset", note.value)) == "knowledge.no_such_record");
    CHECK(office.change("ada", story, office.linked("crm.complaint", office.complaint, R"(,"relation":"evidence","note":"Same noise")")) == "");
}

TEST_CASE("links: both ends show them, and who contradicts whom") {
    Complained office;
    const auto rain = office.story(), snow = office.story("ada", "Snow"), note = office.write("ben", R"({"title":"Note","body":"x","audience":"private"})");
    REQUIRE(office.change("ada", rain, fmt::format(R"({{"links":[{{"entity":"crm.complaint","record":{}}},{{"entity":"knowledge.asset","record":{}}}]}})", office.complaint, snow)) == "");
    REQUIRE(office.change("ada", snow, office.linked("knowledge.asset", rain.value, R"(,"relation":"contradicted_by","note":"It froze")")) == "");
    REQUIRE(office.change("ben", note, office.linked("knowledge.asset", rain.value)) == "");
    const auto rains = office.view("knowledge.asset", rain.value, "links", "ada");
    CHECK(rains.find(fmt::format(R"({{"entity":"crm.complaint","record":{{"id":{},"label":"CC-2026-00001"}},"relation":"about","note":null,"effective_from":null,"linked_back":false}})", office.complaint)) != std::string::npos);
    CHECK(rains.find(R"("label":"Snow"},"relation":"about","note":null,"effective_from":null,"linked_back":true)") != std::string::npos);
    CHECK(rains.find(fmt::format(R"("back_links":[{{"asset":{{"id":{},"label":"Snow"}},"state":"draft","relation":"contradicted_by","note":"It froze"}}])", snow)) != std::string::npos);
    CHECK(rains.find(fmt::format(R"("contradicted_by":[{{"id":{},"label":"Snow"}}])", snow)) != std::string::npos);
}

TEST_CASE("links: what is known about a record comes verified first, then what is linked, then what has its topic") {
    Complained office;
    const auto topic = office.company.insert(Topic{.name = "Shocks", .subjects = {{.entity = "crm.complaint", .record = office.complaint}}});
    const auto draft = office.story("ada", "Draft"), topical = office.story("ada", "Topical"), verified = office.verified_story("Verified"), retired = office.story("ada", "Retired");
    for (const auto id : {draft, verified, retired}) REQUIRE(office.change("ada", id, office.linked("crm.complaint", office.complaint)) == "");
    REQUIRE(office.change("ada", topical, fmt::format(R"({{"topics":[{{"topic":{}}}]}})", topic)) == "");
    REQUIRE(office.step("ben", retired, "retire") == "");
    CHECK(office.about("crm.complaint", office.complaint) ==
          "KA-2026-00003 | Verified | story | verified | linked | about | 2026-06-15\n"
          "KA-2026-00001 | Draft | story | draft | linked | about | \n"
          "KA-2026-00002 | Topical | story | draft | topic | Shocks | \n");
    const auto silent = office.story("ada", "Silent lady");
    REQUIRE(office.change("ada", silent, fmt::format(R"({{"links":[{{"entity":"directory.party","record":{}}}]}})", office.party)) == "");
    CHECK(office.about("crm.complaint", office.complaint).ends_with("KA-2026-00005 | Silent lady | story | draft | named | Customer | \n"));
    CHECK(office.about("crm.complaint", 99) == "");
    CHECK(Writers::refusal([&] { office.about("crm.grievance", 1); }) == "knowledge.unknown_kind");
}

TEST_CASE("links: nothing is told of a record that somebody does not see, whatever they name it for") {
    Writers    office;
    const auto note   = office.write("ada", R"({"kind":"article","title":"Ada's own thoughts","body":"x","audience":"private"})");
    const auto create = [&](const char* entity, const std::string& body) {
        return Writers::refusal([&] { office.company.suite().run({.verb = tessera::RecordCommand::Verb::create, .entity = entity, .body = body, .info = office.as("ben")}); });
    };
    const auto of_note = fmt::format(R"("entity":"knowledge.asset","record":{})", note.value);
    CHECK(create("knowledge.review", "{" + of_note + "}") == "knowledge.no_such_record");
    const auto lesson = office.write("ben", R"({"kind":"lesson","title":"Look twice"})");
    CHECK(create("knowledge.preparation", fmt::format(R"({{{},"lesson":{}}})", of_note, lesson.value)) == "knowledge.no_such_record");
    const auto topic = office.company.insert(Topic{.name = "Thoughts"});
    CHECK(create("knowledge.question", fmt::format(R"({{"text":"?","topic":{},{}}})", topic.value, of_note)) == "knowledge.no_such_record");
    CHECK(office.count("SELECT count(*) FROM knowledge_review WHERE record = :note", note) == 0);
}

}  // namespace knowledge::tests
