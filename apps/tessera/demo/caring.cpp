#include "demo/caring.h"

#include "demo/people.h"

namespace tessera::demo {

namespace caring {

constexpr std::string_view care = "hweber", seller = "Dorothy Marsh", carer = "Hanna Weber";

struct Talk {
    std::string_view kind{}, subject{}, outcome{};
};
constexpr Talk talks[] = {{"call", "Ask how the last delivery sold", "Sold well; they think of the next season."},
                          {"call", "Remind of the quotation", "They decide with their partner this week."},
                          {"visit", "Show the new opal shades", "They liked them and want two samples."},
                          {"meeting", "Plan the season", "Agreed on quantities for the quarter."},
                          {"call", "Who decides about signal lanterns?", "Their head of purchasing, from next month on."},
                          {"mail", "Send the list of spare glass", "Sent; they order from it."}};

constexpr std::string_view wishes[] = {"Lanterns for the terrace",     "A window for the winter season", "Table lamps for all rooms", "Signal lanterns for the harbour",
                                       "Refit of the reading room",    "Own label on camp lanterns",     "Spare glass for a year",    "Lights for the garden centre"};

struct Asker {
    std::string_view company{}, person{}, source{};
};
constexpr Asker askers[] = {{"Lakeside Inn", "Nora Whitfield", "web"},       {"Harper & Vale Interiors", "Tom Vale", "fair"}, {"Old Mill Museum", "Grace Holt", "recommendation"},
                            {"Pine Ridge Camping", "Luis Ortega", "fair"},   {"Bay Street Books", "Ida Kerr", "web"},         {"Summit Outfitters", "Jon Aldrich", "recommendation"},
                            {"Courtyard Theatre", "Mae Linwood", "web"},     {"Stone Harbor Marina", "Pete Sandell", "fair"}};

constexpr std::string_view complaint_reasons[] = {"Arrived damaged", "Other goods than ordered", "Late delivery"};
constexpr std::string_view happenings[][2]     = {{"Two globes were broken in the box.", "The base of one lamp is dented."},
                                                  {"We ordered brass and got black.", "A box of the wrong shades came with the rest."},
                                                  {"The delivery came nine days after the day we were told.", "Half of it is still missing."}};
constexpr std::string_view resolutions[] = {"New ones were sent at our cost.", "They were exchanged on the next delivery.", "Freight was taken off the invoice."};

struct Tier {
    std::string_view name{}, from_value{}, service_level{}, discount{};
    int              answered_within = 0, resolved_within = 0;
};
constexpr Tier tiers[] = {{"Standard", "0", "Answers in turn", "0", 2, 10},
                          {"Silver", "5000", "Answers within a day", "0", 1, 7},
                          {"Gold", "20000", "Somebody of their own, answers the same day", "2", 1, 3}};

constexpr std::string_view promised[] = {"Gold", "Gold", "Silver", "Silver", "Silver", "Silver"};  // by the contracts of the first customers

struct Hindsight {
    std::string_view planned{}, actual{}, why{}, next_time{}, lesson{};
};
constexpr Hindsight of_complaints[] = {
    {"Opal glass arrives whole.", "Two of twenty shades were cracked.", "One layer of board between the tiers is too little for opal glass.", "Two layers, and no more than two tiers.", "Opal glass travels on two layers of board"},
    {"Twenty camp lanterns by the first of the month.", "They came on the twelfth.", "The order was released on a Friday, after the carrier had been there.", "Release what is promised by Wednesday.", "Release by Wednesday what leaves this week"}};
constexpr Hindsight of_deals[] = {
    {"An answer within a week.", "The customer bought elsewhere after three.", "The quotation waited for a price of the supplier.", "Quote the last price with a reserve, and correct it.", "Quote before the supplier has answered"},
    {"The hotel takes the whole floor.", "It took one room to try.", "Nobody had shown how the lamp looks in the evening.", "Take a lamp along, and come at dusk.", "Show lamps at dusk"}};

}  // namespace caring

Caring::Caring(DemoBooks& books, const Ground& ground, std::uint64_t seed, Date from) : books_(books), ground_(ground), random_(seed + 104729), hindsight_(seed + 1299709) {
    for (const auto name : caring::complaint_reasons) complaint_reasons_.push_back(books_.create(caring::care, "crm.complaint_reason", {{"name", name}}, from).id);
    for (const auto& tier : caring::tiers)
        books_.create(caring::care, "crm.value_tier",
                      {{"name", tier.name},
                       {"from_value", tier.from_value},
                       {"service_level", tier.service_level},
                       {"discount", tier.discount},
                       {"first_response_days", tier.answered_within},
                       {"resolution_days", tier.resolved_within}},
                      from);
    for (std::size_t at = 0; at < std::min(std::size(caring::promised), ground_.customers.size()); ++at)
        books_.create(caring::care, "crm.tier_floor",
                      {{"party", ground_.customers[at]}, {"tier", caring::promised[at]}, {"valid_from", from.str()}, {"contract", fmt::format("Frame contract {}", at + 1)}}, from);
    books_.read([&](const Snapshot& tx) { lost_reasons_ = tx.rows<std::int64_t>("SELECT id FROM crm_lost_reason ORDER BY id"); });
}

std::int64_t Caring::plan_activity(Date day, Date due) {
    const auto&  talk = random_.pick(caring::talks);
    json::object body{{"kind", talk.kind}, {"subject", talk.subject}, {"party", customer()}, {"due_on", due.str()}};
    if (random_.chance(60)) body["due_time"] = fmt::format("{:02}:{:02}", random_.between(8, 16), random_.chance(50) ? 30 : 0);
    return books_.create(sales, "crm.activity", body, day).id;
}

void Caring::do_what_is_due(Date day) {
    std::erase_if(planned_, [&](const Planned& one) {
        if (one.due > day) return false;
        books_.transition(sales, "crm.activity", one.id, "done", {{"date", one.due.str()}, {"outcome", random_.pick(caring::talks).outcome}}, day);
        return true;
    });
}

void Caring::hear_of_somebody(Date day) {
    const auto& asker = random_.pick(caring::askers);
    books_.create(sales, "crm.lead",
                  {{"title", random_.pick(caring::wishes)}, {"company_name", asker.company}, {"person_name", asker.person}, {"source", asker.source}}, day);
}

void Caring::open_opportunity(Date day) {
    open_.push_back(books_.create(sales, "crm.opportunity",
                                  {{"title", random_.pick(caring::wishes)},
                                   {"party", customer()},
                                   {"owner", caring::seller},
                                   {"amount", fmt::format("{}.00", random_.between(8, 160) * 250)},
                                   {"opened_on", day.str()},
                                   {"expected_close", day.plus_days(random_.between(40, 120)).str()},
                                   {"next_step", random_.pick(caring::talks).subject}},
                                  day)
                        .id);
}

void Caring::follow_opportunities(Date day) {
    std::erase_if(open_, [&](std::int64_t id) {
        const int fate = random_.below(100);
        if (fate < 7) {
            books_.transition(sales, "crm.opportunity", id, "lose", {{"reason", random_.pick(lost_reasons_)}, {"date", day.str()}}, day);
            return true;
        }
        if (fate < 15) books_.attempt(sales, "crm.opportunity", id, "win", {{"date", day.str()}}, day);
        if (fate >= 15 && fate < 45) books_.attempt(sales, "crm.opportunity", id, "advance", {}, day);
        return fate < 15;
    });
}

void Caring::take_complaint(Date day) {
    const auto why = random_.below(static_cast<int>(std::size(caring::complaint_reasons)));
    complaints_.push_back({books_.create(caring::care, "crm.complaint",
                                         {{"party", customer()},
                                          {"owner", caring::carer},
                                          {"what_happened", random_.pick(caring::happenings[why])},
                                          {"product", random_.pick(ground_.finished)},
                                          {"reason", complaint_reasons_[static_cast<std::size_t>(why)]},
                                          {"registered_on", day.str()}},
                                         day)
                               .id,
                           day});
}

void Caring::see_to_complaints(Date day) {
    std::erase_if(complaints_, [&](Complaint& one) {
        if (one.since == day) return false;
        switch (one.step++) {
            case 0:
                books_.transition(caring::care, "crm.complaint", one.id, "answer", {{"text", "We are sorry, and see to it at once."}, {"remedy", "apology"}}, day);
                return false;
            case 1:
                books_.transition(caring::care, "crm.complaint", one.id, "resolve", {{"resolution", random_.pick(caring::resolutions)}}, day);
                return false;
            default:
                books_.transition(caring::care, "crm.complaint", one.id, "close", {{"contentment", random_.chance(80) ? "content" : "discontent"}}, day);
                return true;
        }
    });
}

void Caring::end_week(Date friday) {
    review_what_ended(friday);
    books_.in_bulk([&] {
        do_what_is_due(friday);
        follow_opportunities(friday);
        see_to_complaints(friday);
        for (int calls = random_.between(1, 3); calls > 0; --calls) {
            const auto due = friday.plus_days(random_.between(3, 7));
            planned_.push_back({plan_activity(friday, due), due});
        }
        if (random_.chance(30)) hear_of_somebody(friday);
        if (random_.chance(35)) open_opportunity(friday);
        if (random_.chance(20)) take_complaint(friday);
    });
}

// A week after something has ended they look back, where there is something to learn from.
void Caring::review_what_ended(Date day) {
    struct Ended {
        std::int64_t review = 0;
        std::string  entity{};
    };
    std::vector<Ended> open;
    books_.read([&](const Snapshot& tx) { open = tx.rows<Ended>("SELECT id, entity FROM knowledge_review WHERE state = 'open' AND due_on <= :day ORDER BY id", day); });
    for (const auto& [id, entity] : open) {
        if (!hindsight_.chance(25)) {
            books_.transition(caring::care, "knowledge.review", id, "waive", {{"reason", "Nothing that we did not know."}}, day);
            continue;
        }
        const auto& seen = entity == "crm.complaint" ? hindsight_.pick(caring::of_complaints) : hindsight_.pick(caring::of_deals);
        books_.change(caring::care, "knowledge.review", id,
                      {{"planned", seen.planned}, {"actual", seen.actual}, {"why", seen.why}, {"next_time", seen.next_time}, {"actions", json::array{{{"text", seen.next_time}, {"due_on", day.plus_days(14).str()}, {"done_on", day.plus_days(hindsight_.between(3, 14)).str()}}}}}, day);
        books_.transition(caring::care, "knowledge.review", id, "finish", {}, day);
        if (!lessons_.insert(seen.lesson).second) continue;
        books_.transition(caring::care, "knowledge.review", id, "capture_lesson", {{"title", seen.lesson}}, day);
    }
}

// What the next weeks bring, and a complaint that waits for its answer.
void Caring::leave_open(Date day) {
    for (int days = 0; days < 14; ++days)
        if (const auto due = day.plus_days(days); due.weekday() <= 5 && random_.chance(70)) plan_activity(day, due);
    hear_of_somebody(day);
    open_opportunity(day);
    take_complaint(day);
}

// As the nights would have done: what each customer is worth, which tier that gives, and whom to call first.
void Caring::value_customers(Date day) {
    const auto valuation = books_.create(caring::care, "crm.valuation", {{"day", day.str()}}, day);
    books_.transition(caring::care, "crm.valuation", valuation.id, "run", {}, day);
    books_.run_job("crm.customer_base");
}

}  // namespace tessera::demo
