#include "tests/office.h"

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

ManualEntry rent(Office& office, std::string_view credit_account = "1010", std::string_view amount = "900.00") {
    ManualEntry entry{.date = "2026-01-31"_date, .memo = "Rent January"};
    entry.lines = {{.account = office.account("6050"), .debit = office.usd("900.00")},
                   {.account = office.account(credit_account), .credit = office.usd(amount)}};
    return entry;
}

}  // namespace

TEST_CASE("manual entry: draft, posted, reversed") {
    Office     office;
    const auto id = office.company.insert(rent(office));
    CHECK(office.balance("6050") == "0.00");
    office.company.transition(id, "post");
    const auto posted = office.company.load(id);
    CHECK(posted.number == "ME-2026-00001");
    CHECK(office.company.load(posted.entry).source_entity == "financials.manual_entry");
    CHECK(office.balance("6050") == "900.00");
    CHECK(office.company.refusal([&](Transaction& tx) { tx.remove(id); }) == "financials.entry_posted");
    office.move(id, "reverse", R"({"date":"2026-02-01","reason":"Paid twice"})");
    CHECK(office.balance("6050") == "0.00");
    CHECK(office.company.load(id).state == ManualEntryState::reversed);
    CHECK(office.company.verify() == "");
}

TEST_CASE("manual entry: control accounts, one-sided lines and unbalanced entries are refused") {
    Office     office;
    const auto post = [&](ManualEntry entry) {
        return office.company.refusal([&](Transaction& tx) {
            tx.insert(entry);
            tx.transition(entry.id, "post");
        });
    };
    CHECK(post(rent(office, "2010")) == "financials.control_account");
    CHECK(post(rent(office, "1010", "899.00")) == "financials.entry_unbalanced");
    auto both            = rent(office);
    both.lines[0].credit = office.usd("1.00");
    CHECK(post(both) == "financials.one_side");
    CHECK(post({.date = "2026-01-31"_date, .memo = "Nothing"}) == "financials.no_lines");
    CHECK(office.company.value<std::int64_t>("SELECT count(*) FROM financials_manual_entry") == 0);
}

TEST_CASE("manual entry: accounts may be named by code, as an import does") {
    Office        office;
    RecordCommand command{
        .verb = RecordCommand::Verb::create, .entity = "financials.manual_entry", .transition = "post"};
    command.body =
        R"({"date":"2026-01-31","memo":"Rent","lines":[{"account":"6050","debit":"9.00"},{"account":"1010","credit":"9.00"}]})";
    office.company.suite().run(command);
    CHECK(office.balance("6050") == "9.00");
}
