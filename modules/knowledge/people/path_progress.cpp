// How far people are on the paths that are theirs.
#include <knowledge/transfer.h>

#include "people/declare.h"

namespace knowledge {

namespace path_progress {

using tessera::Parameters;

enum class Progress { understood, open, late };
constexpr auto names_of(Progress) { return tessera::names("understood", "open", "late"); }

struct Row {
    std::string  employee{}, path{}, title{};
    Date         due_on{}, understood_on{};
    Progress     progress    = Progress::open;
    std::int64_t employee_id = 0, asset_id = 0;
};

struct Found {
    std::string  employee{}, path{}, title{};
    Date         hired_on{};
    std::int64_t within_days = 0;
    Instant      understood_at{};
    std::int64_t employee_id = 0, asset_id = 0;
};

// Without an employee of those who began within a year.
constexpr auto steps_of_people = R"sql(
    SELECT e.name, p.name, a.title, e.hired_on, s.within_days,
           (SELECT min(r.read_at) FROM knowledge_reading r JOIN access_user u ON u.name = r.reader
             WHERE u.email = e.email AND r.asset = s.asset AND r.understood = 1), e.id, a.id
      FROM directory_employee e
      JOIN knowledge_path p ON p.active = 1 AND (p.job_title IS NULL OR p.job_title = e.job_title) AND (p.department IS NULL OR p.department = e.department)
      JOIN knowledge_path_step s ON s.document = p.id
      JOIN knowledge_asset a ON a.id = s.asset
     WHERE e.active = 1 AND e.hired_on IS NOT NULL AND e.hired_on <= :today AND (e.leaves_on IS NULL OR e.leaves_on > :today)
       AND (:employee IS NULL AND e.hired_on > :a_year_ago OR e.id = :employee)
     ORDER BY e.name, e.id, p.name, p.id, s.id)sql";

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto on = parameters.date("on");
    tx.each<Found>(steps_of_people, [&](const Found& found) {
        Row row{.employee = found.employee, .path = found.path, .title = found.title, .due_on = found.hired_on.plus_days(static_cast<int>(found.within_days)),
                .employee_id = found.employee_id, .asset_id = found.asset_id};
        if (!found.understood_at.empty()) row.understood_on = found.understood_at.date(), row.progress = Progress::understood;
        else row.progress = row.due_on < on ? Progress::late : Progress::open;
        emit(row);
    }, on, parameters.reference<Employee>("employee"), on.plus_days(-365));
}

}  // namespace path_progress

void declare_path_progress(tessera::Kernel& kernel) {
    using namespace tessera;
    using path_progress::Row;
    kernel.report<Row>("knowledge.path_progress", "How far new people are")
        .help("What the paths for new people have them read, by when, and what they have understood. Of those who began within a year, or of one employee")
        .parameter<Id<Employee>>("employee")
        .parameter<Date>("on", by_default("today"))
        .column("employee", &Row::employee, opens_record("directory.employee", "employee_id"))
        .column("path", &Row::path)
        .column("title", &Row::title, titled("To be read"), opens_record("knowledge.asset", "asset_id"))
        .column("due_on", &Row::due_on)
        .column("understood_on", &Row::understood_on)
        .column("progress", &Row::progress)
        .column("employee_id", &Row::employee_id, hidden)
        .column("asset_id", &Row::asset_id, hidden)
        .run(path_progress::answer);
}

}  // namespace knowledge
