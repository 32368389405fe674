// Every morning: questions that were not answered by their day go to the next who has not had them.
#include <knowledge/question.h>

#include "people/declare.h"
#include "people/question_routing.h"

namespace knowledge {

namespace overdue_questions {

using tessera::JobRun;

void run(JobRun& job) {
    std::int64_t passed = 0;
    for (const auto id : job.ask<Id<Question>>([](const Snapshot& tx) { return tx.rows<Id<Question>>("SELECT id FROM knowledge_question WHERE state = 'asked' AND due_on < :today ORDER BY id", tx.today()); })) {
        if (job.should_stop()) return;
        bool handed = false;
        job.write([&](Transaction& tx) {
            auto question = tx.load(id);
            if (question.state != QuestionState::asked || question.due_on >= tx.today()) return;
            handed = hand_on(tx, question, fmt::format("Not answered by {}", question.due_on));
            if (handed) tx.save(question);
        });
        if (handed) job.tell(fmt::format("{} passed on", ++passed));
    }
}

}  // namespace overdue_questions

void declare_overdue_questions(tessera::Kernel& kernel) { kernel.job("knowledge.questions", "Pass on questions that wait too long", tessera::daily_at(6, 30), overdue_questions::run); }

}  // namespace knowledge
