// An opportunity:  open --win--> won,  open --lose (reason)--> lost,  won, lost --reopen--> open;  while it is open it moves between stages
#include <crm/lead.h>

#include "declare.h"
#include "services/scoring.h"
#include "services/stage_gate.h"
#include "workflow/inputs.h"

#include <algorithm>

namespace crm {

using tessera::Refused;

namespace opportunity_workflow {

struct ToStage {
    Id<Stage> stage{};
    static void describe(tessera::Fields<ToStage>& fields) { fields.field("stage", &ToStage::stage, tessera::required); }
};

struct Loss {
    Id<LostReason> reason{};
    Id<Competitor> competitor{};
    std::string    note{};
    Date           date{};
    static void describe(tessera::Fields<Loss>& fields) {
        fields.field("reason", &Loss::reason, tessera::required)
            .field("competitor", &Loss::competitor, tessera::help("Who has won it, as far as known"))
            .field("note", &Loss::note, tessera::multiline)
            .field("date", &Loss::date, tessera::help("Today when left out"));
    }
};

struct Win {
    std::string note{};
    Date        date{};
    static void describe(tessera::Fields<Win>& fields) {
        fields.field("note", &Win::note, tessera::multiline).field("date", &Win::date, tessera::help("Today when left out"));
    }
};

void enter(Transaction& tx, Opportunity& o, const std::vector<Stage>& stages, const Stage& stage) {
    const auto now = tx.load(o.stage).position;
    if (stage.position > now) require_nothing_lacks(tx, o, stages, now, stage.position, fmt::format("enter {} with", stage.name));
    o.stage = stage.id;
}

void move(Transaction& tx, Opportunity& o, const ToStage& to) {
    const auto stages = stages_of(tx, o.pipeline);
    const auto stage  = std::ranges::find(stages, to.stage, &Stage::id);
    if (stage == stages.end())
        throw Refused("crm.stage_of_another", "To move {}, choose a stage of {}.", o.title, tx.label_of(o.pipeline)).with_status(422).with_field("stage");
    enter(tx, o, stages, *stage);
}

void advance(Transaction& tx, Opportunity& o) {
    const auto stages = stages_of(tx, o.pipeline);
    const auto now    = tx.load(o.stage).position;
    const auto next   = std::ranges::find_if(stages, [&](const Stage& s) { return s.position > now; });
    if (next == stages.end()) throw Refused("crm.last_stage", "To go on with {}, win or lose it: {} is the last stage.", o.title, tx.label_of(o.stage));
    enter(tx, o, stages, *next);
}

void close(Transaction& tx, Opportunity& o, Date on, const std::string& note) {
    o.closed_on = on.empty() ? tx.today() : on;
    if (o.closed_on > tx.today() || o.closed_on < o.opened_on)
        throw Refused("crm.closed_on_another_day", "To close {}, give a day from {}, when it was opened, until today.", o.title, o.opened_on).with_status(422).with_field("date");
    o.outcome   = note;
    tx.publish(OpportunityClosed{o.id, o.party, o.state, o.closed_on});
}

void win(Transaction& tx, Opportunity& o, const Win& win) {
    const auto stages = stages_of(tx, o.pipeline);
    require_nothing_lacks(tx, o, stages, 0, stages.back().position, "win");
    close(tx, o, win.date, win.note);
}

void lose(Transaction& tx, Opportunity& o, const Loss& loss) {
    o.lost_reason = loss.reason;
    if (loss.competitor) o.competitor = loss.competitor;
    close(tx, o, loss.date, loss.note);
}

void reopen(Transaction& tx, Opportunity& o, const Because& because) {
    tx.because(because.reason);
    o.lost_reason = {};
    o.closed_on   = {};
}

void score(Transaction& tx, Opportunity& o) { score_now(tx, o); }

}  // namespace opportunity_workflow

void declare_opportunity_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum OpportunityState;
    kernel.workflow(&Opportunity::state)
        .transition("advance", open, open, needs("crm.edit"), called("Next stage"), explained("To the next stage, when what it asks for is there"),
                    opportunity_workflow::advance)
        .transition("move", open, open, needs("crm.edit"), called("Move to stage"), explained("Forward when what the stages ask for is there; back at any time"),
                    opportunity_workflow::move)
        .transition("win", open, won, needs("crm.edit"), explained("When what every stage asks for is there"), opportunity_workflow::win)
        .transition("lose", open, lost, needs("crm.edit"), destructive, explained("With the reason, and to whom"), opportunity_workflow::lose)
        .transition("reopen", {won, lost}, open, needs("crm.manage"), opportunity_workflow::reopen)
        .transition("score", open, open, needs("crm.edit"), called("Work out the score"), explained("By what became of others of the pipeline"),
                    opportunity_workflow::score);
}

}  // namespace crm
