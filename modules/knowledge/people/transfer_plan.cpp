// A transfer plan:  open --finish--> done;  open: refresh;  open --cancel (reason)--> cancelled
#include "people/declare.h"
#include "people/transfer_lines.h"

#include <algorithm>

namespace knowledge {

namespace transfer_plan {

using tessera::Refused;

struct Because {
    std::string reason{};
    static void describe(tessera::Fields<Because>& fields) { fields.field("reason", &Because::reason, tessera::required); }
};

void begin(Transaction& tx, TransferPlan& plan) {
    if (plan.leaves_on.empty()) plan.leaves_on = tx.load(plan.employee).leaves_on;
    if (plan.leaves_on.empty())
        throw Refused("knowledge.does_not_leave", "To plan what {} hands over, say when they leave: on the employee, or here.", tx.label_of(plan.employee)).with_status(422).with_field("leaves_on");
    const auto other = tx.value<std::string>("SELECT number FROM knowledge_transfer_plan WHERE employee = :employee AND state = 'open' ORDER BY id LIMIT 1", plan.employee);
    if (other) throw Refused("knowledge.planned_already", "To plan what {} hands over, go on with {}.", tx.label_of(plan.employee), *other).with_status(422).with_field("employee");
    plan.raised_on = tx.today();
    plan.number    = tx.number("TP", plan.raised_on);
    plan.lines     = lines_for(tx, plan.employee, plan.leaves_on);
}

void complete(Transaction& tx, TransferPlan& plan) {
    if (plan.employee && plan.number.empty()) begin(tx, plan);
    for (auto& line : plan.lines) {
        line.revenue = Money{line.revenue.minor(), tx.books().currency};
        if (line.receiver && line.receiver == plan.employee)
            throw Refused("knowledge.hands_to_themselves", "To hand {} over, name somebody else than who leaves.", tx.label_of(line.topic)).with_status(422).with_field("lines");
    }
}

// What was written of a topic stays; topics that are held since are added.
void refresh(Transaction& tx, TransferPlan& plan) {
    for (const auto& fresh : lines_for(tx, plan.employee, plan.leaves_on)) {
        const auto known = std::ranges::find(plan.lines, fresh.topic, &TransferLine::topic);
        if (known == plan.lines.end()) {
            plan.lines.push_back(fresh);
            continue;
        }
        known->score         = fresh.score;
        known->other_holders = fresh.other_holders;
        known->revenue       = fresh.revenue;
        if (!known->receiver) known->receiver = fresh.receiver;
    }
}

void finish(Transaction& tx, TransferPlan& plan) {
    for (const auto& line : plan.lines) {
        if (line.done_on.empty()) throw Refused("knowledge.not_handed_over", "To finish {}, say when {} was handed over.", plan.number, tx.label_of(line.topic)).with_status(422).with_field("lines");
        if (!line.asset && line.note.empty())
            throw Refused("knowledge.not_captured", "To finish {}, name the asset in which {} was captured, or note how it was handed over.", plan.number, tx.label_of(line.topic))
                .with_status(422)
                .with_field("lines");
    }
}

void cancel(Transaction& tx, TransferPlan&, const Because& because) { tx.because(because.reason); }

// Whoever is known to leave and has no plan yet that is not cancelled.
void raise_plans(tessera::JobRun& job) {
    const auto leavers = job.ask<Id<Employee>>([](const Snapshot& tx) {
        return tx.rows<Id<Employee>>(R"sql(
            SELECT e.id FROM directory_employee e
             WHERE e.active = 1 AND e.leaves_on > :today AND NOT EXISTS (SELECT 1 FROM knowledge_transfer_plan p WHERE p.employee = e.id AND p.state <> 'cancelled')
             ORDER BY e.leaves_on, e.id)sql", tx.today());
    });
    std::int64_t raised = 0;
    for (const auto leaver : leavers) {
        if (job.should_stop()) return;
        job.write([&](Transaction& tx) { tx.insert(TransferPlan{.employee = leaver}); });
        job.tell(fmt::format("{} plans raised", ++raised));
    }
}

}  // namespace transfer_plan

void declare_transfer_plan(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum TransferState;
    kernel.entity<TransferLine>("knowledge.transfer_line", "Topic to be handed over")
        .plural("Topics to be handed over")
        .part_of(&TransferLine::plan)
        .field("topic", &TransferLine::topic, required)
        .field("score", &TransferLine::score, read_only, help("Of who leaves"))
        .field("other_holders", &TransferLine::other_holders, read_only, help("Who hold it as well and stay"))
        .field("revenue", &TransferLine::revenue, read_only, help("Of the last twelve months, that depends on it"))
        .field("receiver", &TransferLine::receiver, indexed, help("Who takes it over"))
        .field("due_on", &TransferLine::due_on)
        .field("done_on", &TransferLine::done_on, help("Empty as long as it is not handed over"))
        .field("asset", &TransferLine::asset, help("In which it was captured"))
        .field("note", &TransferLine::note, longest(1000), help("How it was handed over"))
        .display("topic");
    kernel.entity<TransferPlan>("knowledge.transfer_plan", "Transfer plan")
        .help("What somebody who leaves hands over, to whom and by when; what the most depends on first")
        .field("number", &TransferPlan::number, read_only, unique, searchable)
        .field("employee", &TransferPlan::employee, required, indexed, label("Who leaves"))
        .field("raised_on", &TransferPlan::raised_on, read_only)
        .field("leaves_on", &TransferPlan::leaves_on, help("The employee's when left out"))
        .field("state", &TransferPlan::state, read_only)
        .lines("lines", &TransferPlan::lines)
        .display("number")
        .editable_while(open)
        .not_deletable()
        .needs("knowledge.manage")
        .validate(transfer_plan::complete);
    kernel.workflow(&TransferPlan::state)
        .transition("refresh", open, open, needs("knowledge.manage"), explained("Adds topics held since, and reckons anew what depends on each"), transfer_plan::refresh)
        .transition("finish", open, done, needs("knowledge.manage"), explained("When every topic was handed over and captured"), transfer_plan::finish)
        .transition("cancel", open, cancelled, needs("knowledge.manage"), destructive, explained("When they stay"), transfer_plan::cancel);
}

void declare_leavers(tessera::Kernel& kernel) { kernel.job("knowledge.leavers", "Plan what leavers hand over", tessera::daily_at(5, 30), transfer_plan::raise_plans); }

}  // namespace knowledge
