#include <knowledge/question.h>

#include "named_record.h"
#include "people/declare.h"
#include "people/question_routing.h"

namespace knowledge {

namespace question_entity {

using tessera::Refused;

void complete(Transaction& tx, Question& question) {
    if (!question.number.empty() || question.text.empty() || !question.topic) return;
    if (question.entity.empty() != (question.record == 0))
        throw Refused("knowledge.half_a_record", "To ask about a record, give both its kind and its id, or neither.").with_status(422).with_field("record");
    if (question.record) require_named(tx, "ask about a record", {question.entity, question.record}, {});
    if (!question.asker) question.asker = tx.service<directory::Staff>().acting(tx);
    question.asked_on = tx.today();
    if (question.due_on.empty()) question.due_on = question.asked_on.plus_days(days_to_answer);
    if (question.due_on < question.asked_on)
        throw Refused("knowledge.due_in_the_past", "To ask, give a day from {} on by which you need the answer.", question.asked_on).with_status(422).with_field("due_on");
    question.number = tx.number("KQ", question.asked_on);
    hand_to(tx, question, next_expert(tx, question));
}

}  // namespace question_entity

void declare_question(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<QuestionTurn>("knowledge.question_turn", "Turn of a question")
        .part_of(&QuestionTurn::question)
        .field("expert", &QuestionTurn::expert, read_only)
        .field("asked_on", &QuestionTurn::asked_on, read_only)
        .field("passed_on", &QuestionTurn::passed_on, read_only)
        .field("reason", &QuestionTurn::reason, read_only, help("Why it went on"));
    kernel.entity<Question>("knowledge.question", "Question")
        .needs("knowledge.take_part")
        .help("What somebody needs to know, asked of whoever has done most of the like")
        .field("number", &Question::number, read_only, unique, searchable)
        .field("text", &Question::text, required, searchable, multiline, longest(20'000), label("Question"))
        .field("topic", &Question::topic, required, indexed)
        .field("asker", &Question::asker, indexed, help("You when left out"))
        .field("language", &Question::language, longest(2), not_in_list, help("In which it may be answered: de; any when left out"))
        .field("entity", &Question::entity, not_in_list, help("The kind of record it came up with: crm.complaint"))
        .field("record", &Question::record, not_in_list)
        .field("expert", &Question::expert, read_only, indexed, label("Asked of"))
        .field("state", &Question::state, read_only)
        .field("asked_on", &Question::asked_on, read_only)
        .field("due_on", &Question::due_on, help("In three days when left out"))
        .field("answered_on", &Question::answered_on, read_only, not_in_list)
        .field("answer", &Question::answer, read_only, searchable, multiline, longest(20'000))
        .field("asset", &Question::asset, read_only, not_in_list, help("What it became"))
        .lines("turns", &Question::turns)
        .display("number")
        .index({"entity", "record"})
        .belongs_to(&Question::entity, &Question::record)
        .editable_while(QuestionState::asked)
        .not_deletable()
        .validate(question_entity::complete);
}

}  // namespace knowledge
