// Who is written to, with what, and by how much more of them do what the campaign is for; shares and intervals are statistics.
#include <crm/campaign.h>
#include <crm/people.h>
#include <crm/uplift.h>

#include "tests/selling.h"

namespace crm::tests {

namespace {

struct Campaigning : Selling {
    Campaigning() { everybody = segment("Customers"); }
    Id<Segment> segment(const char* name, Percent hold_out = {}) {
        return company.insert(Segment{.name = name, .hold_out = hold_out, .conditions = {{.fact = "customer", .value = "yes"}}});
    }
    Id<Party> customer(const char* name, const char* email, bool agrees = true) {
        const auto id = company.insert(Party{.name = name, .customer = true, .email = email});
        if (agrees) consent(id, ConsentAnswer::given, "2026-01-01"_date);
        return id;
    }
    void consent(Id<Party> party, ConsentAnswer answer, Date on, Id<Contact> contact = {}) {
        company.insert(Consent{.party = party, .contact = contact, .answer = answer, .date = on, .source = "Web form"}, std::max(on, today));
    }
    Campaign letter(const char* name) {
        return {.name = name, .segment = everybody, .subject = "News for {{party.name}}", .text = "Dear {{contact.name}},\nwe have news.\n{{company.name}}"};
    }
    Id<Campaign> started(Campaign campaign, Date on = today) {
        const auto id = company.insert(std::move(campaign), on);
        company.transition(id, "start", on);
        return id;
    }
    // "Ada sent; Ben left_out: no consent"
    std::string treated(Id<Campaign> campaign) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            for (const auto& r : tx.select<CampaignRecipient>("campaign = :campaign ORDER BY id", campaign))
                text += fmt::format("{}{} {}{}{}", text.empty() ? "" : "; ", tx.label_of(r.party), tessera::name_of(r.treatment), r.reason.empty() ? "" : ": ", r.reason);
        });
        return text;
    }

    Id<Segment> everybody{};
};

}  // namespace

TEST_CASE("uplift: Newcombe's published examples of method 10") {
    struct Example { Proportion first, second; double low, high; };
    for (const auto& e : {Example{{56, 70}, {48, 80}, .0524, .3339}, {{9, 10}, {3, 10}, .1705, .8090}, {{6, 7}, {2, 7}, .0582, .8062}, {{5, 56}, {0, 29}, -.0381, .1926},
                          {{0, 10}, {0, 20}, -.1611, .2775}, {{0, 10}, {0, 10}, -.2775, .2775}, {{10, 10}, {0, 20}, .6791, 1.0}, {{10, 10}, {0, 10}, .6075, 1.0}}) {
        const auto uplift = uplift_of(e.first, e.second);
        CHECK(uplift.interval.low == doctest::Approx(e.low).epsilon(0.0005));
        CHECK(uplift.interval.high == doctest::Approx(e.high).epsilon(0.0005));
    }
    CHECK(uplift_of({56, 70}, {48, 80}).distinguishable());
    CHECK(!uplift_of({5, 56}, {0, 29}).distinguishable());
    CHECK(!uplift_of({5, 5}, {0, 0}).known);
}

TEST_CASE("campaigns: a letter asks only for what is known of everybody, and takes its words from a template") {
    Campaigning shop;
    const auto  refused = [&](const char* subject, const char* text) {
        auto letter    = shop.letter("x");
        letter.subject = subject;
        letter.text    = text;
        return shop.refusal([&] { shop.company.insert(letter); });
    };
    CHECK(refused("{{party.note}}", "x") == "directory.unknown_letter_field");
    CHECK(refused("x", "{{system('x')}}") == "directory.unknown_letter_field");
    CHECK(refused("x", "Dear {{contact.name") == "directory.malformed_letter");
    CHECK(refused("x", "Dear } and { and }}") == "");
    CHECK(refused("", "") == "kernel.required");
    const auto words = shop.company.insert(directory::LetterTemplate{.name = "News", .purpose = "crm.campaign", .subject = "News", .text = "Dear {{contact.name}}"});
    const auto taken = shop.company.load(shop.company.insert(Campaign{.name = "Taken", .segment = shop.everybody, .letter = words, .subject = "Great news"}));
    CHECK(taken.subject == "Great news");
    CHECK(taken.text == "Dear {{contact.name}}");
}

TEST_CASE("campaigns: only who has agreed, can be reached and was not written to too often gets the letter") {
    Campaigning shop;
    const auto  ada = shop.customer("Ada", "ada@example.org");
    shop.customer("Ben", "ben@example.org", false);
    shop.customer("Eve", "");
    const auto left = shop.customer("Max", "max@example.org");
    shop.consent(left, ConsentAnswer::withdrawn, "2026-02-01"_date);
    const auto first = shop.started(shop.letter("First"));
    CHECK(shop.treated(first) == "Acme left_out: no e-mail address; Ada sent; Ben left_out: no consent; Eve left_out: no e-mail address; Max left_out: no consent");
    CHECK(shop.company.load(first).sent == 1);
    CHECK(shop.company.load(first).left_out == 4);
    CHECK(shop.company.value<std::string>("SELECT subject FROM mail_message") == "News for Ada");
    CHECK(shop.company.value<std::string>("SELECT recipient FROM mail_message") == "ada@example.org");
    CHECK(shop.timeline({}, "Ada") == "2026-06-15 campaign outbound News for Ada\n");
    const auto second = shop.started(shop.letter("Second"), "2026-06-21"_date);
    CHECK(shop.company.value<std::string>("SELECT reason FROM crm_campaign_recipient WHERE campaign = :campaign AND party = :party", second, ada) == "written to too often");
    const auto third = shop.started(shop.letter("Third"), "2026-06-22"_date);
    CHECK(shop.company.load(third).sent == 1);
    CHECK(shop.refusal([&] { shop.company.transition(third, "start"); }) == "kernel.wrong_state");
}

TEST_CASE("campaigns: the main contact is written to, and one person's withdrawal is theirs alone") {
    Campaigning shop;
    const auto  ada = shop.customer("Ada", "office@example.org");
    const auto  ben = shop.company.insert(Contact{.party = ada, .name = "Ben", .email = "ben@example.org"});
    const auto  eva = shop.company.insert(Contact{.party = ada, .name = "Eva", .email = "eva@example.org"});
    shop.company.insert(Relationship{.contact = eva, .party = ada, .role = "Buyer", .main_contact = true});
    shop.started(shop.letter("First"));
    CHECK(shop.company.value<std::string>("SELECT recipient FROM mail_message") == "eva@example.org");
    shop.consent(ada, ConsentAnswer::withdrawn, "2026-06-16"_date, eva);
    shop.company.read([&](const Snapshot& tx) {
        auto& rights = tx.service<ContactRights>();
        CHECK(rights.has_consent(tx, ada, eva, ConsentChannel::email, "2026-06-15"_date));
        CHECK(!rights.has_consent(tx, ada, eva, ConsentChannel::email, "2026-06-16"_date));
        CHECK(rights.has_consent(tx, ada, ben, ConsentChannel::email, "2026-06-16"_date));
        CHECK(!rights.has_consent(tx, ada, ben, ConsentChannel::phone, "2026-06-16"_date));
    });
}

TEST_CASE("campaigns: held out are those who would have been written to, and what more the others did is told with its confidence") {
    Campaigning shop;
    const auto  half = shop.segment("Half", Percent::of(50));
    for (int i = 0; i < 60; ++i) shop.customer(("C" + std::to_string(i)).c_str(), "c@example.org");
    auto letter    = shop.letter("Spring");
    letter.segment = half;
    const auto campaign = shop.started(letter);
    const auto counts   = shop.company.load(campaign);
    CHECK(counts.sent + counts.held_out == 60);
    CHECK(counts.left_out == 1);
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM mail_message") == counts.sent);
    const auto win = [&](const char* treatment, int times, Date on) {
        std::vector<Id<Party>> parties;
        shop.company.read([&](const Snapshot& tx) {
            parties = tx.rows<Id<Party>>("SELECT party FROM crm_campaign_recipient WHERE campaign = :campaign AND treatment = :treatment ORDER BY id", campaign,
                                         std::string(treatment));
        });
        for (int i = 0; i < times; ++i) shop.company.transition(shop.company.insert(Opportunity{.title = "x", .party = parties.at(static_cast<std::size_t>(i))}, on), "win", on);
    };
    win("sent", 15, "2026-07-01"_date);
    win("sent", 2, "2026-07-02"_date);            // the same parties again
    win("held_out", 1, "2026-07-15"_date);        // the last day that counts
    win("held_out", 3, "2026-07-16"_date);        // a day too late
    const auto result = shop.company.report_result("crm.campaign_result", {{"campaign", "Spring"}, {"as_of", "2026-12-31"}}).rows.at(0);
    CHECK(std::get<std::int64_t>(result[2]) == 15);
    CHECK(std::get<std::int64_t>(result[5]) == 1);
    const auto expected = uplift_of({15, counts.sent}, {1, counts.held_out});
    CHECK(std::get<tessera::Decimal>(result[7]).units == doctest::Approx(expected.difference * 1e8).epsilon(0.0001));
    CHECK(std::get<tessera::Decimal>(result[8]).units == doctest::Approx(expected.interval.low * 1e8).epsilon(0.0001));
    CHECK(std::get<std::string>(result[10]) == "More of those who were written to did it.");
    const auto before = shop.company.report_result("crm.campaign_result", {{"as_of", "2026-06-30"}}).rows.at(0);
    CHECK(std::get<std::string>(before[10]) == "The difference cannot be told from chance.");
}

TEST_CASE("campaigns: what makes no sense is refused") {
    Campaigning shop;
    const auto  refused = [&](Campaign campaign) { return shop.refusal([&] { shop.company.insert(campaign); }); };
    auto        campaign = shop.letter("x");
    campaign.conversion  = "happiness";
    CHECK(refused(campaign) == "crm.unknown_conversion");
    campaign          = shop.letter("x");
    campaign.in_days  = 0;
    CHECK(refused(campaign) == "crm.days_out_of_range");
    const auto nobody = shop.company.insert(Segment{.name = "Nobody", .conditions = {{.fact = "name", .value = "Nobody at all"}}});
    campaign          = shop.letter("x");
    campaign.segment  = nobody;
    CHECK(shop.refusal([&] { shop.started(campaign); }) == "crm.nobody_in_segment");
}

TEST_CASE("consents: an answer stays as it was given; a new one is another record") {
    Campaigning shop;
    const auto  id = shop.company.insert(Consent{.party = shop.acme, .source = "Fair"});
    CHECK(shop.company.refusal([&](Transaction& tx) {
        auto consent   = tx.load(id);
        consent.answer = ConsentAnswer::withdrawn;
        tx.save(consent);
    }) == "crm.consent_is_evidence");
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.insert(Consent{.party = shop.acme, .date = "2027-01-01"_date, .source = "Fair"}); }) == "crm.consent_in_the_future");
}

TEST_CASE("contact policies: nobody is contacted more often, or by another, than a policy allows") {
    Campaigning shop;
    const auto  eva = shop.company.insert(Employee{.number = "1", .name = "Eva"});
    shop.company.insert(ContactPolicy{.name = "Two calls a month", .kind = "call", .most = 2, .in_days = 30});
    const auto why = [&](const char* kind, Date on, Id<Employee> by = {}) {
        std::string text;
        shop.company.read([&](const Snapshot& tx) { text = tx.service<ContactRights>().forbids(tx, shop.acme, kind, by, on); });
        return text;
    };
    const auto call = [&](Date on) {
        shop.company.run(
            [&](Transaction& tx) { tx.service<Timeline>().add(tx, {.party = shop.acme, .day = on, .kind = "call", .direction = Direction::outbound, .subject = "x"}); });
    };
    call("2026-06-01"_date);
    CHECK(why("call", "2026-06-02"_date) == "");
    call("2026-06-02"_date);
    CHECK(why("call", "2026-06-02"_date) == "by the policy Two calls a month Acme is contacted at most 2 times in 30 days");
    CHECK(why("call", "2026-07-01"_date) == "");
    CHECK(why("visit", "2026-06-02"_date) == "");
    shop.company.insert(ContactPolicy{.name = "Eva's", .kind = "visit", .employee = eva, .most = 100});
    CHECK(why("visit", "2026-06-02"_date) == "by the policy Eva's only Eva contacts Acme");
    CHECK(why("visit", "2026-06-02"_date, eva) == "");
    const tessera::Actor seller{.name = "seller", .permissions = tessera::Permissions::of({"*.read", "crm.edit"})};
    const auto           body = R"({"kind":"call","subject":"Again","party":)" + std::to_string(shop.acme.value) + R"(,"due_on":"2026-06-02"})";
    CHECK(shop.refusal([&] {
        shop.company.suite().run({.verb = tessera::RecordCommand::Verb::create, .entity = "crm.activity", .body = body, .info = {.actor = seller}});
    }) == "crm.contact_policy");
    shop.company.suite().run({.verb = tessera::RecordCommand::Verb::create, .entity = "crm.activity", .body = body});
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM crm_activity") == 1);
}

}  // namespace crm::tests
