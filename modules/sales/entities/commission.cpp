#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

using tessera::Refused;

namespace commission_entity {

void check(tessera::Transaction&, CommissionPlan& plan) {
    if (plan.percent.is_negative() || plan.percent > Percent::of(100))
        throw Refused("sales.percent_out_of_range", "To save the commission plan {}, give a percentage from 0 to 100.", plan.name).with_status(422).with_field("percent");
    if (!plan.valid_from.empty() && !plan.valid_to.empty() && plan.valid_to < plan.valid_from)
        throw Refused("sales.dates_reversed", "To save the commission plan {}, let it end on {} or later.", plan.name, plan.valid_from).with_status(422).with_field("valid_to");
}

}  // namespace commission_entity

void declare_commission(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<CommissionPlan>("sales.commission_plan", "Commission plan")
        .needs("sales.price")
        .field("name", &CommissionPlan::name, required, unique, searchable, longest(120))
        .field("sales_person", &CommissionPlan::sales_person, help("Each of them when left out"))
        .field("basis", &CommissionPlan::basis, help("What it is a percentage of; margin is revenue less the cost of the goods"))
        .field("percent", &CommissionPlan::percent)
        .field("paid", &CommissionPlan::paid, help("With the invoice, or in the share of it that is settled"))
        .field("valid_from", &CommissionPlan::valid_from, help("First day of the invoices"))
        .field("valid_to", &CommissionPlan::valid_to, help("Last day of the invoices"))
        .field("active", &CommissionPlan::active)
        .display("name")
        .help("What sales persons are paid for sales; several plans add up")
        .menu(Menu::setup)
        .validate(commission_entity::check);
    kernel.entity<CommissionEntry>("sales.commission_entry", "Commission entry")
        .plural("Commission entries")
        .field("plan", &CommissionEntry::plan)
        .field("sales_person", &CommissionEntry::sales_person)
        .field("invoice", &CommissionEntry::invoice, indexed)
        .field("customer", &CommissionEntry::customer)
        .field("date", &CommissionEntry::date)
        .field("recorded_at", &CommissionEntry::recorded_at)
        .field("base", &CommissionEntry::base)
        .field("amount", &CommissionEntry::amount)
        .help("What was earned for an invoice, and taken back")
        .menu(Menu::ledgers)
        .append_only();
}

}  // namespace sales
