// Each page in plugins/verbs promises something; its example, compiled as it stands there, keeps it.

#include <tessera/suite.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

using namespace tessera;
using Verb = RecordCommand::Verb;

namespace {

// Page and module, as CMakeLists.txt has found them.
std::map<std::string, std::string> pages() {
    std::map<std::string, std::string> found;
    std::ifstream                      list(TESSERA_BUILD_DIR "/verbs/pages.txt");
    for (std::string page, module; list >> page >> module;) found[page] = module;
    return found;
}

// A small business with the modules of some pages; it is spoken to as the API speaks, since what a page declares is its own.
class Business {
public:
    explicit Business(std::vector<std::string> modules) : modules_(std::move(modules)) {
        auto pattern = (std::filesystem::temp_directory_path() / "tessera-verbs-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()));
        folder_ = pattern;
        database_.emplace(folder_, "verbs");
        suite_ = Suite::open({.database           = database_->location(),
                              .module_directories = {TESSERA_BUILD_DIR "/lib/tessera/test_modules/verbs"},
                              .create             = true,
                              .only_modules       = modules_,
                              .background         = false});
        suite_->init({.company_name = "Corner Shop", .business_date = today});
    }
    ~Business() {
        suite_.reset();
        database_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Business(const Business&)            = delete;
    Business& operator=(const Business&) = delete;

    Suite& suite() { return *suite_; }

    std::int64_t create(std::string entity, std::string body) { return send({.entity = std::move(entity), .body = std::move(body)}); }
    void         move(const char* entity, std::int64_t id, const char* step, const char* input = "") {
        send({.verb = Verb::transition, .entity = entity, .id = id, .body = input, .transition = step});
    }
    std::int64_t send(RecordCommand command) {
        command.info.business_date = today;
        return suite_->run(command).id;
    }
    // The code of the refusal; "" when it is done.
    std::string refusal(const std::function<void()>& work) {
        try {
            work();
            return {};
        } catch (const Refused& refused) {
            return refused.code();
        }
    }
    template <class Value, class... V>
    Value value(std::string_view sql, const V&... v) {
        std::optional<Value> found;
        suite_->read({}, [&](const Snapshot& tx) { found = tx.value<Value>(sql, v...); });
        return found.value_or(Value{});
    }
    std::int64_t number(std::string_view sql) { return value<std::int64_t>(sql); }
    std::string  text(std::string_view sql) { return value<std::string>(sql); }

    // The cells of a report, a line for each row.
    std::string report(std::string_view name, const Suite::ParameterTexts& parameters = {}) {
        std::string lines;
        const auto  result = suite_->report({}, name, parameters);
        for (const auto& row : result.rows) {
            std::string line;
            for (const auto& cell : row) line += (line.empty() ? "" : " | ") + text_of(cell);
            lines += line + "\n";
        }
        return lines;
    }
    // What verify finds wrong.
    std::string findings() {
        std::string found;
        for (const auto& verified : suite_->verify({}))
            for (const auto& f : verified.findings)
                found += fmt::format("{}: {}: expected {}, found {}\n", verified.check, f.record, f.expected, f.found);
        return found;
    }

    const Date today = Date(2026, 6, 15);

private:
    std::vector<std::string>         modules_;
    std::filesystem::path            folder_{};
    std::optional<testing::Database> database_{};
    std::unique_ptr<Suite>           suite_{};
};

}  // namespace

TEST_CASE("verbs: the examples of all pages run side by side in one company, whose books are sound") {
    std::vector<std::string> modules;
    for (const auto& [page, module] : pages()) modules.push_back(module);
    REQUIRE(modules.size() == 21);
    Business business(modules);
    for (const auto& name : modules) {
        CAPTURE(name);
        const auto& all = business.suite().kernel().modules();
        const auto  one = std::ranges::find_if(all, [&](const auto& module) { return module.name == name; });
        REQUIRE(one != all.end());
        CHECK(one->refused == "");
    }
    CHECK(business.findings() == "");
}

TEST_CASE("verbs: the index names every page") {
    std::ifstream     file(TESSERA_SOURCE_DIR "/plugins/verbs/README.md");
    const std::string index{std::istreambuf_iterator<char>(file), {}};
    for (const auto& [page, module] : pages()) CHECK_MESSAGE(index.find("(" + page + ".md)") != index.npos, page);
}

TEST_CASE("verbs, entity: a record is completed or refused before it is kept, and not deleted while it must not be") {
    Business   business({"keyring"});
    const auto shed = business.create("keyring.key", R"({"label": "W-014", "opens": "Shed", "holder": "Ann Archer", "deposit": "20.00"})");
    CHECK(business.text("SELECT given_on FROM keyring_key") == "2026-06-15");
    CHECK(business.suite().list({}, "keyring.key", {.search = "archer"}).find("W-014") != std::string::npos);
    CHECK(business.refusal([&] { business.create("keyring.key", R"({"label": "W-015", "opens": "Gate", "deposit": "20.00"})"); }) ==
          "keyring.deposit_of_nobody");
    CHECK(business.refusal([&] { business.create("keyring.key", R"({"label": "W-014", "opens": "Gate"})"); }) == "kernel.duplicate");
    CHECK(business.refusal([&] { business.send({.verb = Verb::remove, .entity = "keyring.key", .id = shed}); }) == "keyring.still_out");
    CHECK(business.number("SELECT count(*) FROM keyring_key") == 1);
}

TEST_CASE("verbs, lines: a document is kept whole, and its total is the sum of its lines") {
    Business   business({"rentals"});
    const auto rental = business.create("rentals.rental", R"({"customer": "Ann Archer", "lines": [
        {"article": "Tent", "days": "3", "day_rate": "12.50"}, {"article": "Stove", "days": "1.5", "day_rate": "3.33"}]})");
    CHECK(business.number("SELECT total FROM rentals_rental") == 4250);  // 37.50 and 4.995, rounded to 5.00
    business.send({.verb   = Verb::change,
                   .entity = "rentals.rental",
                   .id     = rental,
                   .body   = R"({"lines": [{"article": "Boat", "days": "1", "day_rate": "30"}]})"});
    CHECK(business.text("SELECT article FROM rentals_rental_line") == "Boat");
    CHECK(business.number("SELECT total FROM rentals_rental") == 3000);
    business.send({.verb = Verb::remove, .entity = "rentals.rental", .id = rental});
    CHECK(business.number("SELECT count(*) FROM rentals_rental_line") == 0);
}

TEST_CASE("verbs, workflow: a step that is refused leaves the record in its state, and a step has its input and its reason") {
    Business   business({"repairs"});
    const auto radio = business.create("repairs.repair", R"({"device": "Radio", "estimate": "40.00"})");
    const auto state = [&] { return business.text("SELECT state FROM repairs_repair"); };
    CHECK(business.refusal([&] { business.move("repairs.repair", radio, "finish", R"({"price": "40.00"})"); }) == "kernel.wrong_state");
    business.move("repairs.repair", radio, "begin");
    CHECK(business.refusal([&] { business.move("repairs.repair", radio, "finish", R"({"price": "80.01"})"); }) ==
          "repairs.far_above_estimate");
    CHECK(business.refusal([&] { business.move("repairs.repair", radio, "finish"); }) == "kernel.required");
    CHECK(state() == "on_the_bench");
    business.move("repairs.repair", radio, "give_up", R"({"text": "No valves to be had"})");
    CHECK(state() == "given_up");
    CHECK(business.suite().history({}, "repairs.repair", radio).find(R"("reason":"No valves to be had")") != std::string::npos);
}

TEST_CASE("verbs, permission: who may not see a record does not, and who may do less is refused more") {
    Business    business({"applicants"});
    const auto  bo        = business.create("applicants.applicant", R"({"name": "Bo Bell"})");
    const Actor reader    = {.name = "reader", .permissions = Permissions::of({"applicants.read"})};
    const Actor recruiter = {.name        = "recruiter",
                             .permissions = Permissions::of({"applicants.see", "applicants.edit", "applicants.offer"})};
    CHECK(business.refusal([&] { business.suite().list(reader, "applicants.applicant", {}); }) == "kernel.not_permitted");
    CHECK(business.suite().list(recruiter, "applicants.applicant", {}).find("Bo Bell") != std::string::npos);
    const auto offer = [&](std::string body) {
        business.send({.verb       = Verb::transition,
                       .entity     = "applicants.applicant",
                       .id         = bo,
                       .body       = std::move(body),
                       .transition = "offer",
                       .info       = {.actor = recruiter}});
    };
    CHECK(business.refusal([&] { offer(R"({"salary": "5000.01"})"); }) == "applicants.salary_too_high");
    CHECK(business.refusal([&] { offer(R"({"salary": "5000.00"})"); }) == "");
    CHECK(business.text("SELECT name FROM access_role WHERE name = 'Recruiter'") == "Recruiter");
}

TEST_CASE("verbs, event-on: what a listener refuses is not posted, and what it writes belongs to the entry") {
    Business   business({"petty_cash"});
    const auto post = [&](const char* debit, const char* credit, const char* amount) {
        const auto account = [&](const char* code) {
            return business.value<std::int64_t>("SELECT id FROM financials_account WHERE code = :code", std::string(code));
        };
        const auto entry = business.create("financials.manual_entry", fmt::format(R"({{"date": "2026-06-15", "memo": "Cash", "lines": [
            {{"account": {}, "debit": "{}"}}, {{"account": {}, "credit": "{}"}}]}})",
                                                                                  account(debit), amount, account(credit), amount));
        business.move("financials.manual_entry", entry, "post");
    };
    post("1030", "1010", "50.00");
    CHECK(business.number("SELECT remaining FROM petty_cash_movement") == 5000);
    CHECK(business.refusal([&] { post("6050", "1030", "60.00"); }) == "petty_cash.empty");
    CHECK(business.number("SELECT count(*) FROM financials_journal_entry") == 1);
    post("6050", "1030", "50.00");
    CHECK(business.number("SELECT count(*) FROM petty_cash_movement") == 2);
    CHECK(business.findings() == "");
}

TEST_CASE("verbs, event-after: what follows a commit follows it, and only then") {
    Business   business({"tables"});
    const auto ann   = business.create("tables.booking", R"({"guest": "Ann", "evening": "2026-06-20", "seats": 2})");
    const auto bo    = business.create("tables.booking", R"({"guest": "Bo", "evening": "2026-06-20", "seats": 2})");
    const auto state = [&] { return business.text("SELECT state FROM tables_booking WHERE guest = 'Bo'"); };
    business.move("tables.booking", bo, "wait");
    business.move("tables.booking", ann, "cancel");
    CHECK(state() == "waiting");
    CHECK(business.suite().run_outbox() == 1);
    CHECK(state() == "offered");
    CHECK(business.suite().run_outbox() == 0);
}

TEST_CASE("verbs, service: who asks gets the answer, or its refusal") {
    Business business({"courier"});
    business.create("courier.zone", R"({"postal_code": "10115", "fee": "7.50"})");
    business.create("courier.ride", R"({"postal_code": "10115"})");
    CHECK(business.number("SELECT fee FROM courier_ride") == 750);
    CHECK(business.refusal([&] { business.create("courier.ride", R"({"postal_code": "99999"})"); }) == "courier.no_zone");
}

TEST_CASE("verbs, contribute: an entry is posted to the accounts that the accountant has given the roles") {
    Business   business({"travel"});
    const auto claim =
        business.create("travel.claim", R"({"traveller": "Ann", "purpose": "Fair", "travelled_on": "2026-06-10", "amount": "84.30"})");
    const auto approve = [&] { business.move("travel.claim", claim, "approve"); };
    CHECK(business.refusal(approve) == "financials.role_not_mapped");  // no account of the chart has a tag travel.tickets
    CHECK(business.text("SELECT state FROM travel_claim") == "open");
    business.create("financials.account_role_mapping",
                    fmt::format(R"({{"role": "travel.tickets", "account": {}}})",
                                business.number("SELECT id FROM financials_account WHERE code = '6050'")));
    approve();
    CHECK(business.report("financials.trial_balance", {{"as_of", "2026-06-30"}}) ==
          "2300 | Accrued expenses | 0.00 | 0.00 | 84.30 | -84.30\n"
          "6050 | Rent | 0.00 | 84.30 | 0.00 | 84.30\n");
    CHECK(business.findings() == "");
}

TEST_CASE("verbs, report: rows come by the parameters, totals with them, and a figure opens what it is made of") {
    Business business({"mileage"});
    business.create("mileage.trip", R"({"driver": "Ann", "purpose": "Fair", "driven_on": "2026-05-04", "kilometres": "120.5"})");
    business.create("mileage.trip", R"({"driver": "Ann", "purpose": "Customer", "driven_on": "2026-05-31", "kilometres": "30"})");
    business.create("mileage.trip", R"({"driver": "Bo", "purpose": "Fair", "driven_on": "2026-06-01", "kilometres": "10"})");
    CHECK(business.report("mileage.by_driver", {{"from", "2026-05-01"}, {"to", "2026-05-31"}}) == "Ann | 2 | 150.5 | 2026-05-31\n");
    CHECK(business.report("mileage.trips", {{"driver", "Bo"}}) == "3 | 2026-06-01 | Fair | 10\n");
    CHECK(business.refusal([&] { business.report("mileage.trips"); }) == "kernel.required");
}

TEST_CASE("verbs, job: it does its work once, however often it runs") {
    Business   business({"tool_loans"});
    const auto loan = [&](Date due) {
        business.create("tool_loans.loan", fmt::format(R"({{"tool": "Saw", "borrower": "Ann", "due_on": "{}"}})", due));
    };
    loan(Date::today().plus_days(-1));
    loan(Date::today());
    business.suite().run_job("tool_loans.overdue");
    business.suite().run_job("tool_loans.overdue");
    CHECK(business.number("SELECT count(*) FROM tool_loans_loan WHERE overdue_since IS NOT NULL") == 1);
    CHECK(business.number("SELECT max(version) FROM tool_loans_loan") == 2);
}

TEST_CASE("verbs, check: it finds what does not agree, and names it") {
    Business   business({"vouchers"});
    const auto voucher = business.create("vouchers.voucher", R"({"code": "SPRING", "worth": "50.00"})");
    business.move("vouchers.voucher", voucher, "redeem", R"({"amount": "12.40"})");
    CHECK(business.refusal([&] { business.move("vouchers.voucher", voucher, "redeem", R"({"amount": "37.61"})"); }) ==
          "vouchers.too_little");
    CHECK(business.findings() == "");
    business.suite().write({}, [](Transaction& tx) { testing::damage(tx, "UPDATE vouchers_voucher SET remaining = 3761"); });
    CHECK(business.findings() == "vouchers.remaining: voucher SPRING: expected 37.60, found 37.61\n");
}

TEST_CASE("verbs, balance: a command sees what it has added, and takes it back when it is refused") {
    Business   business({"hours"});
    const auto garden = business.create("hours.project", R"({"name": "Garden", "hours_a_month": "40"})");
    const auto work   = [&](const char* day, const char* hours) {
        return business.create("hours.work", fmt::format(R"({{"project": {}, "done_on": "{}", "hours": "{}"}})", garden, day, hours));
    };
    const auto first = work("2026-06-03", "30"), second = work("2026-06-30", "10.25"), next_month = work("2026-07-01", "10.25");
    business.move("hours.work", first, "book");
    CHECK(business.refusal([&] { business.move("hours.work", second, "book"); }) == "hours.more_than_agreed");
    business.move("hours.work", next_month, "book");
    CHECK(business.number("SELECT hours FROM hours_month_of_project WHERE month = '2026-06-01'") == 30'000'000);
    CHECK(business.number("SELECT hours FROM hours_month_of_project WHERE month = '2026-07-01'") == 10'250'000);
}

TEST_CASE("verbs, seed: a new company has what it begins with") {
    Business business({"rooms"});
    CHECK(business.number("SELECT seats FROM rooms_room WHERE name = 'Corner Shop, hall'") == 40);
    CHECK(business.number("SELECT count(*) FROM rooms_room") == 2);
}

TEST_CASE("verbs, schema: a table of one's own is kept with the records") {
    Business business({"visits"});
    business.create("visits.visit", R"({"badge": "7", "visitor": "Ann Archer", "came_on": "2026-06-01"})");
    business.create("visits.visit", R"({"badge": "7", "visitor": "Bo Bell"})");
    CHECK(business.report("visits.last") == "7 | Bo Bell | 2026-06-15\n");
}

TEST_CASE("verbs, record-view: a view of a record is one JSON object, exact to the cent") {
    Business   business({"machines"});
    const auto lathe =
        business.create("machines.machine", R"({"name": "Lathe", "bought_on": "2026-03-01", "price": "100.00", "years": 3})");
    CHECK(
        business.suite().record_view({}, "machines.machine", lathe, "plan") ==
        R"({"machine":"Lathe","years":[{"year":2026,"expense":"33.34"},{"year":2027,"expense":"33.33"},{"year":2028,"expense":"33.33"}]})");
    CHECK(business.suite().openapi().find("/machines/{id}/plan") != std::string::npos);
}

TEST_CASE("verbs, attachments: a step asks for a file, and adds one") {
    Business   business({"leases"});
    const auto lease = business.create("leases.lease", R"({"tenant": "Ann Archer", "premises": "Corner 4", "rent": "900.00"})");
    CHECK(business.refusal([&] { business.move("leases.lease", lease, "sign"); }) == "leases.no_paper");
    business.send({.verb       = Verb::attach,
                   .entity     = "leases.lease",
                   .id         = lease,
                   .body       = "%PDF-1.7",
                   .file_name  = "signed.pdf",
                   .media_type = "application/pdf"});
    business.move("leases.lease", lease, "sign");
    business.suite().read({}, [&](const Snapshot& tx) {
        const auto kept = attachments::of(tx, {"leases.lease", lease});
        REQUIRE(kept.size() == 2);
        CHECK(kept[0].name == "signed.pdf");
        CHECK(attachments::content(tx, kept[1].id) == "Ann Archer rents Corner 4 for 900.00 a month from 2026-06-15 on.\n");
    });
}

TEST_CASE("verbs, mail: a letter is written with what it tells of, and not without it") {
    Business   business({"courses"});
    const auto place = [&](const char* email) {
        return business.create(
            "courses.place",
            fmt::format(R"({{"course": "Baking", "participant": "Ann", "email": "{}", "begins_on": "2026-09-01"}})", email));
    };
    const auto good = place("ann@archer.example"), bad = place("ann at archer");
    business.move("courses.place", good, "give");
    CHECK(business.refusal([&] { business.move("courses.place", bad, "give"); }) == "mail.bad_address");
    CHECK(business.number("SELECT count(*) FROM mail_message") == 1);
    CHECK(business.text("SELECT subject FROM mail_message WHERE state = 'waiting'") == "Your place in Baking");
}

TEST_CASE("verbs, numbers: a command that is refused leaves no gap") {
    Business   business({"donations"});
    const auto donation = [&](const char* donor) {
        return business.create("donations.donation", fmt::format(R"({{"donor": "{}", "amount": "25.00"}})", donor));
    };
    const auto anonymous = donation("anonymous"), ann = donation("Ann"), bo = donation("Bo");
    business.move("donations.donation", ann, "receive");
    CHECK(business.refusal([&] { business.move("donations.donation", anonymous, "receive"); }) == "donations.no_donor");
    business.move("donations.donation", bo, "receive");
    CHECK(business.text("SELECT receipt FROM donations_donation WHERE donor = 'Bo'") == "DR-2026-00002");
}

TEST_CASE("verbs, sql: sets are asked for in SQL, and land in a struct") {
    Business   business({"laundry"});
    const auto wash = [&](const char* customer, const char* kilos, const char* price) {
        business.create("laundry.wash", fmt::format(R"({{"customer": "{}", "washed_on": "2026-06-15", "kilos": "{}", "price": "{}"}})",
                                                    customer, kilos, price));
    };
    const auto day = business.create("laundry.day", R"({"day": "2026-06-15"})");
    CHECK(business.refusal([&] { business.move("laundry.day", day, "count"); }) == "laundry.nothing_washed");
    wash("Ann", "4.5", "9.00");
    wash("Bo", "2", "12.00");
    wash("Ann", "1", "3.50");
    business.move("laundry.day", day, "count");
    CHECK(business.number("SELECT takings FROM laundry_day") == 2450);
    CHECK(business.number("SELECT kilos FROM laundry_day") == 7'500'000);
    CHECK(business.text("SELECT best_customer FROM laundry_day") == "Ann");  // 12.50
}

TEST_CASE("verbs, extension: another module's records have the fields, and are refused as they say") {
    Business   business({"shelf_life"});
    const auto product = [&](const char* number, const char* fields) {
        return business.create("catalog.product", fmt::format(R"({{"number": "{0}", "name": "{0}", "unit": "EA", {1}}})", number, fields));
    };
    product("MILK", R"("shelf_life_days": 14, "shelf_life_cool": true)");
    product("SALT", R"("shelf_life_cool": false)");
    CHECK(business.refusal([&] { product("FISH", R"("shelf_life_cool": true)"); }) == "shelf_life.days");
    CHECK(business.report("shelf_life.to_keep_cool") == "MILK | 14\n");
    CHECK(business.suite().list({}, "catalog.product", {.filters = {{"shelf_life_days", "lte", "20"}}}).find("MILK") != std::string::npos);
}

TEST_CASE("verbs, pages: a panel, a card and a page are offered to whoever may see what they show") {
    Business   business({"outings"});
    const auto park = business.create("outings.place", R"({"name": "Park"})");
    business.create("outings.outing", fmt::format(R"({{"place": {}, "day": "2026-06-15", "people": 4}})", park));
    CHECK(business.report("outings.people", {{"place", std::to_string(park)}}) == "Park | 4\n");
    const auto catalogue = business.suite().catalogue({});
    for (const auto* offered : {R"("name":"outings.of_place")", R"("name":"outings.people","title":"People this year")", R"("path":"outings/overview")"})
        CHECK_MESSAGE(catalogue.find(offered) != std::string::npos, offered);
}
