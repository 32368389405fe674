#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

namespace settings_entity {

void check(tessera::Transaction&, Settings& settings) { settings.name = "Sales"; }
void seed(tessera::Transaction& tx, const tessera::SeedOptions&) { tx.insert(Settings{}); }

}  // namespace settings_entity

void declare_settings(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Settings>("sales.settings", "Sales settings")
        .plural("Sales settings")
        .path("settings")
        .needs("sales.recognise")
        .field("name", &Settings::name, read_only, unique)
        .field("cost_recognition", &Settings::cost_recognition,
               help("Goods are cost of sales when they leave, or with their invoice; what left before the change goes on as it began"))
        .display("name")
        .help("How sales are booked")
        .menu(Menu::setup)
        .not_deletable()
        .validate(settings_entity::check);
    kernel.entity<CostEntry>("sales.cost_entry", "Cost entry")
        .plural("Cost entries")
        .field("order_line", &CostEntry::order_line, indexed)
        .field("date", &CostEntry::date)
        .field("recorded_at", &CostEntry::recorded_at)
        .field("kind", &CostEntry::kind)
        .field("quantity", &CostEntry::quantity)
        .field("amount", &CostEntry::amount)
        .field("source_entity", &CostEntry::source_entity, not_in_list)
        .field("source_id", &CostEntry::source_id, not_in_list)
        .help("What changed of the goods that are shipped and not invoiced, order line by order line")
        .menu(Menu::ledgers)
        .append_only();
    kernel.seed(settings_entity::seed);
}

}  // namespace sales
