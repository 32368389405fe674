#include <crm/activity.h>

#include "declare.h"

namespace crm {

namespace activity_reports {

struct Row {
    Date          due_on{};
    std::string   due_time{};
    std::string   kind{};
    std::string   subject{};
    std::string   owner{};
    std::string   party{};
    std::string   contact{};
    ActivityState state = ActivityState::planned;
    std::int64_t  days_late = 0;
    std::int64_t  activity_id = 0, owner_id = 0, party_id = 0, contact_id = 0;
};

struct Found {
    Date          due_on{}, done_on{};
    std::string   due_time{}, kind{}, subject{}, owner{}, party{}, contact{};
    ActivityState state = ActivityState::planned;
    std::int64_t  activity_id = 0, owner_id = 0, party_id = 0, contact_id = 0;
};

const std::string columns = R"sql(
    SELECT a.due_on, a.done_on, a.due_time, a.kind, a.subject, e.name, p.name, c.name, a.state, a.id, a.owner, a.party, a.contact
      FROM crm_activity a
      LEFT JOIN directory_employee e ON e.id = a.owner
      LEFT JOIN directory_party p ON p.id = a.party
      LEFT JOIN directory_contact c ON c.id = a.contact)sql";

const std::string calendar = columns + R"sql(
     WHERE a.due_on >= :from AND a.due_on <= :to AND (:owner IS NULL OR a.owner = :owner) AND a.state <> 'cancelled'
     ORDER BY a.due_on, coalesce(a.due_time, '24:00'), a.id)sql";
const std::string overdue  = columns + R"sql(
     WHERE a.state = 'planned' AND a.due_on < :as_of AND (:owner IS NULL OR a.owner = :owner)
     ORDER BY a.due_on, coalesce(a.due_time, '24:00'), a.id)sql";

// Late is what waits behind its day, and what was done behind it.
Row row_of(const Found& f, Date as_of) {
    const auto until = f.state == ActivityState::done ? f.done_on : as_of;
    return {f.due_on, f.due_time, f.kind, f.subject, f.owner, f.party, f.contact, f.state, std::max<std::int64_t>(0, until - f.due_on),
            f.activity_id, f.owner_id, f.party_id, f.contact_id};
}

void with_columns(tessera::ReportBuilder<Row>& report) {
    using namespace tessera;
    report.column("due_on", &Row::due_on)
        .column("due_time", &Row::due_time, titled("At"))
        .column("kind", &Row::kind)
        .column("subject", &Row::subject, opens_record("crm.activity", "activity_id"))
        .column("owner", &Row::owner, opens_record("directory.employee", "owner_id"))
        .column("party", &Row::party, opens_record("directory.party", "party_id"))
        .column("contact", &Row::contact, opens_record("directory.contact", "contact_id"))
        .column("state", &Row::state)
        .column("days_late", &Row::days_late)
        .column("activity_id", &Row::activity_id, hidden)
        .column("owner_id", &Row::owner_id, hidden)
        .column("party_id", &Row::party_id, hidden)
        .column("contact_id", &Row::contact_id, hidden);
}

void declare_calendar(tessera::Kernel& kernel) {
    using namespace tessera;
    auto&& report = kernel.report<Row>("crm.calendar", "Calendar of activities");
    report.help("What was and is to be done, day by day, of one employee or of all")
        .parameter<Date>("from", by_default("today"))
        .parameter<Date>("to", help("A week from the first day when left out"))
        .parameter<Id<Employee>>("owner")
        .parameter<Date>("as_of", by_default("today"), help("What waits is late as seen from this day"))
        .run([](const Snapshot& tx, const Parameters& p, const auto& emit) {
            const auto from = p.date("from"), to = p.given("to") ? p.date("to") : from.plus_days(6);
            tx.each<Found>(calendar, [&](const Found& f) { emit(row_of(f, p.date("as_of"))); }, from, to, p.reference<Employee>("owner"));
        });
    with_columns(report);
}

void declare_overdue(tessera::Kernel& kernel) {
    using namespace tessera;
    auto&& report = kernel.report<Row>("crm.overdue_activities", "Overdue activities");
    report.help("What should have been done before a day and is still planned, the longest overdue first")
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Id<Employee>>("owner")
        .run([](const Snapshot& tx, const Parameters& p, const auto& emit) {
            const auto as_of = p.date("as_of");
            tx.each<Found>(overdue, [&](const Found& f) { emit(row_of(f, as_of)); }, as_of, p.reference<Employee>("owner"));
        });
    with_columns(report);
}

}  // namespace activity_reports

void declare_activity_reports(tessera::Kernel& kernel) {
    activity_reports::declare_calendar(kernel);
    activity_reports::declare_overdue(kernel);
    kernel.card("crm.overdue", "Overdue activities", tessera::report_view("crm.overdue_activities"));
}

}  // namespace crm
