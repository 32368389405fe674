// A question:  asked --answer--> answered --accept--> accepted;  pass_on to the next;  ask_again;  close
#include <knowledge/question.h>

#include "people/declare.h"
#include "people/question_routing.h"

namespace knowledge {

namespace question_workflow {

using tessera::Refused;

struct Answered {
    std::string answer{};
    static void describe(tessera::Fields<Answered>& fields) { fields.field("answer", &Answered::answer, tessera::required, tessera::multiline, tessera::longest(20'000)); }
};
struct Because {
    std::string reason{};
    static void describe(tessera::Fields<Because>& fields) { fields.field("reason", &Because::reason, tessera::required); }
};
struct PassedOn {
    std::string  reason{};
    Id<Employee> expert{};
    static void  describe(tessera::Fields<PassedOn>& fields) {
        fields.field("reason", &PassedOn::reason, tessera::required).field("expert", &PassedOn::expert, tessera::help("To whom; the next who knows when left out"));
    }
};
struct Accepted {
    std::string title{};
    static void describe(tessera::Fields<Accepted>& fields) { fields.field("title", &Accepted::title, tessera::longest(200), tessera::help("Of what is kept of it; the question's first words when left out")); }
};

// Whoever answers has it from then on, whoever was asked.
void answer(Transaction& tx, Question& question, const Answered& input) {
    if (const auto me = tx.service<directory::Staff>().acting(tx)) question.expert = me;
    if (!question.expert) throw Refused("knowledge.nobody_asked", "To answer {}, pass it on to somebody first, or answer it as an employee.", question.number);
    question.answer      = input.answer;
    question.answered_on = tx.today();
}

void check_asker(const Transaction& tx, const Question& question) {
    const auto me = tx.service<directory::Staff>().acting(tx);
    if (!question.asker || !me || me == question.asker || tx.user().may("knowledge.manage")) return;
    throw Refused("knowledge.asked_by_another", "To accept the answer to {}, ask {}, whose question it is.", question.number, tx.label_of(question.asker)).with_status(403);
}

std::string first_words(const std::string& text) {
    constexpr std::size_t longest = 100;
    const auto            line    = text.substr(0, text.find('\n'));
    if (line.size() <= longest) return line;
    const auto end = line.rfind(' ', longest);
    return end == std::string::npos || end == 0 ? "Question" : line.substr(0, end) + " …";
}

void accept(Transaction& tx, Question& question, const Accepted& input) {
    check_asker(tx, question);
    Asset asset{.kind    = AssetKind::question,
                .title   = input.title.empty() ? first_words(question.text) : input.title,
                .summary = question.text.size() <= 1000 ? question.text : first_words(question.text),
                .body    = fmt::format("## Question\n\n{}\n\n## Answer\n\n{}\n", question.text, question.answer),
                .owner   = question.expert,
                .topics  = {{.topic = question.topic}}};
    if (!question.language.empty()) asset.language = question.language;
    if (question.record) asset.links.push_back({.entity = question.entity, .record = question.record, .relation = Relation::about});
    question.asset = tx.insert(asset);
}

void pass_on(Transaction& tx, Question& question, const PassedOn& input) {
    tx.because(input.reason);
    if (!input.expert) {
        if (!hand_on(tx, question, input.reason)) throw Refused("knowledge.nobody_else", "To pass {} on, name somebody: nobody else is known to know.", question.number).with_status(422).with_field("expert");
        return;
    }
    if (input.expert == question.expert)
        throw Refused("knowledge.has_it_already", "To pass {} on, name somebody else: {} has it.", question.number, tx.label_of(input.expert)).with_status(422).with_field("expert");
    if (!question.turns.empty()) question.turns.back().passed_on = tx.today(), question.turns.back().reason = input.reason;
    question.due_on = tx.today().plus_days(days_to_answer);
    hand_to(tx, question, input.expert);
}

void ask_again(Transaction& tx, Question& question, const Because& because) {
    tx.because(because.reason);
    question.answer.clear();
    question.answered_on = {};
    question.due_on      = tx.today().plus_days(days_to_answer);
}

void close(Transaction& tx, Question&, const Because& because) { tx.because(because.reason); }

}  // namespace question_workflow

void declare_question_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum QuestionState;
    kernel.workflow(&Question::state)
        .transition("answer", asked, answered, needs("knowledge.take_part"), question_workflow::answer)
        .transition("accept", answered, accepted, needs("knowledge.take_part"), explained("Makes a draft of question and answer, so that nobody has to ask again"), question_workflow::accept)
        .transition("pass_on", asked, asked, needs("knowledge.take_part"), called("Pass on"), explained("To the next who knows, with the reason"), question_workflow::pass_on)
        .transition("ask_again", answered, asked, needs("knowledge.take_part"), explained("When the answer does not help, with the reason"), question_workflow::ask_again)
        .transition("close", {asked, answered}, closed, needs("knowledge.take_part"), destructive, question_workflow::close);
}

}  // namespace knowledge
