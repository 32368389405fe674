// Open items of both sides and their settlements.

#include <financials/open_items.h>

namespace financials {

void declare_open_items(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<OpenItem>("financials.open_item", "Open item")
        .help("What we owe, or are owed, for one document, and how much of it is still open. Negative: in the favour of the one who owes.")
        .menu(Menu::ledgers)
        .field("company", &OpenItem::company, not_in_list)
        .field("side", &OpenItem::side, help("Payable: we owe; receivable: they owe us"))
        .field("party", &OpenItem::party, required, indexed)
        .field("kind", &OpenItem::kind)
        .field("document", &OpenItem::document, searchable)
        .field("reference", &OpenItem::reference, searchable)
        .field("date", &OpenItem::date, required)
        .field("due_on", &OpenItem::due_on)
        .field("book_amount", &OpenItem::book_amount)
        .field("currency", &OpenItem::currency)
        .field("amount", &OpenItem::amount)
        .field("open_amount", &OpenItem::open_amount)
        .field("held_amount", &OpenItem::held_amount)
        .field("discount", &OpenItem::discount, help("What may be taken off the whole when it is paid in time"))
        .field("discount_until", &OpenItem::discount_until)
        .field("discount_grace_until", &OpenItem::discount_grace_until, not_in_list)
        .field("tolerance", &OpenItem::tolerance, not_in_list, help("By how much a payment may miss what is due and close it"))
        .field("source_entity", &OpenItem::source_entity, not_in_list)
        .field("source_id", &OpenItem::source_id, not_in_list)
        .field("recorded_at", &OpenItem::recorded_at, not_in_list)
        .display("document")
        .index({"source_entity", "source_id"})
        .made_by_commands();
    kernel.schema(
        "CREATE INDEX IF NOT EXISTS financials_open_item_open ON financials_open_item (party) WHERE open_amount <> 0");

    kernel.entity<Settlement>("financials.settlement", "Settlement")
        .help("How much of an open item a payment or credit note settled, and when. Negative: undone.")
        .menu(Menu::ledgers)
        .field("item", &Settlement::item, required, indexed)
        .field("settled_by", &Settlement::by, required, indexed)
        .field("date", &Settlement::date, required, indexed)
        .field("recorded_at", &Settlement::recorded_at)
        .field("currency", &Settlement::currency)
        .field("amount", &Settlement::amount)
        .append_only();
    kernel.event<ItemSettled>("financials.item_settled")
        .field("item", &ItemSettled::item)
        .field("by", &ItemSettled::by)
        .field("date", &ItemSettled::date)
        .field("currency", &ItemSettled::currency)
        .field("amount", &ItemSettled::amount);
}

}  // namespace financials
