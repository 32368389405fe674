// A merge of two parties:  draft --merge--> merged;  draft --cancel--> cancelled
#include <crm/people.h>

#include "declare.h"
#include "services/party_merge.h"

namespace crm {

namespace merge_workflow {

void merge(Transaction& tx, Merge& document) {
    document.merged_on = tx.today();
    if (!document.reason.empty()) tx.because(document.reason);
    merge_parties(tx, document);
}

}  // namespace merge_workflow

void declare_merge_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&Merge::state)
        .transition("merge", MergeState::draft, MergeState::merged, needs("crm.merge"), destructive, explained("Makes one party of the two; cannot be undone"),
                    merge_workflow::merge)
        .transition("cancel", MergeState::draft, MergeState::cancelled, needs("crm.merge"), destructive);
}

}  // namespace crm
