#include <crm/people.h>

#include "declare.h"
#include "services/party_family.h"

namespace crm {

namespace people_report {

struct Row {
    std::string  contact{};
    std::string  role{};
    bool         main_contact = false;
    Date         starts_on{};
    Date         ends_on{};
    std::string  email{};
    std::string  phone{};
    std::string  party{};
    std::int64_t contact_id = 0, party_id = 0;
};

// Those who have a role there on the day, and those who belong there without one.
constexpr auto query = R"sql(
    SELECT c.name, r.role, r.main_contact, r.starts_on, r.ends_on, c.email, c.phone, p.name, c.id, p.id
      FROM crm_relationship r JOIN directory_contact c ON c.id = r.contact JOIN directory_party p ON p.id = r.party
     WHERE r.party = :party AND (r.starts_on IS NULL OR r.starts_on <= :as_of) AND (r.ends_on IS NULL OR r.ends_on >= :as_of)
    UNION ALL
    SELECT c.name, c.role, 0, NULL, NULL, c.email, c.phone, p.name, c.id, p.id
      FROM directory_contact c JOIN directory_party p ON p.id = c.party
     WHERE c.party = :party AND c.active = 1 AND NOT EXISTS (SELECT 1 FROM crm_relationship r WHERE r.contact = c.id AND r.party = :party)
     ORDER BY 3 DESC, 1, 9)sql";

void answer(const Snapshot& tx, const tessera::Parameters& p, const std::function<void(const Row&)>& emit) {
    for (const auto party : family_of(tx, p.reference<Party>("party"))) tx.each<Row>(query, emit, party, p.date("as_of"));
}

}  // namespace people_report

void declare_people_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using people_report::Row;
    kernel.report<Row>("crm.people", "People of a party")
        .help("Who is what at a party on a day, the main contact first; those who belong to it without a role as well")
        .parameter<Id<Party>>("party", required)
        .parameter<Date>("as_of", by_default("today"))
        .column("contact", &Row::contact, opens_record("directory.contact", "contact_id"))
        .column("role", &Row::role)
        .column("main_contact", &Row::main_contact)
        .column("starts_on", &Row::starts_on)
        .column("ends_on", &Row::ends_on)
        .column("email", &Row::email)
        .column("phone", &Row::phone)
        .column("party", &Row::party, opens_record("directory.party", "party_id"))
        .column("contact_id", &Row::contact_id, hidden)
        .column("party_id", &Row::party_id, hidden)
        .run(people_report::answer);
    kernel.panel("crm.party_people", "directory.party", "People", report_view("crm.people", {{"party", "=id"}}));
}

}  // namespace crm
