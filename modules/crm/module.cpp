#include <crm/timeline.h>

#include "complaints/declare.h"
#include "customer_base/declare.h"
#include "declare.h"
#include "follow_ups/declare.h"
#include "services/contact_rights.h"
#include "services/customer_quality.h"
#include "services/duplicate_search.h"
#include "services/segment_rule.h"
#include "services/timeline_service.h"

#include <tessera/module.h>

namespace crm {

void register_module(tessera::Kernel& kernel) {
    kernel.permission("crm.manage", "Set up customer relations: pipelines, reasons, segments, policies");
    kernel.permission("crm.send", "Start campaigns, which write to customers");
    kernel.permission("crm.merge", "Merge parties that are the same");

    declare_duties(kernel);
    declare_party_family(kernel);

    declare_customer_base(kernel);
    declare_follow_ups(kernel);
    declare_complaints(kernel);

    declare_touchpoint(kernel);
    declare_activity(kernel);
    declare_activity_workflow(kernel);
    kernel.provide<Timeline>(std::make_shared<TimelineService>());
    declare_entries_on_timeline(kernel);
    declare_sales_on_timeline(kernel);
    declare_sales_purchases(kernel);
    declare_sales_shipments(kernel);
    declare_deliveries_followed_up(kernel);
    declare_timeline_report(kernel);
    declare_activity_reports(kernel);

    declare_people(kernel);
    declare_merge(kernel);
    declare_merge_workflow(kernel);
    kernel.provide<Duplicates>(std::make_shared<DuplicatesService>());
    declare_merge_preview(kernel);
    declare_people_report(kernel);
    declare_duplicates_report(kernel);
    declare_party_records(kernel);

    declare_pipeline(kernel);
    declare_lead(kernel);
    declare_lead_workflow(kernel);
    declare_opportunity(kernel);
    declare_opportunity_workflow(kernel);
    declare_score_views(kernel);
    declare_opportunities_report(kernel);
    declare_funnel(kernel);
    declare_outcomes_report(kernel);

    declare_buying_centre(kernel);
    declare_buying_centre_view(kernel);
    declare_buying_reports(kernel);

    declare_party_facts(kernel);
    declare_segment(kernel);
    declare_segment_preview(kernel);
    kernel.provide<Segments>(std::make_shared<SegmentService>());
    kernel.provide<ContactRights>(std::make_shared<ContactRightsService>());
    declare_campaign(kernel);
    declare_campaign_workflow(kernel);
    declare_campaign_result(kernel);

    declare_quality(kernel);
    kernel.provide<CustomerQuality>(std::make_shared<CustomerQualityService>());
    declare_quality_of_shipments(kernel);

    declare_crm_checks(kernel);
}

}  // namespace crm

TESSERA_MODULE({
    .name            = "crm",
    .version         = "0.1.0",
    .title           = "Customer relations",
    .needs           = {"directory", "catalog", "financials", "inventory", "sales"},
    .register_module = crm::register_module,
});
