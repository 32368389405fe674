// A review:  open --finish--> done;  open --waive (reason)--> waived;  open and done: capture_lesson makes a draft lesson about the record
#include <knowledge/review.h>

#include "lessons/declare.h"

namespace knowledge {

namespace review_workflow {

using tessera::Refused;

struct Because {
    std::string reason{};
    static void describe(tessera::Fields<Because>& fields) { fields.field("reason", &Because::reason, tessera::required); }
};
struct Lesson {
    std::string title{};
    Id<Topic>   topic{};
    static void describe(tessera::Fields<Lesson>& fields) {
        fields.field("title", &Lesson::title, tessera::help("\"Lesson of\" the record when left out")).field("topic", &Lesson::topic);
    }
};

void finish(Transaction& tx, Review& review) {
    for (const auto& [answer, field, question] : {std::tuple(&review.planned, "planned", "what was planned"), std::tuple(&review.actual, "actual", "what happened"),
                                                  std::tuple(&review.why, "why", "why it was different"), std::tuple(&review.next_time, "next_time", "what is done otherwise next time")})
        if (answer->empty()) throw Refused("knowledge.question_open", "To finish the review of {}, say {}.", review.title, question).with_status(422).with_field(field);
    review.done_on = tx.today();
}

void waive(Transaction& tx, Review& review, const Because& because) {
    tx.because(because.reason);
    review.done_on = tx.today();
}

std::string body_of(const Review& review) {
    std::string text;
    for (const auto& [question, answer] : {std::pair("What was planned?", &review.planned), std::pair("What happened?", &review.actual), std::pair("Why was it different?", &review.why),
                                           std::pair("What is done otherwise next time?", &review.next_time)})
        if (!answer->empty()) text += fmt::format("## {}\n\n{}\n\n", question, *answer);
    return text;
}

void capture_lesson(Transaction& tx, Review& review, const Lesson& input) {
    if (body_of(review).empty()) throw Refused("knowledge.nothing_to_keep", "To keep a lesson of {}, answer one of the four questions first.", review.title).with_status(422).with_field("planned");
    Asset lesson{.kind  = AssetKind::lesson,
                 .title = input.title.empty() ? fmt::format("Lesson of {}", review.title) : input.title,
                 .body  = body_of(review),
                 .owner = review.owner,
                 .links = {{.entity = review.entity, .record = review.record, .relation = Relation::about}}};
    if (input.topic) lesson.topics.push_back({.topic = input.topic});
    tx.insert(lesson);
}

}  // namespace review_workflow

void declare_review_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum ReviewState;
    kernel.workflow(&Review::state)
        .transition("finish", open, done, needs("knowledge.edit"), explained("When all four questions are answered"), review_workflow::finish)
        .transition("waive", open, waived, needs("knowledge.edit"), destructive, review_workflow::waive)
        .transition("capture_lesson", {open, done}, decided_by_action, needs("knowledge.edit"), called("Keep as a lesson"), explained("Makes a draft of the answers, linked to the record"), review_workflow::capture_lesson);
}

}  // namespace knowledge
