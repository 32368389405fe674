// Which reviews are open, and which of their actions.
#include <knowledge/review.h>

#include "lessons/declare.h"

namespace knowledge {

namespace review_reports {

struct ReviewRow {
    std::string  title{}, owner{};
    Date         asked_on{}, due_on{};
    std::int64_t days_late = 0, answered = 0, actions = 0;
    std::int64_t review_id = 0;
};
constexpr auto reviews_sql = R"sql(
    SELECT r.title, e.name, r.asked_on, r.due_on, 0,
           CASE WHEN r.planned IS NULL THEN 0 ELSE 1 END + CASE WHEN r.actual IS NULL THEN 0 ELSE 1 END + CASE WHEN r.why IS NULL THEN 0 ELSE 1 END +
           CASE WHEN r.next_time IS NULL THEN 0 ELSE 1 END,
           (SELECT count(*) FROM knowledge_review_action a WHERE a.document = r.id AND a.done_on IS NULL), r.id
      FROM knowledge_review r LEFT JOIN directory_employee e ON e.id = r.owner
     WHERE r.state = 'open' AND (:owner IS NULL OR r.owner = :owner)
     ORDER BY r.due_on, r.id)sql";

void reviews(const Snapshot& tx, const tessera::Parameters& parameters, const std::function<void(const ReviewRow&)>& emit) {
    const auto on = parameters.date("on");
    tx.each<ReviewRow>(reviews_sql, [&](ReviewRow& row) {
        row.days_late = std::max<std::int64_t>(0, on - row.due_on);
        emit(row);
    }, parameters.reference<Employee>("owner"));
}

struct ActionRow {
    std::string  text{}, employee{}, title{};
    Date         due_on{};
    std::int64_t days_late = 0, review_id = 0;
};
constexpr auto actions_sql = R"sql(
    SELECT a.text, e.name, r.title, a.due_on, 0, r.id
      FROM knowledge_review_action a JOIN knowledge_review r ON r.id = a.document LEFT JOIN directory_employee e ON e.id = a.employee
     WHERE a.done_on IS NULL AND r.state <> 'waived' AND (:employee IS NULL OR a.employee = :employee)
     ORDER BY CASE WHEN a.due_on IS NULL THEN 1 ELSE 0 END, a.due_on, a.id)sql";

void actions(const Snapshot& tx, const tessera::Parameters& parameters, const std::function<void(const ActionRow&)>& emit) {
    const auto on = parameters.date("on");
    tx.each<ActionRow>(actions_sql, [&](ActionRow& row) {
        row.days_late = row.due_on.empty() ? 0 : std::max<std::int64_t>(0, on - row.due_on);
        emit(row);
    }, parameters.reference<Employee>("employee"));
}

}  // namespace review_reports

void declare_review_reports(tessera::Kernel& kernel) {
    using namespace tessera;
    using namespace review_reports;
    kernel.report<ReviewRow>("knowledge.open_reviews", "Reviews that are open")
        .help("What has come to an end and is to be reviewed, the first due first")
        .parameter<Id<Employee>>("owner")
        .parameter<Date>("on", by_default("today"))
        .column("title", &ReviewRow::title, titled("Of"), opens_record("knowledge.review", "review_id"))
        .column("owner", &ReviewRow::owner)
        .column("asked_on", &ReviewRow::asked_on)
        .column("due_on", &ReviewRow::due_on)
        .column("days_late", &ReviewRow::days_late)
        .column("answered", &ReviewRow::answered, meaning("Of the four questions"))
        .column("actions", &ReviewRow::actions, meaning("That are not done"))
        .column("review_id", &ReviewRow::review_id, hidden)
        .run(reviews);
    kernel.report<ActionRow>("knowledge.open_actions", "Actions of reviews that are open")
        .help("What reviews have led to and is not done, the first due first")
        .parameter<Id<Employee>>("employee")
        .parameter<Date>("on", by_default("today"))
        .column("text", &ActionRow::text, titled("Action"), opens_record("knowledge.review", "review_id"))
        .column("employee", &ActionRow::employee)
        .column("title", &ActionRow::title, titled("Review of"))
        .column("due_on", &ActionRow::due_on)
        .column("days_late", &ActionRow::days_late)
        .column("review_id", &ActionRow::review_id, hidden)
        .run(actions);
}

}  // namespace knowledge
