// Who knows what, by what they have done; what hangs on how few; and what leavers hand over.
#include "people/expert_score.h"
#include "people/transfer_lines.h"
#include "tests/house.h"

#include <knowledge/question.h>
#include <knowledge/transfer.h>

using namespace knowledge;
using namespace knowledge::tests;

namespace {

struct People : House {
    Id<Employee>          ann = employee("Ann", "en, de"), ben = employee("Ben", "en"), cem = employee("Cem");
    Id<catalog::Category> forks = category("Forks"), air_forks = category("Air forks", forks);
    Id<catalog::Product>  fork = product("Fork", air_forks), lamp = product("Lamp");
    Id<Topic>             suspension = topic("Suspension"), about_forks = topic("Fork service", {subject("catalog.category", forks)}, suspension);

    std::string experts(Id<Topic> topic, const char* language = "", Date on = today) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            for (const auto& e : tx.service<ExpertFinder>().of(tx, topic, on, language)) text += fmt::format("{} {} {}{}; ", tx.label_of(e.employee), e.score, e.evidence, e.can_be_asked ? "" : " not to be asked");
        });
        return text;
    }
    Id<Question> ask(const char* user = "ben", const std::string& more = {}, Date on = today) {
        REQUIRE(create("knowledge.question", fmt::format(R"({{"text":"Which oil for the fork?","topic":{}{}}})", about_forks.value, more), user, on) == "");
        return *company.value<Id<Question>>("SELECT max(id) FROM knowledge_question");
    }
    std::string asked(Id<Question> id) { return name_of(company.load(id).expert); }
    std::string letters() {
        std::string text;
        company.read([&](const Snapshot& tx) {
            struct Letter { std::string recipient{}, subject{}; };
            for (const auto& letter : tx.rows<Letter>("SELECT recipient, subject FROM mail_message ORDER BY id")) text += letter.recipient + ": " + letter.subject + "\n";
        });
        return text;
    }
};

}  // namespace

TEST_CASE("experts: half of what was done is left after a year") {
    CHECK(score_of(faded(5, 0)).str() == "5");
    CHECK(score_of(faded(5, 365)).str() == "2.5");
    CHECK(score_of(faded(5, 730)).str() == "1.25");
    CHECK(score_of(faded(5, -3)).str() == "5");
    CHECK(speaks("en, de", "DE"));
    CHECK_FALSE(speaks("en, de", "fr"));
    CHECK(speaks("", "fr"));
}

TEST_CASE("experts: asked first is who knows most by what waits for them") {
    const auto expert = [](std::int64_t id, const char* score, std::int64_t open, bool can_be_asked = true) {
        return Expert{.employee = Id<Employee>{id}, .score = Quantity::parse(score), .open_questions = open, .can_be_asked = can_be_asked};
    };
    std::vector<Expert> experts{expert(1, "4", 0), expert(2, "12", 5), expert(3, "9", 1), expert(4, "99", 0, false), expert(5, "8", 1)};
    sort_by_whom_to_ask(experts);
    std::string order;
    for (const auto& e : experts) order += std::to_string(e.employee.value);
    CHECK(order == "31524");
}

TEST_CASE("experts: what was done of a product counts for the topics of its categories and for those above") {
    People house;
    house.resolved(house.ann, house.fork, House::today);
    house.resolved(house.ann, house.fork, House::today.plus_days(-365));
    house.sold(house.ben, house.fork, House::today);
    house.sold(house.ben, house.lamp, House::today);
    house.sold(house.cem, house.fork, House::today.plus_days(1));
    CHECK(house.experts(house.about_forks) == "Ann 4.5 2; Ben 1 1; ");
    CHECK(house.experts(house.suspension) == "Ann 4.5 2; Ben 1 1; ");
    CHECK(house.experts(house.about_forks, "de") == "Ann 4.5 2; Ben 1 1 not to be asked; ");
    CHECK(house.experts(house.about_forks, "", House::today.plus_days(1)) != house.experts(house.about_forks));
    const auto reason = house.company.insert(crm::ComplaintReason{.name = "Leaks"});
    const auto seals  = house.topic("Seals", {House::subject("crm.complaint_reason", reason)});
    house.resolved(house.cem, {}, House::today, reason);
    CHECK(house.experts(seals) == "Cem 3 1; ");
}

TEST_CASE("experts: articles count for who wrote and who verified them, private notes and drafts do not") {
    People     house;
    const auto write = [&](AssetState state, Audience audience) {
        const auto id = house.company.insert(Asset{.title = "Fork oil", .audience = audience, .owner = house.ann, .topics = {{.topic = house.about_forks}}});
        house.company.run([&](Transaction& tx) {
            auto asset        = tx.load(id);
            asset.state       = state;
            asset.verifier    = house.ben;
            asset.verified_on = House::today;
            tx.save(asset);
        });
    };
    write(AssetState::draft, Audience::internal);
    write(AssetState::verified, Audience::author_only);
    CHECK(house.experts(house.about_forks) == "");
    write(AssetState::verified, Audience::internal);
    CHECK(house.experts(house.about_forks) == "Ann 5 1; Ben 3 1; ");
}

TEST_CASE("experts: who is away or has left is not asked, and the report says until when") {
    People house;
    house.resolved(house.ann, house.fork, House::today);
    house.sold(house.ben, house.fork, House::today);
    house.company.insert(Absence{.employee = house.ann, .starts_on = "2026-06-10"_date, .ends_on = "2026-06-20"_date});
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(Absence{.employee = house.ann, .starts_on = "2026-06-10"_date, .ends_on = "2026-06-09"_date}); }) == "knowledge.dates_reversed");
    CHECK(house.company.report("knowledge.experts", {{"topic", "Fork service"}, {"on", "2026-06-15"}}) ==
          "Ben | 1 | 1 | 2026-06-15 | 0 | 0 | en |  |  | true\n"
          "Ann | 3 | 1 | 2026-06-15 | 0 | 0 | en, de | 2026-06-20 |  | false\n");
    CHECK(house.experts(house.about_forks, "", "2026-06-21"_date).starts_with("Ann 2.97 1; Ben"));
}

TEST_CASE("question: it goes to who knows, and by the questions that wait to the next") {
    People house;
    for (int i = 0; i < 2; ++i) house.resolved(house.ann, house.fork, House::today);
    house.resolved(house.cem, house.fork, House::today);
    house.sold(house.cem, house.fork, House::today);
    const auto first = house.ask();
    CHECK(house.asked(first) == "Ann");
    CHECK(house.company.load(first).number == "KQ-2026-00001");
    CHECK(house.name_of(house.company.load(first).asker) == "Ben");
    CHECK(house.company.load(first).due_on == "2026-06-18"_date);
    CHECK(house.letters() == "ann@house.example: Question KQ-2026-00001, to be answered by 2026-06-18\n");
    CHECK(house.asked(house.ask()) == "Cem");
    CHECK(house.asked(house.ask("ann")) == "Cem");
    CHECK(house.asked(house.ask("ben", R"(,"language":"de")")) == "Ann");
    CHECK(house.create("knowledge.question", fmt::format(R"({{"text":"?","topic":{},"entity":"crm.complaint"}})", house.about_forks.value)) == "knowledge.half_a_record");
}

TEST_CASE("question: without anybody who has done the like it goes to the lead of the topic or of the one above, else it waits") {
    People     house;
    const auto led   = house.topic("Brakes", {}, {}, house.cem);
    const auto below = house.topic("Disc brakes", {}, led);
    const auto ask   = [&](Id<Topic> topic) {
        REQUIRE(house.create("knowledge.question", fmt::format(R"({{"text":"Why does it squeal?","topic":{}}})", topic.value), "ben") == "");
        return house.asked(*house.company.value<Id<Question>>("SELECT max(id) FROM knowledge_question"));
    };
    CHECK(ask(below) == "Cem");
    CHECK(ask(house.suspension) == "");
    CHECK(house.company.report("knowledge.waiting_questions", {{"topic", "Suspension"}, {"on", "2026-06-20"}}).starts_with("KQ-2026-00002 | Why does it squeal? | Suspension | Ben |  | asked | 2026-06-15 | 2026-06-18 | 2 | 0\n"));
}

TEST_CASE("question: it is answered, accepted by who asked, and kept as a draft with both texts") {
    People house;
    house.resolved(house.ann, house.fork, House::today);
    const auto complaint = house.complained(house.fork, House::today);
    const auto id        = house.ask("ben", fmt::format(R"(,"language":"en","entity":"crm.complaint","record":{})", complaint.value));
    CHECK(house.step(id, "accept", "{}", "ben") == "kernel.wrong_state");
    CHECK(house.step(id, "answer", R"({"answer":"The thin one, 5 ml"})", "ann") == "");
    CHECK(house.step(id, "ask_again", R"({"reason":"Which thin one?"})", "ben") == "");
    CHECK(house.company.load(id).answer == "");
    CHECK(house.step(id, "answer", R"({"answer":"Grade 5, 5 ml"})", "ann", "2026-06-17"_date) == "");
    CHECK(house.step(id, "accept", "{}", "cem") == "knowledge.asked_by_another");
    CHECK(house.step(id, "accept", "{}", "ben", "2026-06-17"_date) == "");
    const auto asset = house.company.load(house.company.load(id).asset);
    CHECK(asset.kind == AssetKind::question);
    CHECK(asset.state == AssetState::draft);
    CHECK(asset.title == "Which oil for the fork?");
    CHECK(asset.body == "## Question\n\nWhich oil for the fork?\n\n## Answer\n\nGrade 5, 5 ml\n");
    CHECK(asset.owner == house.ann);
    CHECK(asset.topics.at(0).topic == house.about_forks);
    CHECK(asset.links.at(0).record == complaint.value);
    CHECK(house.experts(house.about_forks, "", "2026-06-17"_date) == "Ann 6.99 2; ");
    CHECK(house.company.report("knowledge.answer_times") == "Fork service | 1 | 1 | 1 | 0 | 2 | 100\n=  | 1 | 1 | 1 | 0 |  | \n");
}

TEST_CASE("question: what is not answered by its day passes on, each to whoever has not had it") {
    People house;
    for (int i = 0; i < 2; ++i) house.resolved(house.ann, house.fork, House::today);
    house.resolved(house.cem, house.fork, House::today);
    const auto id  = house.ask("ben", {}, House::today);
    const auto run = [&] { house.company.suite().run_job("knowledge.questions"); };
    CHECK(house.step(id, "pass_on", R"({"reason":"On holiday soon"})") == "");
    CHECK(house.asked(id) == "Cem");
    CHECK(house.step(id, "pass_on", R"({"reason":"Do not know"})") == "knowledge.nobody_else");
    CHECK(house.step(id, "pass_on", fmt::format(R"({{"reason":"Do not know","expert":{}}})", house.cem.value)) == "knowledge.has_it_already");
    const auto late = house.ask("ben");
    REQUIRE(house.asked(late) == "Ann");
    run();   // today, the day of the clock, is long after both were due
    CHECK(house.asked(late) == "Cem");
    CHECK(house.asked(id) == "Cem");
    const auto question = house.company.load(late);
    REQUIRE(question.turns.size() == 2);
    CHECK(question.turns.front().reason == "Not answered by 2026-06-18");
    CHECK(question.due_on > "2026-06-18"_date);
    CHECK(house.letters().find("cem@house.example: Question " + question.number) != std::string::npos);
    CHECK(house.step(id, "close", R"({"reason":"Found it"})") == "");
}

TEST_CASE("community: each member once") {
    People house;
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(Community{.name = "Forks", .members = {{.employee = house.ann}, {.employee = house.ann}}}); }) == "knowledge.member_twice");
    const auto id = house.company.insert(Community{.name = "Forks", .topic = house.about_forks, .lead = house.ben, .members = {{.employee = house.ann}}});
    CHECK(house.company.load(id).members.at(0).joined_on == House::today);
}

TEST_CASE("at risk: what few hold comes first, with who leaves and what depends on it") {
    People house;
    house.resolved(house.ann, house.fork, House::today);
    for (int i = 0; i < 2; ++i) house.resolved(house.ben, house.fork, House::today);
    house.sold(house.cem, house.fork, House::today);
    const auto lamps = house.topic("Lamps", {House::subject("catalog.product", house.lamp)});
    house.resolved(house.ann, house.lamp, House::today);
    house.invoiced(house.fork, "800.00", "2026-01-10"_date);
    house.invoiced(house.fork, "999.00", "2025-06-15"_date);
    house.invoiced(house.lamp, "90.00", "2026-06-15"_date);
    house.company.run([&](Transaction& tx) {
        auto ann      = tx.load(house.ann);
        ann.leaves_on = "2026-09-01"_date;
        tx.save(ann);
    });
    CHECK(house.company.report("knowledge.at_risk", {{"on", "2026-06-15"}}) ==
          "Lamps | 1 | 0 | Ann | 100 | Ann | 2026-09-01 | 90.00\n"
          "Fork service | 2 | 1 | Ben | 60 | Ann | 2026-09-01 | 800.00\n"
          "Suspension | 2 | 1 | Ben | 60 | Ann | 2026-09-01 | 800.00\n");
    CHECK(house.company.report("knowledge.at_risk", {{"on", "2026-06-15"}, {"held_from", "4"}}).starts_with("Lamps | 0 | 0 |  |  |  |  | 90.00\n"));
    CHECK(house.company.report("knowledge.at_risk", {{"on", "2026-09-01"}}).starts_with("Lamps | 0 | 0 |"));
    CHECK(lamps);
}

TEST_CASE("transfer plan: the days until somebody leaves are divided among the topics") {
    CHECK(due_of("2026-06-01"_date, "2026-07-01"_date, 0, 3) == "2026-06-08"_date);
    CHECK(due_of("2026-06-01"_date, "2026-07-01"_date, 2, 3) == "2026-06-23"_date);
    CHECK(due_of("2026-06-01"_date, "2026-06-01"_date, 0, 1) == "2026-06-01"_date);
    CHECK(due_of("2026-06-01"_date, "2026-05-01"_date, 0, 1) == "2026-06-01"_date);
}

TEST_CASE("transfer plan: who leaves hands over what they hold, what the most depends on first") {
    People house;
    house.resolved(house.ann, house.fork, House::today);
    house.resolved(house.ben, house.fork, House::today);
    house.topic("Lamps", {House::subject("catalog.product", house.lamp)});
    house.resolved(house.ann, house.lamp, House::today);
    house.invoiced(house.lamp, "500.00", "2026-06-01"_date);
    const auto lamps = *house.company.value<Id<Topic>>("SELECT id FROM knowledge_topic WHERE name = 'Lamps'");
    house.company.insert(Community{.name = "Light", .topic = lamps, .members = {{.employee = house.ann}, {.employee = house.cem}}});
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(TransferPlan{.employee = house.ann}); }) == "knowledge.does_not_leave");
    const auto id   = house.company.insert(TransferPlan{.employee = house.ann, .leaves_on = "2026-07-15"_date});
    const auto text = [&] {
        std::string all;
        for (const auto& line : house.company.load(id).lines)
            all += fmt::format("{} {} {} {} {} {}; ", house.name_of(line.topic), line.score, line.other_holders, line.revenue, house.name_of(line.receiver), line.due_on);
        return all;
    };
    CHECK(text() == "Lamps 3 0 500.00 Cem 2026-06-22; Fork service 3 1 0.00 Ben 2026-06-30; Suspension 3 1 0.00 Ben 2026-07-07; ");
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(TransferPlan{.employee = house.ann, .leaves_on = "2026-07-15"_date}); }) == "knowledge.planned_already");
    CHECK(house.step(id, "finish") == "knowledge.not_handed_over");
    const auto brakes = house.topic("Brakes", {House::subject("catalog.product", house.product("Brake"))});
    house.resolved(house.ann, *house.company.value<Id<catalog::Product>>("SELECT id FROM catalog_product WHERE name = 'Brake'"), House::today);
    CHECK(house.step(id, "refresh") == "");
    CHECK(house.company.load(id).lines.size() == 4);
    CHECK(house.company.load(id).lines.back().topic == brakes);
    const auto hand_over = [&](const char* note) {
        house.company.run([&](Transaction& tx) {
            auto plan = tx.load(id);
            for (auto& line : plan.lines) line.done_on = House::today, line.note = note;
            tx.save(plan);
        });
    };
    hand_over("");
    CHECK(house.step(id, "finish") == "knowledge.not_captured");
    hand_over("A day at the bench");
    CHECK(house.step(id, "finish") == "");
}

TEST_CASE("transfer plan: one is raised for everybody who is known to leave, once") {
    People house;
    house.resolved(house.ann, house.fork, House::today);
    house.company.run([&](Transaction& tx) {
        auto ann      = tx.load(house.ann);
        ann.leaves_on = "2999-01-01"_date;
        tx.save(ann);
        auto ben      = tx.load(house.ben);
        ben.leaves_on = "2000-01-01"_date;
        tx.save(ben);
    });
    for (int i = 0; i < 2; ++i) house.company.suite().run_job("knowledge.leavers");
    CHECK(house.count("SELECT count(*) FROM knowledge_transfer_plan") == 1);
    const auto plan = *house.company.value<Id<TransferPlan>>("SELECT max(id) FROM knowledge_transfer_plan");
    CHECK(house.company.load(plan).employee == house.ann);
    CHECK(house.step(plan, "cancel", R"({"reason":"Stays"})") == "");
    CHECK(house.company.load(plan).state == TransferState::cancelled);
}

TEST_CASE("path: what somebody new reads, each once") {
    People     house;
    const auto asset = house.company.insert(Asset{.title = "Fork oil"});
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(Path{.name = "Service", .steps = {{.asset = asset}, {.asset = asset}}}); }) == "knowledge.asset_twice");
    CHECK(house.company.load(house.company.insert(Path{.name = "Service", .department = "Service", .steps = {{.asset = asset, .within_days = 7}}})).steps.size() == 1);
}

TEST_CASE("path: who is new is told what they have understood, what is open, and what is late") {
    People     house;
    const auto asset = [&](const char* title) { return house.company.insert(Asset{.title = title, .body = "Read me", .owner = house.ben}); };
    const auto first = asset("Safety"), second = asset("Forks"), third = asset("Habits");
    house.company.insert(Path{.name = "Workshop", .department = "Workshop", .steps = {{.asset = first, .within_days = 7}, {.asset = second, .within_days = 7}, {.asset = third, .within_days = 90}}});
    house.company.insert(Path{.name = "Office", .department = "Office", .steps = {{.asset = first}}});
    house.company.run([&](Transaction& tx) {
        auto cem       = tx.load(house.cem);
        cem.department = "Workshop";
        cem.hired_on   = House::today.plus_days(-20);
        tx.save(cem);
    });
    REQUIRE(house.step(first, "read", "{}", "cem") == "");
    const auto report = house.company.report("knowledge.path_progress", {{"on", House::today.str()}});
    CHECK(report.find("Cem | Workshop | Safety | 2026-06-02 |") != std::string::npos);
    CHECK(report.find("Cem | Workshop | Forks | 2026-06-02 |  | late") != std::string::npos);
    CHECK(report.find("Cem | Workshop | Habits | 2026-08-24 |  | open") != std::string::npos);
    CHECK(report.find("understood") != std::string::npos);
    CHECK(report.find("Office") == std::string::npos);
    CHECK(house.company.report("knowledge.path_progress", {{"employee", "Ann"}, {"on", House::today.str()}}).find("Ann") == std::string::npos);
}
