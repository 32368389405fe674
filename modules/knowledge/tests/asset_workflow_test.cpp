// The life of an asset: written, submitted, verified by another, objected to, reviewed, retired.
#include "tests/writers.h"

namespace knowledge::tests {

TEST_CASE("asset: what is written has a number, an author, an owner and its template") {
    Writers    office;
    const auto asset = office.of(office.write("ada", R"({"kind":"story","title":"Rain"})"));
    CHECK(asset.number == "KA-2026-00001");
    CHECK(asset.author == "ada");
    CHECK(asset.owner == office.ada);
    CHECK(asset.state == AssetState::draft);
    CHECK(asset.body.starts_with("## Situation\n"));
    CHECK(asset.audience == Audience::internal);
    CHECK(office.of(office.write("ada", R"({"title":"Elsewhere","address":"https://example.org/a"})")).body == "");
}

TEST_CASE("asset: it is submitted when somebody sees to it and its kind's sections are written") {
    Writers    office;
    const auto empty = office.write("ada", R"({"kind":"story","title":"Empty"})");
    CHECK(office.step("ada", empty, "submit") == "knowledge.text_missing");
    const auto half = office.story("ada", "Half", "## Situation\n\nx\n\n## Action\n\n## Result\n\ny\n");
    CHECK(office.step("ada", half, "submit") == "knowledge.section_missing");
    const auto alone = office.write("ada", R"({"title":"Alone","body":"Text"})");
    office.company.run([&](Transaction& tx) {
        auto asset  = tx.load(alone);
        asset.owner = {};
        tx.save(asset);
    });
    CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(alone, "submit"); }) == "knowledge.owner_missing");
    CHECK(office.step("ada", alone, "submit") == "");
    CHECK(office.of(alone).owner == office.ada);
    const auto story = office.story();
    CHECK(office.step("ada", story, "submit") == "");
    CHECK(office.state(story) == AssetState::in_review);
    const auto elsewhere = office.write("ada", R"({"kind":"document","title":"Elsewhere","address":"https://example.org/a"})");
    CHECK(office.step("ada", elsewhere, "submit") == "");
}

TEST_CASE("asset: a heading counts in whatever letters and wherever it stands, and in the language of the text") {
    Writers    office;
    const auto story = office.story("ada", "Loud", "# SITUATION\n\na\n\n## action\n\n- b\n\n## Result\n\n### More\n\nc\n\n## Lesson\n\nd\n");
    CHECK(office.step("ada", story, "submit") == "");
    office.company.insert(Template{.kind = AssetKind::story, .language = "de", .body = "## Lage\n\n## Lehre\n", .required_headings = "Lage\nLehre"});
    const auto german = office.write("ada", R"({"kind":"story","language":"de","title":"Regen"})");
    CHECK(office.of(german).body == "## Lage\n\n## Lehre\n");
    CHECK(office.change("ada", german, R"({"body":"## Lage\n\nNass.\n\n## Lehre\n\nFett."})") == "");
    CHECK(office.step("ada", german, "submit") == "");
    CHECK(office.company.refusal([](Transaction& tx) { tx.insert(Template{.kind = AssetKind::guide, .language = "de", .body = "## A", .required_headings = "B"}); }) == "knowledge.heading_not_in_template");
}

TEST_CASE("asset: it is verified by another than who changed it last, unless nobody else may") {
    Writers    office;
    const auto story = office.story("ben");
    REQUIRE(office.step("ben", story, "submit") == "");
    CHECK(office.step("ada", story, "verify") == "kernel.not_permitted");
    CHECK(office.step("ben", story, "verify") == "knowledge.own_text");
    office.person("eve", "Board", {"*"});
    office.leave_alone("eve");
    REQUIRE(office.change("eve", story, R"({"title":"Heavy rain"})") == "");
    CHECK(office.step("eve", story, "verify") == "");
    office.person("dot", "Workshop", {"*.read", "knowledge.verify"});
    REQUIRE(office.change("eve", story, R"({"title":"Rain again"})") == "");
    CHECK(office.step("eve", story, "verify") == "knowledge.own_text");
    CHECK(office.step("dot", story, "verify", R"({"confidence":"high","review_every_days":30,"note":"Tried out"})") == "");
    const auto asset = office.of(story);
    CHECK(asset.state == AssetState::verified);
    CHECK(asset.confidence == Confidence::high);
    CHECK(asset.verified_on == "2026-06-15"_date);
    CHECK(asset.review_on == "2026-07-15"_date);
    CHECK(asset.verified_revision == 3);
    CHECK(office.company.verify() == "");
}

TEST_CASE("asset: changing the text of a verified one asks for it to be verified again, other changes do not") {
    Writers    office;
    const auto story = office.verified_story();
    CHECK(office.change("ada", story, R"({"objective":"Fewer returns"})") == "");
    CHECK(office.state(story) == AssetState::verified);
    CHECK(office.change("ada", story, R"({"summary":"Oil it"})") == "");
    CHECK(office.state(story) == AssetState::in_review);
    CHECK(office.of(story).changed_by == "ada");
}

TEST_CASE("asset: a lesson is verified when it changes something from a day on, or says why nothing has to be") {
    Writers    office;
    const auto product = office.company.value<std::int64_t>("SELECT id FROM crm_pipeline ORDER BY id LIMIT 1").value_or(0);
    const auto lesson  = office.write("ada", fmt::format(R"({{"kind":"lesson","title":"Grease","body":"{}"}})", Writers::escaped(lesson_text)));
    REQUIRE(office.step("ada", lesson, "submit") == "");
    CHECK(office.step("ben", lesson, "verify") == "knowledge.change_missing");
    CHECK(office.change("ada", lesson, fmt::format(R"({{"links":[{{"entity":"crm.pipeline","record":{},"relation":"changes","note":"One more step"}}]}})", product)) == "");
    CHECK(office.step("ben", lesson, "verify") == "knowledge.change_missing");
    CHECK(office.change("ada", lesson, fmt::format(R"({{"links":[{{"entity":"crm.pipeline","record":{},"relation":"changes","effective_from":"2026-07-01"}}]}})", product)) == "");
    CHECK(office.step("ben", lesson, "verify") == "");
    const auto other = office.write("ada", fmt::format(R"({{"kind":"lesson","title":"Luck","changes_nothing":"It was the weather","body":"{}"}})", Writers::escaped(lesson_text)));
    REQUIRE(office.step("ada", other, "submit") == "");
    CHECK(office.step("ben", other, "verify") == "");
}

TEST_CASE("asset: whoever reads it may object, which its owner hears of, and verifying settles it") {
    Writers    office;
    const auto story = office.verified_story();
    CHECK(office.step("cem", story, "object") == "kernel.required");
    CHECK(office.step("cem", story, "object", R"({"text":"It rusts"})") == "");
    CHECK(office.state(story) == AssetState::needs_review);
    CHECK(office.letters() == "ada@example.org Somebody objects: Rain; ");
    CHECK(office.count("SELECT count(*) FROM knowledge_objection WHERE asset = :asset AND state = 'open' AND objected_by = 'cem'", story) == 1);
    CHECK(office.step("ben", story, "verify") == "");
    CHECK(office.count("SELECT count(*) FROM knowledge_objection WHERE asset = :asset AND state = 'settled' AND settled_by = 'ben'", story) == 1);
}

TEST_CASE("asset: it is sent back with a reason, retired for another and revived") {
    Writers    office;
    const auto story = office.story();
    REQUIRE(office.step("ada", story, "submit") == "");
    CHECK(office.step("ben", story, "send_back") == "kernel.required");
    CHECK(office.step("ben", story, "send_back", R"({"reason":"Which oil?"})") == "");
    CHECK(office.state(story) == AssetState::draft);
    CHECK(office.letters() == "ada@example.org Sent back: Rain; ");
    CHECK(office.step("ben", story, "retire", fmt::format(R"({{"replaced_by":{}}})", story)) == "knowledge.no_replacement");
    const auto other = office.story("ada", "Snow");
    CHECK(office.step("ben", story, "retire", fmt::format(R"({{"replaced_by":{}}})", other)) == "");
    CHECK(office.of(story).replaced_by == other);
    CHECK(office.of(story).standing == 200);
    CHECK(office.change("ada", story, R"({"title":"x"})") == "kernel.wrong_state");
    CHECK(office.step("ben", story, "revive") == "");
    CHECK(office.of(story).replaced_by == Id<Asset>{});
}

TEST_CASE("asset: a draft is discarded by its author, or by who verifies") {
    Writers office;
    office.person("dot", "Workshop", {"*.read", "knowledge.take_part", "knowledge.edit"});
    const auto mine = office.story(), other = office.story("ada", "Snow");
    CHECK(office.step("dot", mine, "discard") == "knowledge.not_yours");
    CHECK(office.step("ada", mine, "discard") == "");
    CHECK(office.state(mine) == AssetState::retired);
    CHECK(office.step("ben", other, "discard") == "");
}

TEST_CASE("asset: a private note is seen by its author alone until it is published; customers see what is verified and allowed") {
    Writers    office;
    const auto note = office.write("ada", R"({"title":"Note","body":"Mine","audience":"private"})");
    CHECK(office.step("cem", note, "read") == "kernel.not_found");
    CHECK(Writers::refusal([&] { office.company.suite().record_file(office.as("cem").actor, "knowledge.asset", note.value, "pdf"); }) == "kernel.not_found");
    CHECK(office.step("ada", note, "submit") == "knowledge.private_note");
    CHECK(office.step("ada", note, "publish") == "");
    CHECK(office.of(note).audience == Audience::internal);
    CHECK(office.step("cem", note, "read") == "");
    CHECK(office.change("ada", note, R"({"audience":"private"})") == "knowledge.published_already");
    CHECK(office.step("ada", note, "publish") == "kernel.not_permitted");
    CHECK(office.step("ben", note, "publish") == "knowledge.not_verified");
    REQUIRE(office.step("ada", note, "submit") == "");
    REQUIRE(office.step("ben", note, "verify") == "");
    CHECK(office.change("ada", note, R"({"audience":"public"})") == "kernel.not_permitted");
    CHECK(office.step("ben", note, "publish") == "");
    CHECK(office.of(note).audience == Audience::everybody);
}

TEST_CASE("asset: every night what was verified long enough ago is to be reviewed, and its owner hears of it") {
    Writers    office;
    const auto story = office.verified_story("Rain", "2026-01-10"_date);
    const auto never = office.story("ada", "Never");
    REQUIRE(office.step("ada", never, "submit", "{}", "2026-01-10"_date) == "");
    REQUIRE(office.step("ben", never, "verify", R"({"review_every_days":0})", "2026-01-10"_date) == "");
    CHECK(office.of(never).review_on.empty());
    office.company.suite().run_job("knowledge.reviews");
    CHECK(office.state(story) == (Date::today() >= "2026-07-09"_date ? AssetState::needs_review : AssetState::verified));
    CHECK(office.state(never) == AssetState::verified);
    CHECK(office.letters() == (Date::today() >= "2026-07-09"_date ? "ada@example.org To be reviewed: Rain; " : ""));
    CHECK(office.company.verify() == "");
}

TEST_CASE("asset: what no text can be, no language and no interval is refused") {
    Writers    office;
    const auto refused = [&](const std::string& body) { return Writers::refusal([&] { office.write("ada", body); }); };
    CHECK(refused(R"({"title":"x","language":"eng"})") == "kernel.too_long");
    CHECK(refused(R"({"title":"x","language":"E1"})") == "knowledge.unknown_language");
    CHECK(refused(R"({"title":"x","review_every_days":4000})") == "knowledge.review_too_rare");
    CHECK(refused(R"({"title":"x","pass_percent":0})") == "knowledge.pass_percent");
    CHECK(refused(R"({"title":"x","body":")" + std::string(300, '>') + R"("})") == "markdown.too_deep");
    CHECK(refused(R"({"body":"x"})") == "kernel.required");
    CHECK(office.of(office.story()).number == "KA-2026-00001");
}

}  // namespace knowledge::tests
