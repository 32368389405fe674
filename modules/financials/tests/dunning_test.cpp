#include "services/dunning_step.h"
#include "tests/office.h"

#include <financials/customer_payment.h>
#include <financials/dunning.h>

#include <tessera/mail.h>

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

void without_levels(Office& office) {
    office.company.run([](Transaction& tx) {
        for (const auto& level : tx.select<DunningLevel>("level > 0")) tx.remove(level.id);
    });
}

// With levels of its own instead of those that every company begins with.
struct OwnLevels : Office {
    OwnLevels() { without_levels(*this); }
};

struct Dunning {
    OwnLevels              office{};
    const Id<DunningLevel> first  = office.company.insert(DunningLevel{
         .level        = 1,
         .days_overdue = 10,
         .title        = "Payment reminder",
         .letter       = letter("Payment reminder {{number}}", "Dear {{contact.name}}, may we remind you of:\n\n{{items}}\n\nOpen: {{open}}.\n")});
    const Id<DunningLevel> second = office.company.insert(DunningLevel{.level        = 2,
                                                                       .days_overdue = 30,
                                                                       .fee          = office.usd("15.00"),
                                                                       .title        = "Second reminder",
                                                                       .letter       = letter("Second reminder", "We still wait for {{open}}. Fee: {{fee}}")});
    Id<directory::Party> customer =
        office.company.insert(directory::Party{.name = "Bike World", .customer = true, .email = "pay@bikes.example"});

    Id<directory::LetterTemplate> letter(const char* subject, const char* text) {
        return office.company.insert(directory::LetterTemplate{.name = subject, .purpose = "financials.dunning", .subject = subject, .text = text});
    }
    Id<DunningRun> proposed(Date date, bool book_fees = false) {
        const auto id = office.company.insert(DunningRun{.date = date, .book_fees = book_fees});
        office.move(id, "propose", "{}");
        return id;
    }
    std::string lines(Id<DunningRun> run) {
        std::string text;
        for (const auto& line : office.company.load(run).lines)
            text += fmt::format("{} {} days, level {}: {}\n", office.company.load(line.item).document, line.days_overdue,
                                office.company.load(line.level).level, line.open);
        return text;
    }
    void         post(Id<DunningRun> run) { office.move(run, "post", "{}"); }
    std::int64_t count(std::string_view sql) { return office.company.value<std::int64_t>(sql).value_or(0); }
};

}  // namespace

TEST_CASE("dunning: the next level comes after the one before, when it is time") {
    const std::vector<DunningStep> steps = {{1, 10}, {2, 30}, {4, 60}};
    struct Row {
        std::int64_t reached, days, since;
        int          step;
    };
    for (const auto& [reached, days, since, step] : std::initializer_list<Row>{{0, 9, 0, -1},
                                                                               {0, 10, 0, 0},
                                                                               {0, 99, 0, 0},
                                                                               {1, 29, 19, -1},
                                                                               {1, 30, 20, 1},
                                                                               {1, 45, 19, -1},
                                                                               {2, 59, 40, -1},
                                                                               {2, 60, 30, 2},
                                                                               {2, 60, 29, -1},
                                                                               {3, 60, 30, 2},
                                                                               {4, 999, 999, -1}}) {
        CAPTURE(reached);
        CAPTURE(days);
        CHECK(next_step(steps, reached, days, since) == step);
    }
    CHECK(next_step({}, 0, 99, 0) == -1);
}

TEST_CASE("dunning: what is overdue is asked for, level by level, and each letter is kept and queued") {
    Dunning dunning;
    auto&   office = dunning.office;
    office.sale(dunning.customer, "S-1", "2026-01-01"_date, "2026-01-31"_date, "100.00");
    office.sale(dunning.customer, "S-2", "2026-01-01"_date, "2026-02-20"_date, "50.00");
    office.sale(dunning.customer, "SC-1", "2026-01-01"_date, "2026-01-01"_date, "-5.00");
    office.invoice(dunning.customer, "I-1", "2026-01-01"_date, "2026-01-31"_date, "70.00");
    CHECK(dunning.lines(dunning.proposed("2026-02-09"_date)) == "");
    const auto first = dunning.proposed("2026-02-10"_date);
    CHECK(dunning.lines(first) == "S-1 10 days, level 1: 100.00\n");
    dunning.post(first);
    CHECK(dunning.count("SELECT count(*) FROM mail_message WHERE recipient = 'pay@bikes.example'") == 1);
    CHECK(office.company.value<std::string>("SELECT text FROM financials_dunning_letter").value() ==
          "Dear Bike World, may we remind you of:\n\nS-1 of 2026-01-01, due 2026-01-31: 100.00\n\nOpen: 100.00 USD.\n");
    CHECK(office.company.value<std::string>("SELECT subject FROM mail_message").value() == "Payment reminder DL-2026-00001");
    CHECK(dunning.lines(dunning.proposed("2026-02-10"_date)) == "");
    const auto both = dunning.proposed("2026-03-02"_date, true);
    CHECK(dunning.lines(both) == "S-1 30 days, level 2: 100.00\nS-2 10 days, level 1: 50.00\n");
    dunning.post(both);
    CHECK(dunning.count("SELECT count(*) FROM financials_dunning_letter") == 3);
    CHECK(dunning.count("SELECT count(*) FROM financials_dunning_letter WHERE text = 'We still wait for 100.00 USD. Fee: 15.00 USD'") == 1);
    CHECK(office.balance("1100") == "160.00");
    CHECK(office.balance("4590") == "-15.00");
    CHECK(dunning.count("SELECT count(*) FROM financials_open_item WHERE document = 'DL-2026-00003' AND open_amount = 1500") == 1);
    CHECK(dunning.lines(dunning.proposed("2026-06-01"_date)).find("S-1") == std::string::npos);
    CHECK(office.company.verify() == "");
}

TEST_CASE("dunning: a new company has three levels and their words") {
    Office     office;
    const auto customer = office.company.insert(directory::Party{.name = "Bike World", .customer = true, .email = "pay@bikes.example"});
    office.sale(customer, "S-1", "2026-01-01"_date, "2026-01-31"_date, "100.00");
    for (const auto& [day, subject] : {std::pair{"2026-02-10"_date, "Payment reminder"}, {"2026-02-24"_date, "Second reminder"}, {"2026-03-10"_date, "Final demand"}}) {
        const auto run = office.company.insert(DunningRun{.date = day, .send_mail = true});
        office.move(run, "propose", "{}");
        office.move(run, "post", "{}");
        const auto written = office.company.value<std::string>("SELECT subject FROM financials_dunning_letter ORDER BY id DESC LIMIT 1").value_or("");
        CHECK_MESSAGE(written.starts_with(subject), written);
        const auto text = office.company.value<std::string>("SELECT text FROM financials_dunning_letter ORDER BY id DESC LIMIT 1").value_or("");
        CHECK_MESSAGE(text.find("S-1 of 2026-01-01, due 2026-01-31: 100.00") != std::string::npos, text);
        CHECK_MESSAGE(text.find("{{") == std::string::npos, text);
    }
}

TEST_CASE("dunning: nobody is asked for what is disputed or promised") {
    Dunning    dunning;
    auto&      office   = dunning.office;
    const auto disputed = office.sale(dunning.customer, "S-1", "2026-01-01"_date, "2026-01-31"_date, "100.00");
    const auto promised = office.sale(dunning.customer, "S-2", "2026-01-01"_date, "2026-01-31"_date, "50.00");
    const auto bill     = office.invoice(dunning.customer, "I-1", "2026-01-01"_date, "2026-01-31"_date, "70.00");
    const auto dispute  = office.company.insert(Dispute{.item = disputed, .reason = "Two wheels are missing"});
    office.company.insert(PaymentPromise{.item = promised, .promised_on = "2026-03-01"_date});
    CHECK(office.company.load(dispute).party == dunning.customer);
    CHECK(office.company.refusal([&](Transaction& tx) { tx.insert(Dispute{.item = bill, .reason = "?"}); }) == "financials.not_receivable");
    CHECK(dunning.lines(dunning.proposed("2026-03-01"_date)) == "");
    CHECK(dunning.lines(dunning.proposed("2026-03-02"_date)) == "S-2 30 days, level 1: 50.00\n");
    CHECK(office.move_refusal(dispute, "resolve") == "kernel.required");
    office.move(dispute, "resolve", R"({"outcome":"Wheels were sent"})");
    CHECK(dunning.lines(dunning.proposed("2026-03-02"_date)) == "S-1 30 days, level 1: 100.00\nS-2 30 days, level 1: 50.00\n");
}

TEST_CASE("dunning: what has changed since it was proposed is not asked for") {
    Dunning    dunning;
    auto&      office = dunning.office;
    const auto item   = office.sale(dunning.customer, "S-1", "2026-01-01"_date, "2026-01-31"_date, "100.00");
    const auto run    = dunning.proposed("2026-03-02"_date);
    const auto again  = dunning.proposed("2026-03-02"_date);
    const auto empty  = office.company.insert(DunningRun{.date = "2026-03-02"_date});
    CHECK(office.move_refusal(empty, "post") == "financials.no_lines");
    CustomerPayment payment{.party = dunning.customer, .date = "2026-03-02"_date};
    payment.lines = {{.item = item, .amount = office.usd("40.00")}};
    office.company.run([&](Transaction& tx) {
        tx.insert(payment);
        tx.transition(payment.id, "post");
    });
    CHECK(office.move_refusal(run, "post") == "financials.dunning_outdated");
    office.move(run, "propose", "{}");
    CHECK(dunning.lines(run) == "S-1 30 days, level 1: 60.00\n");
    dunning.post(run);
    office.move_refusal(again, "propose");
    CHECK(dunning.lines(again) == "");
    CHECK(dunning.count("SELECT count(*) FROM financials_dunned_item") == 1);
    OwnLevels  bare;
    const auto without = bare.company.insert(DunningRun{.date = "2026-03-02"_date});
    CHECK(bare.move_refusal(without, "propose") == "financials.no_dunning_levels");
}

TEST_CASE("dunning: a level is numbered from 1 and says what is written, with what its letters know") {
    Dunning    dunning;
    auto&      company = dunning.office.company;
    const auto refused = [&](auto record) { return company.refusal([&](Transaction& tx) { tx.insert(record); }); };
    const auto words   = [](const char* purpose, const char* text) { return directory::LetterTemplate{.name = "Another", .purpose = purpose, .subject = "x", .text = text}; };
    CHECK(refused(DunningLevel{.level = 0, .days_overdue = 1, .title = "None", .letter = dunning.letter("a", "b")}) == "financials.dunning_level");
    CHECK(refused(DunningLevel{.level = 3, .days_overdue = 60, .title = "Wordless"}) == "kernel.required");
    CHECK(refused(words("financials.dunning", "{{password}}")) == "directory.unknown_letter_field");
    CHECK(refused(words("financials.dunning", "{{open")) == "directory.malformed_letter");
    CHECK(refused(words("financials.poetry", "x")) == "directory.unknown_letter_purpose");
    const auto used = dunning.letter("Third", "x");
    company.run([&](Transaction& tx) {
        auto letter   = tx.load(used);
        letter.active = false;
        tx.save(letter);
    });
    CHECK(refused(DunningLevel{.level = 3, .days_overdue = 60, .title = "Third", .letter = used}) == "directory.letter_not_used");
}
