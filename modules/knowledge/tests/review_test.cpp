// Reviews: who asks for them, what they want to know, and what is kept of them.
#include "tests/house.h"

#include <crm/opportunity.h>
#include <knowledge/review.h>

using namespace knowledge;
using namespace knowledge::tests;

namespace {

struct Reviews : House {
    Id<Employee> ann = employee("Ann");

    Id<crm::Complaint> close_complaint() {
        const auto reason = company.insert(crm::ComplaintReason{.name = fmt::format("Reason {}", count("SELECT count(*) FROM crm_complaint_reason"))});
        const auto id     = complained({}, today, ann);
        REQUIRE(step(id, "answer", fmt::format(R"({{"reason":{},"text":"Sorry"}})", reason.value)) == "");
        REQUIRE(step(id, "resolve", R"({"resolution":"Exchanged"})") == "");
        REQUIRE(step(id, "close") == "");
        return id;
    }
    std::string lose(const char* amount) {
        const auto id     = company.insert(crm::Opportunity{.title = fmt::format("Deal of {}", amount), .party = shop, .owner = ann, .amount = company.money(amount)});
        const auto reason = *company.value<Id<crm::LostReason>>("SELECT min(id) FROM crm_lost_reason");
        return step(id, "lose", fmt::format(R"({{"reason":{}}})", reason.value));
    }
    std::string open() { return company.report("knowledge.open_reviews", {{"on", "2026-06-15"}}); }
    Id<Review>  newest() { return *company.value<Id<Review>>("SELECT max(id) FROM knowledge_review"); }
    void        answer_all(Id<Review> id) {
        company.run([&](Transaction& tx) {
            auto review   = tx.load(id);
            review.planned = "Deliver on Monday", review.actual = "Came on Friday", review.why = "Nobody watched the lot", review.next_time = "Ask on Wednesday";
            tx.save(review);
        });
    }
};

}  // namespace

TEST_CASE("review: a complaint that is closed asks its owner for one, once while it is open") {
    Reviews    house;
    const auto complaint = house.close_complaint();
    CHECK(house.open() == "Complaint CC-2026-00001 | Ann | 2026-06-15 | 2026-06-22 | 0 | 0 | 0\n");
    CHECK(house.step(complaint, "reopen", R"({"reason":"Again"})") == "");
    CHECK(house.step(complaint, "answer", R"({"text":"Sorry again"})") == "");
    CHECK(house.step(complaint, "resolve", R"({"resolution":"Exchanged"})") == "");
    CHECK(house.step(complaint, "close") == "");
    CHECK(house.count("SELECT count(*) FROM knowledge_review") == 1);
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(Review{.entity = "crm.complaint", .record = complaint.value}); }) == "knowledge.reviewed_already");
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(Review{.entity = "crm.wish", .record = 1}); }) == "knowledge.unknown_kind");
}

TEST_CASE("review: only what was worth it is asked for, as the rules say") {
    Reviews house;
    house.company.run([&](Transaction& tx) {
        auto rule     = *tx.first<ReviewRule>("occasion = 'opportunity_lost' ORDER BY id");
        rule.at_stake = tx.books().money("1000");
        rule.due_days = 3;
        tx.save(rule);
        auto closed   = *tx.first<ReviewRule>("occasion = 'complaint_closed' ORDER BY id");
        closed.active = false;
        tx.save(closed);
    });
    house.close_complaint();
    CHECK(house.lose("999.99") == "");
    CHECK(house.open() == "");
    CHECK(house.lose("1000") == "");
    CHECK(house.open() == "Opportunity Deal of 1000 | Ann | 2026-06-15 | 2026-06-18 | 0 | 0 | 0\n");
}

TEST_CASE("review: it is finished when all four questions are answered, and its actions are followed") {
    Reviews house;
    house.close_complaint();
    const auto id = house.newest();
    CHECK(house.step(id, "finish") == "knowledge.question_open");
    CHECK(house.step(id, "capture_lesson") == "knowledge.nothing_to_keep");
    house.answer_all(id);
    house.company.run([&](Transaction& tx) {
        auto review    = tx.load(id);
        review.actions = {{.text = "Watch the lot", .employee = house.ann, .due_on = "2026-06-10"_date}, {.text = "Tell the carrier", .done_on = House::today}};
        tx.save(review);
    });
    CHECK(house.step(id, "finish") == "");
    CHECK(house.open() == "");
    CHECK(house.company.report("knowledge.open_actions", {{"on", "2026-06-15"}}) == "Watch the lot | Ann | Complaint CC-2026-00001 | 2026-06-10 | 5\n");
    house.close_complaint();
    CHECK(house.step(house.newest(), "waive", R"({"reason":"Nothing to learn"})") == "");
    CHECK(house.open() == "");
}

TEST_CASE("review: a lesson of it is a draft with the answers, linked to the record, and found for it") {
    Reviews    house;
    const auto complaint = house.close_complaint();
    const auto id        = house.newest();
    house.answer_all(id);
    CHECK(house.step(id, "finish") == "");
    CHECK(house.step(id, "capture_lesson", R"({"title":"Watch the lot"})") == "");
    const auto lesson = *house.company.value<Id<Asset>>("SELECT max(id) FROM knowledge_asset");
    const auto kept   = house.company.load(lesson);
    CHECK(kept.kind == AssetKind::lesson);
    CHECK(kept.state == AssetState::draft);
    CHECK(kept.owner == house.ann);
    CHECK(kept.body.find("## Why was it different?\n\nNobody watched the lot") != std::string::npos);
    REQUIRE(kept.links.size() == 1);
    CHECK(kept.links.front().entity == "crm.complaint");
    CHECK(kept.links.front().record == complaint.value);
    const auto lessons = [&] { return house.company.report("knowledge.lessons_for", {{"entity", "crm.complaint"}, {"record", std::to_string(complaint.value)}}); };
    CHECK(lessons().starts_with("Watch the lot |"));
    CHECK(lessons().find("About this one") != std::string::npos);
    CHECK(lessons().find(" | ann | ") == std::string::npos);
    const auto body = fmt::format(R"({{"entity":"crm.complaint","record":{},"lesson":{}}})", complaint.value, lesson.value);
    CHECK(house.create("knowledge.preparation", body, "ann") == "");
    CHECK(lessons().find(" | ann | ") != std::string::npos);
    CHECK(house.create("knowledge.preparation", body, "ann") == "kernel.duplicate");
}

TEST_CASE("lessons for a record: those of the records that are most like it, and those that speak of the same") {
    Reviews    house;
    const auto complain = [&](const char* what) { return house.company.insert(crm::Complaint{.party = house.shop, .what_happened = what}); };
    const auto lesson   = [&](const char* title, const char* body, std::int64_t about = 0) {
        Asset asset{.kind = AssetKind::lesson, .title = title, .body = body};
        if (about) asset.links.push_back({.entity = "crm.complaint", .record = about});
        return house.company.insert(asset);
    };
    const auto past = complain("The lantern glass shattered in transit, the carton was crushed"), other = complain("The invoice names a wrong address");
    lesson("Pack twice", "Nobody reads this body", past.value);
    lesson("Ask for addresses", "Before the first order", other.value);
    lesson("Glass travels badly", "Shattered glass in a crushed carton came of thin lantern walls in transit");
    house.company.insert(Asset{.kind = AssetKind::article, .title = "Shattered lantern glass", .body = "Crushed carton, transit"});
    const auto fresh = complain("Again the lantern glass shattered: the carton came crushed from transit");
    house.company.suite().update_search();
    const auto lessons = house.company.report("knowledge.lessons_for", {{"entity", "crm.complaint"}, {"record", std::to_string(fresh.value)}});
    CHECK_MESSAGE(lessons.find("Pack twice | KA-2026-00001 | About CC-2026-00001, which is like it") != std::string::npos, lessons);
    CHECK(lessons.find("Glass travels badly | KA-2026-00003 | Speaks of the same") != std::string::npos);
    CHECK(lessons.find("Shattered lantern glass") == std::string::npos);
}
