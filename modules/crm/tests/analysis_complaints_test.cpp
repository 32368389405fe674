// Complaints from the receipt to the costs: who may do what, by when, which answers are proposed, and what the lists say.
#include "analysis/wilson.h"
#include "complaints/affected_customers.h"
#include "complaints/remedies.h"
#include "customers.h"

#include <crm/complaints.h>
#include <directory/letters.h>
#include <financials/dunning.h>
#include <financials/periods.h>
#include <sales/records.h>
#include <tessera/csv.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

using namespace crm;
using namespace crm::tests;
using tessera::Quantity;
using tessera::Transaction;

namespace {

struct Desk : Customers {
    Id<ComplaintReason> damaged = company.insert(ComplaintReason{.name = "Damaged"});

    Desk() {
        for (int year = 2025; year <= 2027; ++year)
            if (!company.value<std::int64_t>("SELECT id FROM financials_fiscal_year WHERE starts_on = :day", Date(year, 1, 1)))
                company.insert(financials::FiscalYear{.starts_on = Date(year, 1, 1)});
    }

    Id<Complaint> complain(const char* day = "2026-06-15", Complaint complaint = {}) {
        if (!complaint.party && complaint.customer.empty()) complaint.party = acme;
        if (complaint.what_happened.empty()) complaint.what_happened = "The wheel came bent";
        return company.insert(complaint, Date::parse(day));
    }
    Complaint of(Id<Complaint> id) { return company.load(id); }

    // As the command line sends it, by somebody who may do this much.
    std::string step(Id<Complaint> id, const char* transition, const std::string& body, const char* day, std::vector<std::string> permissions = {"*"}) {
        return refusal([&] {
            company.suite().run({.verb       = tessera::RecordCommand::Verb::transition,
                                 .entity     = "crm.complaint",
                                 .id         = id.value,
                                 .body       = body,
                                 .transition = transition,
                                 .info       = {.actor = {.name = "clerk", .permissions = tessera::Permissions::of(std::move(permissions))}, .business_date = Date::parse(day)}});
        });
    }
    std::string answered(Id<Complaint> id, const char* day, Id<RemedyRule> rule = {}, const std::string& more = {}) {
        const auto text = rule ? fmt::format(R"("rule":{})", rule.value) : std::string(R"("text":"We are sorry")");
        return step(id, "answer", fmt::format(R"({{"reason":{},{}{}}})", damaged.value, text, more), day);
    }
    // Through all states, to content or not.
    void settle(Id<Complaint> id, Id<RemedyRule> rule, const char* contentment) {
        REQUIRE(answered(id, "2026-06-15", rule) == "");
        REQUIRE(step(id, "resolve", R"({"resolution":"Done"})", "2026-06-15") == "");
        REQUIRE(step(id, "close", fmt::format(R"({{"contentment":"{}"}})", contentment), "2026-06-15") == "");
    }
    Id<RemedyRule> rule(const char* name, RemedyKind remedy = RemedyKind::apology, std::string_view limit = "0", Id<ValueTier> tier = {}) {
        return company.insert(RemedyRule{.name = name, .reason = damaged, .tier = tier, .remedy = remedy, .answer = std::string("We ") + name, .limit = company.money(limit)});
    }
    std::string proposals(Id<Complaint> id) {
        std::string text;
        company.read([&](const tessera::Snapshot& tx) {
            for (const auto& [candidate, proven] : proposals_for(tx, tx.load(id))) text += fmt::format("{} {}/{} {}; ", candidate.rule.name, candidate.content, candidate.used, proven);
        });
        return text;
    }
};

}  // namespace

TEST_CASE("complaint: the customer and what happened are enough, and the receipt number is given at once") {
    Desk       desk;
    const auto id        = desk.complain();
    const auto complaint = desk.of(id);
    CHECK(complaint.number == "CC-2026-00001");
    CHECK(complaint.state == ComplaintState::registered);
    CHECK(complaint.registered_on == "2026-06-15"_date);
    CHECK(complaint.answer_due == "2026-06-17"_date);
    CHECK(complaint.resolution_due == "2026-06-29"_date);
    CHECK(complaint.clock_basis == "No tier: an answer within 2 working days of 2026-06-15, a resolution within 10; weekends and holidays are passed over");
    CHECK(desk.timeline() == "2026-06-15 complaint inbound Complaint CC-2026-00001\n");
    CHECK(desk.of(desk.complain("2026-06-15", {.customer = "A lady, telephone 555-0100"})).number == "CC-2026-00002");
}

TEST_CASE("complaint: without a customer or from tomorrow it is not registered, and takes no number") {
    Desk       desk;
    const auto refused = [&](Complaint complaint) { return desk.company.refusal([&](Transaction& tx) { tx.insert(complaint); }); };
    CHECK(refused({.what_happened = "Broken"}) == "crm.customer_missing");
    CHECK(refused({.customer = "Somebody"}) == "kernel.required");
    CHECK(refused({.registered_on = "2026-06-16"_date, .customer = "Somebody", .what_happened = "Broken"}) == "crm.registered_in_the_future");
    const auto old = desk.company.insert(ComplaintReason{.name = "Old", .active = false});
    CHECK(refused({.customer = "Somebody", .what_happened = "Broken", .reason = old}) == "crm.reason_not_used");
    CHECK(desk.of(desk.complain()).number == "CC-2026-00001");
}

TEST_CASE("complaint: the clocks are those of the customer's tier, without weekends and holidays") {
    Desk       desk;
    const auto gold = desk.company.insert(ValueTier{.name = "Gold", .first_response_days = 1, .resolution_days = 3});
    desk.company.insert(TierFloor{.party = desk.acme, .tier = gold, .valid_from = "2026-01-01"_date, .contract = "C-1"});
    desk.company.insert(Holiday{.day = "2026-06-15"_date, .name = "Founders' day"});
    const auto complaint = desk.of(desk.complain("2026-06-12"));   // a Friday
    CHECK(complaint.tier == gold);
    CHECK(complaint.answer_due == "2026-06-16"_date);
    CHECK(complaint.resolution_due == "2026-06-18"_date);
    CHECK(complaint.clock_basis.starts_with("Tier Gold: an answer within 1 working days of 2026-06-12"));
}

TEST_CASE("complaint: it is answered with a reason, resolved, and closed with whether the customer is content") {
    Desk       desk;
    const auto id = desk.complain();
    CHECK(desk.step(id, "answer", R"({"text":"We are sorry"})", "2026-06-15") == "crm.reason_missing");
    CHECK(desk.step(id, "answer", fmt::format(R"({{"reason":{}}})", desk.damaged.value), "2026-06-15") == "crm.answer_missing");
    CHECK(desk.step(id, "answer", fmt::format(R"({{"reason":{},"text":"Sorry","date":"2026-06-14"}})", desk.damaged.value), "2026-06-15") == "crm.day_does_not_fit");
    CHECK(desk.step(id, "resolve", R"({"resolution":"Done"})", "2026-06-15") == "kernel.wrong_state");
    CHECK(desk.answered(id, "2026-06-16") == "");
    CHECK(desk.step(id, "resolve", R"({"resolution":"A new wheel was sent"})", "2026-06-18") == "");
    CHECK(desk.step(id, "close", R"({"contentment":"content"})", "2026-06-22") == "");
    const auto complaint = desk.of(id);
    CHECK(complaint.answered_on == "2026-06-16"_date);
    CHECK(complaint.resolved_on == "2026-06-18"_date);
    CHECK(complaint.closed_on == "2026-06-22"_date);
    CHECK(complaint.contentment == Contentment::content);
    CHECK(desk.timeline({}, "Acme").find("complaint outbound Answer to complaint CC-2026-00001") != std::string::npos);
}

TEST_CASE("complaint: the answer goes out in the words of a template, to who can be reached") {
    Desk       desk;
    const auto words = desk.company.insert(directory::LetterTemplate{
        .name = "Sorry", .purpose = "crm.complaint_answer", .subject = "Your complaint {{complaint.number}}", .text = "Dear {{contact.name}},\n{{complaint.answer}}\n{{company.name}}"});
    const auto news = desk.company.insert(directory::LetterTemplate{.name = "News", .purpose = "crm.campaign", .subject = "x", .text = "y"});
    const auto send = [](Id<directory::LetterTemplate> letter) { return fmt::format(R"(,"letter":{})", letter.value); };
    const auto id   = desk.complain();
    CHECK(desk.answered(id, "2026-06-16", {}, send(words)) == "crm.cannot_be_reached");
    desk.company.insert(Contact{.party = desk.acme, .name = "Ben", .email = "ben@acme.example"});
    CHECK(desk.answered(id, "2026-06-16", {}, send(news)) == "directory.letter_of_other_purpose");
    CHECK(desk.answered(id, "2026-06-16", {}, send(words)) == "");
    CHECK(desk.company.value<std::string>("SELECT subject FROM mail_message") == "Your complaint CC-2026-00001");
    CHECK(desk.company.value<std::string>("SELECT text FROM mail_message")->starts_with("Dear Ben,\nWe are sorry\n"));
    CHECK(desk.timeline().find("2026-06-16 complaint outbound Your complaint CC-2026-00001") != std::string::npos);
    const auto stranger = desk.complain("2026-06-15", {.customer = "A lady"});
    CHECK(desk.answered(stranger, "2026-06-16", {}, send(words)) == "crm.cannot_be_reached");
    CHECK(desk.answered(stranger, "2026-06-16") == "");
}

TEST_CASE("complaint: reopened, its clocks begin anew and it is answered again") {
    Desk       desk;
    const auto id = desk.complain("2026-06-01");
    CHECK(desk.answered(id, "2026-06-02") == "");
    CHECK(desk.step(id, "resolve", R"({"resolution":"Done"})", "2026-06-03") == "");
    CHECK(desk.step(id, "reopen", R"({"reason":"Bent again"})", "2026-06-15") == "");
    const auto complaint = desk.of(id);
    CHECK(complaint.state == ComplaintState::reopened);
    CHECK(complaint.reopened == 1);
    CHECK(complaint.answer_due == "2026-06-17"_date);
    CHECK(complaint.answered_on.empty());
    CHECK(complaint.contentment == Contentment::discontent);
    CHECK(desk.answered(id, "2026-06-16") == "");
}

TEST_CASE("complaint: one that is answered with money disputes what of its invoice is open, until it is closed") {
    Desk       desk;
    const auto invoice = [&] {
        const auto id = desk.company.insert(sales::Invoice{.customer = desk.acme, .lines = {{.description = "Care", .price = tessera::UnitPrice::parse("80")}}});
        desk.company.transition(id, "post");
        return desk.company.load(id);
    };
    const auto first = invoice(), second = invoice();
    const auto disputes = [&] {
        std::string text;
        desk.company.read([&](const tessera::Snapshot& tx) {
            for (const auto& d : tx.select<financials::Dispute>("id > 0 ORDER BY id")) text += fmt::format("{} {}: {} {}; ", tx.label_of(d.item), d.reason, tessera::name_of(d.state), d.outcome);
        });
        return text;
    };
    const auto by_document = desk.complain("2026-06-15", {.source_entity = "sales.invoice", .source_id = first.id.value});
    const auto by_number   = desk.complain("2026-06-15", {.order_reference = second.number});
    CHECK(desk.answered(by_number, "2026-06-15", {}, R"(,"remedy":"apology")") == "");
    CHECK(disputes() == "");
    CHECK(desk.answered(by_document, "2026-06-15", {}, R"(,"remedy":"credit")") == "");
    CHECK(disputes() == first.number + " Complaint CC-2026-00001: credit: open ; ");
    CHECK(desk.step(by_document, "resolve", R"({"resolution":"A credit note was sent"})", "2026-06-15") == "");
    CHECK(desk.step(by_document, "reopen", R"({"reason":"Too little"})", "2026-06-15") == "");
    CHECK(desk.answered(by_document, "2026-06-15", {}, R"(,"remedy":"refund")") == "");
    CHECK(disputes() == first.number + " Complaint CC-2026-00001: credit: open ; ");
    CHECK(desk.step(by_document, "resolve", R"({"resolution":"More was paid back"})", "2026-06-15") == "");
    CHECK(desk.step(by_document, "close", "{}", "2026-06-15") == "");
    CHECK(disputes() == first.number + " Complaint CC-2026-00001: credit: resolved Complaint CC-2026-00001 is closed: More was paid back; ");
    const auto stranger = desk.complain("2026-06-15", {.customer = "A lady", .order_reference = second.number});
    CHECK(desk.answered(stranger, "2026-06-15", {}, R"(,"remedy":"discount")") == "");
    CHECK(disputes().find(second.number) == std::string::npos);
}

TEST_CASE("complaint: beyond the limit of the answer only who may grant remedies grants") {
    Desk       desk;
    const auto refund = desk.rule("refund", RemedyKind::refund, "50");
    const auto body   = [&](const char* amount) { return fmt::format(R"({{"reason":{},"rule":{},"amount":"{}"}})", desk.damaged.value, refund.value, amount); };
    const auto id     = desk.complain();
    CHECK(desk.step(id, "answer", body("50.01"), "2026-06-15", {"*.read", "crm.edit"}) == "crm.remedy_too_large");
    CHECK(desk.step(id, "answer", body("50.00"), "2026-06-15", {"*.read", "crm.edit"}) == "");
    CHECK(desk.of(id).remedy == RemedyKind::refund);
    CHECK(desk.of(id).answer == "We refund");
    const auto other = desk.complain();
    CHECK(desk.step(other, "answer", body("500"), "2026-06-15", {"*.read", "crm.edit", "crm.grant_remedies"}) == "");
    const auto unruled = desk.complain();
    CHECK(desk.step(unruled, "answer", fmt::format(R"({{"reason":{},"text":"Here","amount":"1"}})", desk.damaged.value), "2026-06-15", {"*.read", "crm.edit"}) == "crm.remedy_too_large");
}

TEST_CASE("complaint: an answer for another reason or another tier is not taken") {
    Desk       desk;
    const auto late = desk.company.insert(ComplaintReason{.name = "Late"});
    const auto gold = desk.company.insert(ValueTier{.name = "Gold"});
    const auto of_late = desk.company.insert(RemedyRule{.name = "hurry", .reason = late, .answer = "We hurry"});
    const auto id      = desk.complain("2026-06-15", {.customer = "Somebody"});
    CHECK(desk.answered(id, "2026-06-15", of_late) == "crm.answer_does_not_fit");
    CHECK(desk.answered(id, "2026-06-15", desk.rule("fly in", RemedyKind::repair, "0", gold)) == "crm.answer_does_not_fit");
    CHECK(desk.company.refusal([&](Transaction& tx) { tx.insert(RemedyRule{.name = "odd", .reason = late, .answer = "x", .limit = tx.books().money("5")}); }) == "crm.costs_nothing");
}

TEST_CASE("wilson: the proven share grows with the cases, and agrees with worked figures") {
    const auto thousandths = [](std::int64_t s, std::int64_t n) { return std::lround(wilson_lower(s, n) * 10'000); };   // statistics
    CHECK(thousandths(0, 0) == 0);
    CHECK(thousandths(0, 10) == 0);
    CHECK(thousandths(1, 1) == 2065);
    CHECK(thousandths(2, 2) == 3424);
    CHECK(thousandths(90, 100) == 8256);
    CHECK(thousandths(5, 10) == 2366);
    for (std::int64_t n = 1; n < 60; ++n) {
        CHECK(wilson_lower(n, n) < wilson_lower(n + 1, n + 1));
        CHECK(wilson_lower(n / 2, n) <= static_cast<double>(n / 2) / static_cast<double>(n));
        CHECK(wilson_lower(n - 1, n) < wilson_lower(n, n));
    }
}

TEST_CASE("proposed answers: ranked by what came of them, few cases below many, the tier's own before the general") {
    Desk       desk;
    const auto replace = desk.rule("replace", RemedyKind::replacement, "100"), visit = desk.rule("visit", RemedyKind::repair, "100");
    desk.rule("sorry");
    const auto open = desk.complain("2026-06-15", {.reason = desk.damaged});
    CHECK(desk.proposals(open) == "replace 0/0 0; sorry 0/0 0; visit 0/0 0; ");
    for (int i = 0; i < 8; ++i) desk.settle(desk.complain(), replace, i < 7 ? "content" : "discontent");
    desk.settle(desk.complain(), visit, "content");
    desk.settle(desk.complain(), visit, "unknown");     // says nothing
    CHECK(desk.proposals(open) == "replace 7/8 52.9; visit 1/1 20.7; sorry 0/0 0; ");
    CHECK(desk.company.report("crm.remedy_proposals", {{"complaint", desk.of(open).number}}).starts_with("replace | replacement | We replace | 100.00 |  | 8 | 7 | 52.9\n"));
    const auto gold = desk.company.insert(ValueTier{.name = "Gold"});
    desk.rule("send flowers", RemedyKind::apology, "0", gold);
    CHECK(desk.proposals(open).find("flowers") == std::string::npos);
    desk.company.insert(TierFloor{.party = desk.acme, .tier = gold, .valid_from = "2026-01-01"_date, .contract = "C-1"});
    CHECK(desk.proposals(desk.complain("2026-06-15", {.reason = desk.damaged})) == "replace 7/8 52.9; visit 1/1 20.7; send flowers 0/0 0; sorry 0/0 0; ");
}

TEST_CASE("complaint cost: posted it is in the ledger and in the complaint, reversed in neither") {
    Desk       desk;
    const auto id   = desk.complain("2026-06-15", {.reason = desk.damaged});
    const auto cost = desk.company.insert(ComplaintCost{.complaint = id, .kind = CostKind::freight, .memo = "Express", .amount = desk.company.money("42.50")});
    desk.company.transition(cost, "post");
    CHECK(desk.of(id).cost == desk.company.money("42.50"));
    CHECK(desk.company.value<std::string>("SELECT memo FROM financials_journal_entry WHERE source_entity = 'crm.complaint_cost'") == "Complaint CC-2026-00001: freight, Express");
    CHECK(desk.company.value<std::int64_t>(R"(SELECT sum(l.amount) FROM financials_journal_line l JOIN financials_account a ON a.id = l.account WHERE a.code = '6140')") == 4250);
    CHECK(desk.company.verify() == "");
    CHECK(desk.company.report("crm.complaint_costs", {{"from", "2026-01-01"}, {"to", "2026-12-31"}}) == "Damaged | 1 | 42.50 | 42.50\n=  | 1 | 42.50 | \n");
    CHECK(desk.company.report("crm.complaint_costs", {{"from", "2026-01-01"}, {"to", "2026-12-31"}, {"by", "customer"}}).starts_with("Acme | 1 | 42.50"));
    CHECK(desk.company.report("crm.complaint_costs", {{"from", "2026-01-01"}, {"to", "2026-12-31"}, {"by", "product"}}).starts_with("no product | 1 | 42.50"));

    desk.company.run([](Transaction& tx) { tessera::testing::damage(tx, "UPDATE crm_complaint SET cost = cost + 100"); });
    CHECK(desk.company.verify().find("complaint CC-2026-00001") != std::string::npos);
    desk.company.run([](Transaction& tx) { tessera::testing::damage(tx, "UPDATE crm_complaint SET cost = cost - 100"); });

    CHECK(desk.refusal([&] {
        desk.company.suite().run({.verb = tessera::RecordCommand::Verb::transition, .entity = "crm.complaint_cost", .id = cost.value, .body = R"({"reason":"Typed wrongly"})", .transition = "reverse",
                                  .info = {.business_date = "2026-06-16"_date}});
    }) == "");
    CHECK(desk.of(id).cost.is_zero());
    CHECK(desk.company.verify() == "");
    CHECK(desk.company.report_result("crm.complaint_costs", {{"from", "2026-01-01"}, {"to", "2026-12-31"}}).rows.empty());
}

TEST_CASE("complaint cost: against a role that is none it is refused") {
    Desk       desk;
    const auto id = desk.complain();
    CHECK(desk.company.refusal([&](Transaction& tx) { tx.insert(ComplaintCost{.complaint = id, .amount = tx.books().money("1"), .counter_role = "crm.nothing"}); }) == "crm.unknown_role");
    CHECK(desk.company.refusal([&](Transaction& tx) { tx.insert(ComplaintCost{.complaint = id, .amount = tx.books().money("1"), .counter_role = "crm.complaint_cost"}); }) == "crm.unknown_role");
}

TEST_CASE("complaints that wait: the first due first, answered ones by their resolution") {
    Desk       desk;
    const auto first = desk.complain("2026-06-01"), second = desk.complain("2026-06-10");
    CHECK(desk.answered(first, "2026-06-02") == "");
    CHECK(desk.company.report("crm.complaints_waiting", {{"as_of", "2026-06-15"}}) ==
          "CC-2026-00002 | Acme |  |  |  | registered | 2026-06-12 | 3 | answer | \n"
          "CC-2026-00001 | Acme |  | Damaged |  | answered | 2026-06-15 | 0 | resolve | \n");
    CHECK(desk.step(first, "resolve", R"({"resolution":"Done"})", "2026-06-12") == "");
    CHECK(desk.answered(second, "2026-06-15") == "");
    CHECK(desk.company.report("crm.complaint_times", {{"from", "2026-06-01"}, {"to", "2026-06-30"}}) == "Damaged | 2 | 2 | 1 | 50 | 100 | 1 | 9 | 0\n=  | 2 | 2 | 1 |  |  |  |  | 0\n");
}

TEST_CASE("overdue complaints: each is escalated once") {
    Desk       desk;
    const auto id = desk.complain("2026-06-01"), later = desk.complain("2026-06-15");
    desk.company.run([&](Transaction& tx) { tessera::testing::damage(tx, fmt::format("UPDATE crm_complaint SET answer_due = '2999-01-01' WHERE id = {}", later.value)); });
    desk.company.suite().run_job("crm.overdue_complaints");
    const auto escalated = desk.of(id).escalated_on;
    CHECK(!escalated.empty());
    CHECK(desk.of(later).escalated_on.empty());
    desk.company.suite().run_job("crm.overdue_complaints");
    CHECK(desk.of(id).escalated_on == escalated);
}

TEST_CASE("overdue complaints: the longer one waits, the more levels hear of it, each once") {
    Desk       desk;
    const auto boss = desk.company.insert(Employee{.number = "1", .name = "Boss", .email = "boss@acme.example"});
    desk.company.insert(EscalationLevel{.level = 1});
    desk.company.insert(EscalationLevel{.level = 2, .days_late = 30, .employee = boss});
    CHECK(desk.company.refusal([](Transaction& tx) { tx.insert(EscalationLevel{.level = 0}); }) == "crm.escalation_level");
    const auto id   = desk.complain("2026-06-01");
    const auto late = [&](int days) {
        desk.company.run([&](Transaction& tx) {
            tessera::testing::damage(tx, fmt::format("UPDATE crm_complaint SET answer_due = '{}' WHERE id = {}", Date::today().plus_days(-days), id.value));
        });
        desk.company.suite().run_job("crm.overdue_complaints");
        return fmt::format("{} {}", desk.of(id).escalation, desk.company.value<std::int64_t>("SELECT count(*) FROM mail_message").value_or(0));
    };
    CHECK(late(7) == "1 0");
    CHECK(late(100) == "2 1");
    CHECK(late(100) == "2 1");
    CHECK(desk.answered(id, "2026-06-02") == "");
    CHECK(desk.of(id).escalation == 0);
}

TEST_CASE("affected customers: everybody else who kept some of it, the most first") {
    const Id<Party> us{1}, acme{2}, other{3};
    const auto      affected = affected_by({{us, "2026-01-01"_date, Quantity::of(9), "D-1"},
                                            {acme, "2026-01-01"_date, Quantity::of(1), "D-2"},
                                            {acme, "2026-02-01"_date, Quantity::of(2), "D-3"},
                                            {other, "2026-01-05"_date, Quantity::of(5), "D-4"},
                                            {Id<Party>{4}, "2026-01-05"_date, Quantity::of(5), "D-5"},
                                            {Id<Party>{4}, "2026-01-06"_date, Quantity::of(-5), "R-1"}},
                                           us);
    REQUIRE(affected.size() == 2);
    CHECK(affected[0].party == other);
    CHECK(affected[1].party == acme);
    CHECK(affected[1].quantity == Quantity::of(3));
    CHECK(affected[1].deliveries == 2);
    CHECK(affected[1].last_document == "D-3");
}

TEST_CASE("affected customers: those to whom sales has shipped the product are named, but who complained is not") {
    Desk       desk;
    const auto unit    = *desk.company.value<tessera::Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
    const auto product = desk.company.insert(
        catalog::Product{.number = "TUNE", .name = "Tuning", .unit = unit, .stocked = false, .saleable = true, .list_price = tessera::UnitPrice::parse("40")});
    const auto other = desk.company.insert(Party{.name = "Other", .customer = true, .email = "other@example.com", .phone = "12"});
    for (const auto party : {desk.acme, other}) {
        const auto order = desk.company.insert(sales::Order{.customer = party, .lines = {{.product = product, .quantity = Quantity::of(2)}}}, "2026-06-01"_date);
        desk.company.transition(order, "confirm", "2026-06-01"_date);
        desk.company.transition(order, "ship_all", "2026-06-02"_date);
    }
    const auto id = desk.complain("2026-06-15", {.product = product});
    CHECK(desk.company.report("crm.affected_customers", {{"complaint", desk.of(id).number}}) ==
          "Other | other@example.com | 12 | 2 | 1 | 2026-06-02 | SH-2026-00002 | \n=  |  |  | 2 | 1 |  |  | \n");
}

TEST_CASE("affected customers: of a lot those who got it, and those of whom nobody knows what they got") {
    Desk       desk;
    const auto unit    = *desk.company.value<tessera::Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
    const auto product = desk.company.insert(
        catalog::Product{.number = "TUNE", .name = "Tuning", .unit = unit, .stocked = false, .saleable = true, .list_price = tessera::UnitPrice::parse("40")});
    for (const char* lot : {"A7", "B1", ""}) {
        const auto party = desk.company.insert(Party{.name = fmt::format("Got {}", *lot ? lot : "one"), .customer = true});
        const auto order = desk.company.insert(sales::Order{.customer = party, .lines = {{.product = product, .quantity = Quantity::of(2)}}}, "2026-06-01"_date);
        desk.company.transition(order, "confirm", "2026-06-01"_date);
        const auto line     = *desk.company.value<tessera::Id<sales::OrderLine>>("SELECT max(id) FROM sales_order_line");
        const auto shipment = desk.company.insert(sales::Shipment{.lines = {{.order_line = line, .quantity = Quantity::of(2), .lot = lot}}}, "2026-06-02"_date);
        desk.company.transition(shipment, "ship", "2026-06-02"_date);
    }
    const auto id = desk.complain("2026-06-15", {.product = product, .lot = "A7"});
    CHECK(desk.company.report("crm.affected_customers", {{"complaint", desk.of(id).number}}) ==
          "Got A7 |  |  | 2 | 1 | 2026-06-02 | SH-2026-00001 | A7\nGot one |  |  | 2 | 1 | 2026-06-02 | SH-2026-00003 | \n=  |  |  | 4 | 2 |  |  | \n");
}

TEST_CASE("affected customers: without a product there is nothing to look for") {
    Desk desk;
    desk.complain();
    CHECK(desk.refusal([&] { desk.company.report("crm.affected_customers", {{"complaint", "CC-2026-00001"}}); }) == "crm.product_missing");
}

TEST_CASE("complaints: a public log of a thousand is registered, and counted by reason as it stands there") {
    const char* directory = std::getenv("TESSERA_SHARED_DIR");
    const auto  path      = std::filesystem::path(directory ? directory : TESSERA_SHARED_DIR) / "data" / "complaints" / "cfpb-complaints-a.csv";
    if (!std::filesystem::exists(path)) return;
    Desk                                         desk;
    std::map<std::string, std::int64_t>          expected;
    std::map<std::string, Id<ComplaintReason>>   reasons;
    std::ifstream                                file(path);
    tessera::CsvReader                           reader(file);
    std::int64_t                                 count = 0;
    desk.company.run([&](Transaction& tx) {
        while (reader.next()) {
            const auto issue = std::string(reader["Issue"]).substr(0, 120);
            auto&      reason = reasons[issue];
            if (!reason) reason = tx.insert(ComplaintReason{.name = issue});
            const auto narrative = std::string(reader["Consumer complaint narrative"]);
            tx.insert(Complaint{.registered_on   = Date::parse(reader["Date received"]),
                                .channel         = Channel::web,
                                .customer        = fmt::format("{} {}", reader["State"], reader["ZIP code"]),
                                .what_happened   = narrative.empty() ? issue : narrative.substr(0, 1000),
                                .order_reference = std::string(reader["Complaint ID"]),
                                .reason          = reason});
            ++expected[issue], ++count;
        }
    }, "2026-06-15"_date);
    CHECK(count == 1017);
    std::map<std::string, std::int64_t> found;
    for (const auto& row : desk.company.report_result("crm.complaint_times", {{"from", "2000-01-01"}, {"to", "2026-12-31"}}).rows) found[std::get<std::string>(row[0])] = std::get<std::int64_t>(row[1]);
    CHECK(found == expected);
    CHECK(desk.company.value<std::int64_t>("SELECT count(DISTINCT number) FROM crm_complaint") == count);
    CHECK(desk.company.verify() == "");
}
