#include <crm/timeline.h>

#include "declare.h"
#include "services/timeline_service.h"

#include <tessera/module.h>

namespace crm {

void register_module(tessera::Kernel& kernel) {
    kernel.permission("crm.manage", "Set up customer relations: pipelines, reasons, segments, policies");

    declare_duties(kernel);
    declare_party_family(kernel);

    declare_touchpoint(kernel);
    declare_activity(kernel);
    declare_activity_workflow(kernel);
    kernel.provide<Timeline>(std::make_shared<TimelineService>());
    declare_entries_on_timeline(kernel);
    declare_timeline_report(kernel);
    declare_activity_reports(kernel);
}

}  // namespace crm

TESSERA_MODULE({
    .name            = "crm",
    .version         = "0.1.0",
    .title           = "Customer relations",
    .needs           = {"directory", "catalog", "financials"},
    .register_module = crm::register_module,
});
