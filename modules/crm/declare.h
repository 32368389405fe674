#pragma once
// What the files of this module declare; module.cpp calls them in this order.

#include <tessera/kernel.h>

namespace crm {

void declare_duties(tessera::Kernel&);
void declare_party_family(tessera::Kernel&);

void declare_touchpoint(tessera::Kernel&);
void declare_activity(tessera::Kernel&);
void declare_activity_workflow(tessera::Kernel&);
void declare_entries_on_timeline(tessera::Kernel&);
void declare_sales_on_timeline(tessera::Kernel&);
void declare_sales_purchases(tessera::Kernel&);
void declare_sales_shipments(tessera::Kernel&);
void declare_deliveries_followed_up(tessera::Kernel&);
void declare_timeline_report(tessera::Kernel&);
void declare_activity_reports(tessera::Kernel&);

void declare_people(tessera::Kernel&);
void declare_merge(tessera::Kernel&);
void declare_merge_workflow(tessera::Kernel&);
void declare_merge_preview(tessera::Kernel&);
void declare_people_report(tessera::Kernel&);
void declare_duplicates_report(tessera::Kernel&);
void declare_party_records(tessera::Kernel&);

void declare_pipeline(tessera::Kernel&);
void declare_lead(tessera::Kernel&);
void declare_lead_workflow(tessera::Kernel&);
void declare_opportunity(tessera::Kernel&);
void declare_opportunity_workflow(tessera::Kernel&);
void declare_score_views(tessera::Kernel&);
void declare_funnel(tessera::Kernel&);
void declare_opportunities_report(tessera::Kernel&);
void declare_outcomes_report(tessera::Kernel&);

void declare_buying_centre(tessera::Kernel&);
void declare_buying_centre_view(tessera::Kernel&);
void declare_buying_reports(tessera::Kernel&);

void declare_party_facts(tessera::Kernel&);
void declare_segment(tessera::Kernel&);
void declare_segment_preview(tessera::Kernel&);
void declare_campaign(tessera::Kernel&);
void declare_campaign_workflow(tessera::Kernel&);
void declare_campaign_result(tessera::Kernel&);

void declare_quality(tessera::Kernel&);
void declare_quality_of_shipments(tessera::Kernel&);

void declare_crm_checks(tessera::Kernel&);

}  // namespace crm
