// Which questions wait, and how long answers take.
#include <knowledge/question.h>

#include <algorithm>
#include <map>

#include "measured/share.h"
#include "people/declare.h"

namespace knowledge {

namespace question_reports {

using tessera::Parameters;
using tessera::Percent;

struct WaitingRow {
    std::string   number{}, text{}, topic{}, asker{}, expert{};
    QuestionState state = QuestionState::asked;
    Date          asked_on{}, due_on{};
    std::int64_t  days_late = 0, turns = 0, question_id = 0;
};
constexpr auto waiting_sql = R"sql(
    SELECT q.number, q.text, t.name, a.name, e.name, q.state, q.asked_on, q.due_on, 0, (SELECT count(*) FROM knowledge_question_turn n WHERE n.document = q.id), q.id
      FROM knowledge_question q
      JOIN knowledge_topic t ON t.id = q.topic
      LEFT JOIN directory_employee a ON a.id = q.asker
      LEFT JOIN directory_employee e ON e.id = q.expert
     WHERE q.state IN ('asked', 'answered') AND (:topic IS NULL OR q.topic = :topic) AND (:expert IS NULL OR q.expert = :expert)
     ORDER BY CASE WHEN q.state = 'asked' THEN 0 ELSE 1 END, q.due_on, q.id)sql";

void waiting(const Snapshot& tx, const Parameters& parameters, const std::function<void(const WaitingRow&)>& emit) {
    const auto on = parameters.date("on");
    tx.each<WaitingRow>(waiting_sql, [&](WaitingRow& row) {
        row.days_late = row.state == QuestionState::asked ? std::max<std::int64_t>(0, on - row.due_on) : 0;
        emit(row);
    }, parameters.reference<Topic>("topic"), parameters.reference<Employee>("expert"));
}

enum class By { topic, expert };
constexpr auto names_of(By) { return tessera::names("topic", "expert"); }

struct TimesRow {
    std::string                 name{};
    std::int64_t                questions = 0, answered = 0, accepted = 0, passed_on = 0;
    std::optional<std::int64_t> median_days{};
    std::optional<Percent>      accepted_share{};
};
struct Asked {
    std::string   topic{}, expert{};
    QuestionState state = QuestionState::asked;
    Date          asked_on{}, answered_on{};
    std::int64_t  turns = 0;
};
constexpr auto times_sql = R"sql(
    SELECT t.name, e.name, q.state, q.asked_on, q.answered_on, (SELECT count(*) FROM knowledge_question_turn n WHERE n.document = q.id)
      FROM knowledge_question q
      JOIN knowledge_topic t ON t.id = q.topic
      LEFT JOIN directory_employee e ON e.id = q.expert
     WHERE (:from IS NULL OR q.asked_on >= :from) AND (:to IS NULL OR q.asked_on <= :to)
     ORDER BY q.id)sql";

struct Times {
    TimesRow                  row{};
    std::vector<std::int64_t> days{};
};

// The lower of the two in the middle, so that it is a number of days that there was.
std::optional<std::int64_t> median(std::vector<std::int64_t> days) {
    if (days.empty()) return std::nullopt;
    const auto middle = days.begin() + static_cast<std::ptrdiff_t>((days.size() - 1) / 2);
    std::ranges::nth_element(days, middle);
    return *middle;
}

void times(const Snapshot& tx, const Parameters& parameters, const std::function<void(const TimesRow&)>& emit) {
    const auto                   by = parameters.choice<By>("by").value_or(By::topic);
    std::map<std::string, Times> all;
    tx.each<Asked>(times_sql, [&](const Asked& asked) {
        auto& [row, days] = all[by == By::topic ? asked.topic : asked.expert];
        ++row.questions;
        row.passed_on += std::max<std::int64_t>(0, asked.turns - 1);
        row.accepted += asked.state == QuestionState::accepted;
        if (asked.answered_on.empty()) return;
        ++row.answered;
        days.push_back(asked.answered_on - asked.asked_on);
    }, parameters.date("from"), parameters.date("to"));
    for (auto& [name, one] : all) {
        one.row.name           = name.empty() ? "nobody" : name;
        one.row.median_days    = median(std::move(one.days));
        one.row.accepted_share = share_of(one.row.accepted, one.row.answered).share;
        emit(one.row);
    }
}

}  // namespace question_reports

void declare_question_reports(tessera::Kernel& kernel) {
    using namespace tessera;
    using namespace question_reports;
    kernel.report<WaitingRow>("knowledge.waiting_questions", "Questions that wait")
        .help("For an answer, or for whoever asked to accept it; the first due first")
        .parameter<Id<Topic>>("topic")
        .parameter<Id<Employee>>("expert", tessera::help("Who is asked"))
        .parameter<Date>("on", by_default("today"))
        .column("number", &WaitingRow::number, opens_record("knowledge.question", "question_id"))
        .column("text", &WaitingRow::text, titled("Question"))
        .column("topic", &WaitingRow::topic)
        .column("asker", &WaitingRow::asker)
        .column("expert", &WaitingRow::expert, titled("Asked of"))
        .column("state", &WaitingRow::state)
        .column("asked_on", &WaitingRow::asked_on)
        .column("due_on", &WaitingRow::due_on)
        .column("days_late", &WaitingRow::days_late)
        .column("turns", &WaitingRow::turns, meaning("How many have had it"))
        .column("question_id", &WaitingRow::question_id, hidden)
        .run(waiting);
    kernel.report<TimesRow>("knowledge.answer_times", "How long answers take")
        .help("Questions that were asked in a time, how many were answered and accepted, how often they were passed on, and after how many days half of the answers were there")
        .parameter<By>("by", by_default("topic"))
        .parameter<Date>("from", tessera::help("First day on which they were asked"))
        .parameter<Date>("to", tessera::help("Last day"))
        .column("name", &TimesRow::name)
        .column("questions", &TimesRow::questions, total)
        .column("answered", &TimesRow::answered, total)
        .column("accepted", &TimesRow::accepted, total)
        .column("passed_on", &TimesRow::passed_on, total)
        .column("median_days", &TimesRow::median_days)
        .column("accepted_share", &TimesRow::accepted_share, titled("Accepted, percent"), meaning("Of the answers"))
        .run(times);
}

}  // namespace knowledge
