// A lead:  new --convert--> qualified;  new --disqualify (reason)--> disqualified --reopen--> new
#include <crm/lead.h>

#include "declare.h"
#include "services/lead_conversion.h"
#include "services/scoring.h"
#include "workflow/inputs.h"

namespace crm {

namespace lead_workflow {

struct Disqualification {
    Id<LostReason> reason{};
    std::string    note{};
    static void describe(tessera::Fields<Disqualification>& fields) {
        fields.field("reason", &Disqualification::reason, tessera::required).field("note", &Disqualification::note, tessera::multiline);
    }
};

void disqualify(Transaction& tx, Lead& lead, const Disqualification& why) {
    lead.lost_reason = why.reason;
    lead.decided_on  = tx.today();
    if (!why.note.empty()) lead.note += (lead.note.empty() ? "" : "\n") + why.note;
}

void reopen(Transaction&, Lead& lead) {
    lead.lost_reason = {};
    lead.decided_on  = {};
}

void score(Transaction& tx, Lead& lead) { score_now(tx, lead); }

}  // namespace lead_workflow

void declare_lead_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum LeadState;
    kernel.workflow(&Lead::state)
        .transition("convert", fresh, qualified, needs("crm.edit"), explained("Makes a party, a contact and an opportunity of it"), convert_lead)
        .transition("disqualify", fresh, disqualified, needs("crm.edit"), destructive, explained("It will not become a customer"), lead_workflow::disqualify)
        .transition("reopen", disqualified, fresh, needs("crm.edit"), lead_workflow::reopen)
        .transition("score", fresh, fresh, needs("crm.edit"), called("Work out the score"), explained("By what became of others of the pipeline"), lead_workflow::score);
    kernel.job("crm.lead_scores", "Work out the scores of leads and opportunities", daily_at(3), score_all);
}

}  // namespace crm
