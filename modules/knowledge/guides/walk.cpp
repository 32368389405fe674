// A walk:  walking --answer--> walking or arrived --finish (solved or not)--> finished;  back to the question before;  leave with a reason
#include "named_record.h"
#include "guides/declare.h"
#include "guides/guide_tree.h"
#include "guides/guide_version.h"

#include <algorithm>

namespace knowledge {

namespace walk_workflow {

using tessera::Refused;

struct Given {
    std::string answer{};
    static void describe(tessera::Fields<Given>& fields) { fields.field("answer", &Given::answer, tessera::required, tessera::help("One of the answers of the question")); }
};
struct Result {
    Solved      solved = Solved::unknown;
    std::string note{};
    static void describe(tessera::Fields<Result>& fields) {
        fields.field("solved", &Result::solved, tessera::help("Whether it helped; unknown as long as nobody can tell")).field("note", &Result::note, tessera::multiline);
    }
};
struct Because {
    std::string reason{};
    static void describe(tessera::Fields<Because>& fields) { fields.field("reason", &Because::reason, tessera::required); }
};

GuideVersion version_to_walk(const Transaction& tx, const Walk& walk) {
    if (walk.guide_version) {
        auto version = tx.load(walk.guide_version);
        if (version.guide == walk.guide && version.state == GuideState::in_use) return version;
        throw Refused("knowledge.guide_not_in_use", "To walk {}, choose a version of it that is in use.", tx.label_of(walk.guide)).with_status(422).with_field("guide_version");
    }
    if (auto version = version_on(tx, walk.guide, tx.today())) return *version;
    throw Refused("knowledge.guide_not_in_use", "To walk {}, publish a version of it: none holds on {}.", tx.label_of(walk.guide), tx.today()).with_status(422).with_field("guide");
}

WalkState standing_at(const GuideVersion& version, std::string_view step) { return step_of(version, step)->kind == StepKind::question ? WalkState::walking : WalkState::arrived; }

void begin(Transaction& tx, Walk& walk) {
    if (!walk.guide || !walk.step.empty()) return;
    if (walk.entity.empty() != (walk.record == 0))
        throw Refused("knowledge.half_a_record", "To walk a guide for a record, give both its kind and its id, or neither.").with_status(422).with_field("record");
    if (walk.record) require_named(tx, "walk a guide for a record", {walk.entity, walk.record}, {});
    const auto version = version_to_walk(tx, walk);
    walk.guide_version = version.id;
    walk.step          = start_of(version).code;
    walk.state         = standing_at(version, walk.step);
    walk.walked_by     = tx.user().name;
    walk.started_at    = tx.now();
}

void answer(Transaction& tx, Walk& walk, const Given& given) {
    const auto version = tx.load(walk.guide_version);
    const auto chosen  = std::ranges::find_if(version.answers, [&](const auto& one) { return one.step == walk.step && one.text == given.answer; });
    if (chosen == version.answers.end())
        throw Refused("knowledge.no_such_answer", "To go on, choose one of the answers of \"{}\".", step_of(version, walk.step)->text).with_status(422).with_field("answer");
    walk.answers.push_back({.step = walk.step, .question = step_of(version, walk.step)->text, .answer = chosen->text, .next_step = chosen->next_step});
    walk.step  = chosen->next_step;
    walk.state = standing_at(version, walk.step);
}

void back(Transaction&, Walk& walk) {
    if (walk.answers.empty()) throw Refused("knowledge.at_the_start", "To go back, answer something first: this is where the guide begins.");
    walk.step = walk.answers.back().step;
    walk.answers.pop_back();
}

void finish(Transaction& tx, Walk& walk, const Result& result) {
    walk.solved      = result.solved;
    walk.note        = result.note;
    walk.finished_at = tx.now();
}

// Whether it helped is often known later.
void settle(Transaction&, Walk& walk, const Result& result) {
    walk.solved = result.solved;
    if (!result.note.empty()) walk.note = result.note;
}

void leave(Transaction& tx, Walk& walk, const Because& because) {
    tx.because(because.reason);
    walk.note        = because.reason;
    walk.finished_at = tx.now();
}

}  // namespace walk_workflow

void declare_walk(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum WalkState;
    kernel.entity<WalkAnswer>("knowledge.walk_answer", "Answer given on a walk")
        .part_of(&WalkAnswer::walk)
        .field("step", &WalkAnswer::step, read_only, indexed)
        .field("question", &WalkAnswer::question, read_only)
        .field("answer", &WalkAnswer::answer, read_only)
        .field("next_step", &WalkAnswer::next_step, read_only);
    kernel.entity<Walk>("knowledge.walk", "Walk through a guide")
        .plural("Walks through guides")
        .path("walks")
        .needs("knowledge.take_part")
        .help("What was asked and answered, for which record, where it ended, and whether that helped")
        .field("guide", &Walk::guide, required, indexed)
        .field("guide_version", &Walk::guide_version, indexed, help("That of the day when left out"))
        .field("entity", &Walk::entity, help("The kind of record it is walked for: crm.complaint"))
        .field("record", &Walk::record)
        .field("walked_by", &Walk::walked_by, read_only)
        .field("started_at", &Walk::started_at, read_only)
        .field("finished_at", &Walk::finished_at, read_only)
        .field("state", &Walk::state, read_only)
        .field("step", &Walk::step, read_only)
        .field("solved", &Walk::solved, read_only)
        .field("note", &Walk::note, read_only, multiline)
        .lines("answers", &Walk::answers)
        .display("guide")
        .index({"entity", "record"})
        .belongs_to(&Walk::entity, &Walk::record)
        .editable_while(walking)
        .not_deletable()
        .validate(walk_workflow::begin);
    kernel.workflow(&Walk::state)
        .transition("answer", {walking}, decided_by_action, needs("knowledge.take_part"), explained("Goes on to where the answer leads"), walk_workflow::answer)
        .transition("back", {walking, arrived}, walking, needs("knowledge.take_part"), explained("To the question before; its answer is taken back"), walk_workflow::back)
        .transition("finish", arrived, finished, needs("knowledge.take_part"), walk_workflow::finish)
        .transition("settle", finished, finished, needs("knowledge.take_part"), called("Say whether it helped"), walk_workflow::settle)
        .transition("leave", {walking, arrived}, left, needs("knowledge.take_part"), destructive, walk_workflow::leave);
}

}  // namespace knowledge
