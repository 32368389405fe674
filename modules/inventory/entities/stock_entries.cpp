#include <inventory/stock.h>

namespace inventory {

void declare_stock_entries(tessera::Kernel& kernel) {
    kernel.entity<QuantityEntry>("inventory.quantity_entry", "Quantity entry")
        .plural("Quantity entries")
        .help("Goods moved: in when positive, out when negative.")
        .field("company", &QuantityEntry::company, tessera::not_in_list)
        .field("product", &QuantityEntry::product)
        .field("location", &QuantityEntry::location)
        .field("date", &QuantityEntry::date)
        .field("recorded_at", &QuantityEntry::recorded_at)
        .field("kind", &QuantityEntry::kind)
        .field("quantity", &QuantityEntry::quantity)
        .field("account", &QuantityEntry::account, tessera::not_in_list)
        .field("counter_role", &QuantityEntry::counter_role, tessera::not_in_list)
        .field("source_entity", &QuantityEntry::source_entity, tessera::not_in_list)
        .field("source_id", &QuantityEntry::source_id, tessera::not_in_list)
        .field("source_line", &QuantityEntry::source_line, tessera::not_in_list)
        .field("reverses", &QuantityEntry::reverses, tessera::not_in_list)
        .menu(tessera::Menu::ledgers)
        .append_only()
        .index({"product", "date"});

    kernel.entity<ValueEntry>("inventory.value_entry", "Value entry")
        .plural("Value entries")
        .help("What goods are worth changed: with the movement, or later.")
        .field("entry", &ValueEntry::entry, tessera::indexed)
        .field("product", &ValueEntry::product)
        .field("account", &ValueEntry::account)
        .field("date", &ValueEntry::date)
        .field("recorded_at", &ValueEntry::recorded_at)
        .field("kind", &ValueEntry::kind)
        .field("amount", &ValueEntry::amount)
        .field("source_entity", &ValueEntry::source_entity, tessera::not_in_list)
        .field("source_id", &ValueEntry::source_id, tessera::not_in_list)
        .menu(tessera::Menu::ledgers)
        .append_only();

    kernel.entity<Application>("inventory.application", "Application")
        .help("Which inbound entry an outbound one took its goods from; negative: given back.")
        .field("inbound", &Application::inbound, tessera::indexed)
        .field("outbound", &Application::outbound, tessera::indexed)
        .field("quantity", &Application::quantity)
        .menu(tessera::Menu::ledgers)
        .append_only();
}

}  // namespace inventory
