// A campaign:  draft --start--> running --finish--> finished;  draft --cancel--> cancelled
#include <crm/campaign.h>

#include "declare.h"
#include "services/campaign_run.h"

namespace crm {

void declare_campaign_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum CampaignState;
    kernel.workflow(&Campaign::state)
        .transition("start", draft, running, needs("crm.send"), explained("Writes to those of the segment who have agreed to it"), start_campaign)
        .transition("finish", running, finished, needs("crm.send"))
        .transition("cancel", draft, cancelled, needs("crm.send"), destructive);
}

}  // namespace crm
