// A version of a guide:  draft --publish--> in_use --retire--> retired;  in_use --revise--> in_use, with a draft of the next version
#include <tessera/effectivity.h>

#include "guides/declare.h"
#include "guides/guide_tree.h"
#include "guides/guide_version.h"

namespace knowledge {

namespace guide_workflow {

using tessera::Effectivity;
using tessera::Refused;

struct From {
    Date valid_from{};
    static void describe(tessera::Fields<From>& fields) { fields.field("valid_from", &From::valid_from, tessera::help("The first day; today when left out")); }
};
struct Until {
    Date valid_to{};
    static void describe(tessera::Fields<Until>& fields) { fields.field("valid_to", &Until::valid_to, tessera::help("The last day; yesterday when left out")); }
};

Effectivity span_of(const GuideVersion& version) { return {version.valid_from, version.valid_to, version.name}; }

// The version that is in use without an end stops the day before.
void make_room(Transaction& tx, const GuideVersion& version) {
    for (auto& other : tx.select<GuideVersion>("guide = :guide AND state <> 'draft' ORDER BY version_number", version.guide)) {
        if (!span_of(other).overlaps(span_of(version))) continue;
        if (!other.valid_to.empty() || other.valid_from >= version.valid_from)
            throw Refused("knowledge.guide_overlaps", "To publish {}, choose a day after {}: {} holds then.", version.name, other.valid_to.empty() ? other.valid_from : other.valid_to, other.name)
                .with_status(422)
                .with_field("valid_from");
        other.valid_to = version.valid_from.plus_days(-1);
        tx.save(other);
    }
}

void publish(Transaction& tx, GuideVersion& version, const From& from) {
    if (const auto fault = fault_of(version)) throw Refused(Refused::Plain{}, fault->code, fault->sentence).with_status(422);
    version.valid_from = from.valid_from.empty() ? tx.today() : from.valid_from;
    tx.without(version, [&] { make_room(tx, version); });
}

void retire(Transaction& tx, GuideVersion& version, const Until& until) {
    const auto last = until.valid_to.empty() ? tx.today().plus_days(-1) : until.valid_to;
    if (!version.valid_to.empty() && version.valid_to < last)
        throw Refused("knowledge.guide_ended", "To retire {}, choose a day until {}: it ends then.", version.name, version.valid_to).with_status(422).with_field("valid_to");
    version.valid_to = last;
}

void revise(Transaction& tx, GuideVersion& version) {
    auto next           = version;
    next.id             = {};
    next.version_number = 0;
    next.state          = GuideState::draft;
    next.valid_from = next.valid_to = {};
    next.note.clear();
    for (auto& step : next.steps) step.id = {}, step.version = {};
    for (auto& answer : next.answers) answer.id = {}, answer.version = {};
    tx.insert(next);
}

}  // namespace guide_workflow

void declare_guide_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum GuideState;
    kernel.workflow(&GuideVersion::state)
        .transition("publish", draft, in_use, needs("knowledge.manage"), explained("When every way through it ends in something; the version before it ends the day before"), guide_workflow::publish)
        .transition("revise", in_use, in_use, needs("knowledge.manage"), explained("Makes a draft of the next version"), guide_workflow::revise)
        .transition("retire", in_use, retired, needs("knowledge.manage"), destructive, guide_workflow::retire);
}

}  // namespace knowledge
