// Two parties become one: what is re-pointed, what stays, and that the survivor shows both.
#include <crm/campaign.h>
#include <crm/people.h>
#include <financials/open_items.h>
#include <financials/manual_entry.h>
#include <sales/records.h>

#include "tests/customers.h"

namespace crm::tests {

namespace {

struct TwoAcmes : Customers {
    TwoAcmes() { again = company.insert(Party{.number = "ACME2", .name = "Acme Inc.", .supplier = true, .tax_number = "US123", .payment_days = 14, .email = "info@acme.example"}); }
    Id<Merge> draft(std::vector<MergeChoice> choices = {}) {
        return company.insert(Merge{.survivor = acme, .duplicate = again, .reason = "Entered twice", .choices = std::move(choices)});
    }
    void      merge(std::vector<MergeChoice> choices = {}) { company.transition(draft(std::move(choices)), "merge"); }
    std::string preview(Id<Merge> id) { return company.suite().record_view({}, "crm.merge", id.value, "preview"); }

    Id<Party> again{};
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("merge: the survivor keeps its values, takes what it lacks and what was chosen, and is whatever either was") {
    TwoAcmes two;
    two.merge({{.field = "payment_days", .take = Side::dropped}});
    const auto kept = two.company.load(two.acme);
    CHECK(kept.name == "Acme");
    CHECK(kept.number == "ACME");
    CHECK(kept.email == "info@acme.example");
    CHECK(kept.tax_number == "US123");
    CHECK(kept.payment_days == 14);
    CHECK(kept.customer);
    CHECK(kept.supplier);
    const auto dropped = two.company.load(two.again);
    CHECK(!dropped.active);
    CHECK(two.company.value<std::int64_t>("SELECT crm_merged_into FROM directory_party WHERE number = 'ACME2'") == two.acme.value);
}

TEST_CASE("merge: what is worked on names the survivor, what is written stays, and the timeline tells both") {
    TwoAcmes   two;
    const auto ben     = two.company.insert(Contact{.party = two.again, .name = "Ben"});
    const auto address = two.company.insert(directory::Address{.party = two.again, .city = "Seattle"});
    const auto planned = two.company.insert(Activity{.kind = "call", .subject = "Planned", .party = two.again});
    const auto done    = two.company.insert(Activity{.kind = "call", .subject = "Done", .party = two.again});
    two.company.transition(done, "done");
    const auto account = *two.company.value<Id<financials::Account>>("SELECT min(id) FROM financials_account WHERE postable = 1");
    const auto draft   = two.company.insert(
          financials::ManualEntry{.date = "2026-06-15"_date, .memo = "Draft", .lines = {{.account = account, .debit = two.company.money("5"), .party = two.again}}});
    two.add("2026-01-01", "note", "Of the first");

    const auto consent = two.company.insert(Consent{.party = two.again, .source = "Web form"});

    const auto merge = two.draft();
    const auto seen  = two.preview(merge);
    CHECK(has(seen, R"({"entity":"directory.contact","title":"Contacts","field":"party","moved":1,"stays":0})"));
    CHECK(has(seen, R"({"entity":"crm.activity","title":"Activities","field":"party","moved":1,"stays":1})"));
    CHECK(has(seen, R"({"entity":"crm.touchpoint","title":"Touchpoints","field":"party","moved":0,"stays":1})"));
    CHECK(has(seen, R"({"field":"name","label":"Name","kept":"Acme","dropped":"Acme Inc.","take":"kept"})"));
    CHECK(has(seen, R"("obstacles":[])"));
    two.company.transition(merge, "merge");

    CHECK(two.company.load(ben).party == two.acme);
    CHECK(two.company.load(consent).party == two.again);
    two.company.read([&](const Snapshot& tx) { CHECK(tx.service<ContactRights>().has_consent(tx, two.acme, {}, ConsentChannel::email, "2026-12-31"_date)); });
    CHECK(two.company.load(address).party == two.acme);
    CHECK(two.company.load(planned).party == two.acme);
    CHECK(two.company.load(done).party == two.again);
    CHECK(two.company.load(draft).lines.front().party == two.acme);
    CHECK(two.timeline() == "2026-06-15 call outbound Done\n2026-01-01 note inbound Of the first\n");
    CHECK(has(two.company.report("crm.party_records", {{"party", "Acme"}}), "Activities | Party | 1 | Acme\nActivities | Party | 1 | Acme Inc.\n"));
    CHECK(two.company.verify() == "");
}

TEST_CASE("merge: what was merged before goes on with the survivor") {
    TwoAcmes   two;
    const auto third = two.company.insert(Party{.number = "ACME3", .name = "Acme third"});
    two.add("2026-01-03", "note", "Of the third", third);
    two.company.run([&](Transaction& tx) { tx.transition(tx.insert(Merge{.survivor = two.again, .duplicate = third}), "merge"); });
    two.merge();
    CHECK(two.timeline() == "2026-01-03 note inbound Of the third\n");
    CHECK(two.company.value<std::int64_t>("SELECT count(*) FROM directory_party WHERE crm_merged_into = :keep", two.acme) == 2);
}

TEST_CASE("merge: what is open is settled first, and nothing is half done") {
    TwoAcmes two;
    two.company.run([&](Transaction& tx) {
        financials::JournalEntry entry{.date = "2026-06-15"_date, .memo = "Bill", .source = {"directory.party", 1, 0}};
        const auto amount = tx.books().money("10");
        entry.lines       = {financials::debit("financials.bank", amount), financials::credit("financials.payable", amount, two.again)};
        tx.service<financials::Ledger>().post(tx, entry);
        tx.service<financials::OpenItems>().open(
            tx, {.party = two.again, .document = "B-1", .date = entry.date, .due_on = entry.date, .amount = amount, .source_entity = "directory.party", .source_id = 1});
    }, "2026-06-15"_date);
    const auto merge = two.draft();
    CHECK(has(two.preview(merge), R"("obstacles":["Settle what is open with Acme Inc.: 1 item, the first B-1."])"));
    CHECK(two.refusal([&] { two.company.transition(merge, "merge"); }) == "crm.not_to_be_merged");
    CHECK(two.company.load(two.again).active);
    CHECK(two.company.load(merge).state == MergeState::draft);
    CHECK(two.company.report("crm.party_items", {{"party", "Acme Inc."}}) ==
          "B-1 |  | 2026-06-15 | 2026-06-15 | USD | 10.00 | 10.00 | Acme Inc.\n=  |  |  |  |  | 10.00 | 10.00 | \n");
}

TEST_CASE("merge: what is being sold to the duplicate is finished first") {
    TwoAcmes   two;
    const auto unit   = *two.company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
    const auto tuning = two.company.insert(
        catalog::Product{.number = "TUNE", .name = "Tuning", .unit = unit, .stocked = false, .saleable = true, .list_price = tessera::UnitPrice::parse("40")});
    two.company.run([&](Transaction& tx) {
        auto party     = tx.load(two.again);
        party.customer = true;
        tx.save(party);
    });
    const auto order = two.company.insert(sales::Order{.customer = two.again, .lines = {{.product = tuning, .quantity = Quantity::of(1)}}});
    two.company.transition(order, "confirm");
    CHECK(has(two.preview(two.draft()), "Finish what is being sold to Acme Inc.: 1 order, the first SO-2026-00001."));
    CHECK(two.refusal([&] { two.merge(); }) == "crm.not_to_be_merged");
    struct Why { std::string reason{}; static void describe(tessera::Fields<Why>& f) { f.field("reason", &Why::reason); } };
    two.run_transition(order, "close", Why{"Not wanted any more"});
    two.merge();
    CHECK(two.company.load(order).customer == two.again);
}

TEST_CASE("merge: what cannot be merged, and what cannot be chosen") {
    TwoAcmes two;
    CHECK(two.company.refusal([&](Transaction& tx) { tx.insert(Merge{.survivor = two.acme, .duplicate = two.acme}); }) == "crm.same_party");
    CHECK(two.refusal([&] { two.draft({{.field = "number"}}); }) == "crm.no_such_field");
    CHECK(two.refusal([&] { two.draft({{.field = "shoe_size"}}); }) == "crm.no_such_field");
    const auto second = two.draft();
    two.merge();
    CHECK(two.refusal([&] { two.company.transition(second, "merge"); }) == "crm.not_to_be_merged");
    CHECK(two.company.refusal([&](Transaction& tx) {
        auto party   = tx.load(two.again);
        party.active = true;
        tx.save(party);
    }) == "crm.party_is_merged");
}

TEST_CASE("merge: a record that its module will not have re-pointed stops all of it") {
    TwoAcmes   two;
    const auto ben = two.company.insert(Contact{.name = "Ben"});
    two.company.insert(Relationship{.contact = ben, .party = two.acme, .role = "Buyer"});
    two.company.insert(Relationship{.contact = ben, .party = two.again, .role = "Buyer"});
    CHECK(two.refusal([&] { two.merge(); }) == "crm.cannot_move");
    CHECK(two.company.load(two.again).active);
}

TEST_CASE("merge: erasing the survivor erases what was merged into it") {
    TwoAcmes two;
    const auto note = two.add("2026-01-01", "note", "Private", two.again);
    two.merge();
    two.company.suite().erase({.name = "erase", .reason = "Asked for"}, "directory.party", two.acme.value);
    CHECK(two.company.load(note).subject == fmt::format("Erased {}", note));
}

TEST_CASE("people: who is what at a party on a day, the main contact first") {
    Customers  shop;
    const auto ben = shop.company.insert(Contact{.party = shop.acme, .name = "Ben", .role = "Founder"});
    const auto eva = shop.company.insert(Contact{.name = "Eva"});
    shop.company.insert(Relationship{.contact = eva, .party = shop.acme, .role = "Buyer", .ends_on = "2026-03-31"_date, .main_contact = true});
    const auto refused = [&](Relationship r) { return shop.company.refusal([&](Transaction& tx) { tx.insert(r); }); };
    CHECK(shop.company.report("crm.people", {{"party", "Acme"}, {"as_of", "2026-03-31"}}) ==
          "Eva | Buyer | true |  | 2026-03-31 |  |  | Acme\nBen | Founder | false |  |  |  |  | Acme\n");
    CHECK(shop.company.report("crm.people", {{"party", "Acme"}, {"as_of", "2026-04-01"}}) == "Ben | Founder | false |  |  |  |  | Acme\n");
    CHECK(refused({.contact = ben, .party = shop.acme, .role = "Owner", .starts_on = "2026-03-31"_date, .main_contact = true}) == "crm.one_main_contact");
    CHECK(refused({.contact = ben, .party = shop.acme, .role = "Owner", .starts_on = "2026-04-01"_date, .main_contact = true}) == "");
    CHECK(refused({.contact = eva, .party = shop.acme, .role = "Buyer", .starts_on = "2026-01-01"_date}) == "crm.has_role_already");
    CHECK(refused({.contact = eva, .party = shop.acme, .role = "Adviser", .starts_on = "2026-02-01"_date, .ends_on = "2026-01-01"_date}) == "crm.ends_before_it_begins");
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.service<Timeline>().add(tx, {.party = shop.acme, .contact = eva, .kind = "note", .subject = "x"}); }) == "");
}

}  // namespace crm::tests
