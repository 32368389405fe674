#include "people/question_routing.h"

#include "people/expert_finder.h"

#include <tessera/mail.h>

#include <algorithm>

namespace knowledge {

namespace question_routing {

bool had_it(const Question& question, Id<Employee> employee) {
    return std::ranges::any_of(question.turns, [&](const QuestionTurn& turn) { return turn.expert == employee; });
}

Id<Employee> lead_of(const Snapshot& tx, const Question& question, const std::map<Id<Employee>, Expert>& people) {
    std::size_t steps = 0;
    for (auto topic = tx.find(question.topic); topic && steps < 100; topic = tx.find(topic->parent), ++steps) {
        const auto lead = people.find(topic->lead);
        if (lead != people.end() && lead->second.can_be_asked && topic->lead != question.asker && !had_it(question, topic->lead)) return topic->lead;
    }
    return {};
}

void tell(Transaction& tx, const std::string& number) {
    const auto question = tx.first<Question>("number = :number ORDER BY id", number);
    const auto person   = question ? tx.find(question->expert) : std::nullopt;
    if (!person || !tessera::mail::is_address(person->email)) return;
    tessera::mail::send(tx,
                        {.recipient      = person->email,
                         .recipient_name = person->name,
                         .subject        = fmt::format("Question {}, to be answered by {}", number, question->due_on),
                         .text           = question->text},
                        tx.source_of(*question));
}

}  // namespace question_routing

Id<Employee> next_expert(const Snapshot& tx, const Question& question) {
    const auto day = tx.today();
    for (const auto& expert : tx.service<ExpertFinder>().of(tx, question.topic, day, question.language))
        if (expert.can_be_asked && expert.employee != question.asker && !question_routing::had_it(question, expert.employee)) return expert.employee;
    return question_routing::lead_of(tx, question, people_on(tx, day, question.language));
}

void hand_to(Transaction& tx, Question& question, Id<Employee> expert) {
    question.expert = expert;
    if (!expert) return;
    question.turns.push_back({.expert = expert, .asked_on = tx.today()});
    tx.before_commit("knowledge.question " + question.number, [number = question.number](Transaction& at_end) { question_routing::tell(at_end, number); });
}

bool hand_on(Transaction& tx, Question& question, const std::string& reason) {
    const auto next = next_expert(tx, question);
    if (!next) return false;
    if (!question.turns.empty() && question.turns.back().passed_on.empty()) {
        question.turns.back().passed_on = tx.today();
        question.turns.back().reason    = reason;
    }
    question.due_on = tx.today().plus_days(days_to_answer);
    hand_to(tx, question, next);
    return true;
}

}  // namespace knowledge
