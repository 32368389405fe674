#include <sales/records.h>

#include "declare.h"
#include "services/invoicing.h"

namespace sales {

namespace invoice_entity {

void check(tessera::Transaction& tx, Invoice& invoice) {
    if (invoice.state == PostingState::draft) complete_invoice(tx, invoice);
}

}  // namespace invoice_entity

void declare_invoice(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<InvoiceLine>("sales.invoice_line", "Customer invoice line")
        .part_of(&InvoiceLine::document)
        .field("order_line", &InvoiceLine::order_line, indexed, help("None: a charge that was not ordered"))
        .field("sales_order", &InvoiceLine::sales_order, read_only, indexed)
        .field("milestone", &InvoiceLine::milestone, not_in_list, help("Of a line that is invoiced by milestones"))
        .field("subscription", &InvoiceLine::subscription, read_only, indexed, not_in_list)
        .field("product", &InvoiceLine::product, read_only)
        .field("description", &InvoiceLine::description)
        .field("quantity", &InvoiceLine::quantity, help("1 when left out; on credit notes a reduction, with or without sign"))
        .field("price", &InvoiceLine::price, help("Per unit; as ordered when left out"))
        .field("discount", &InvoiceLine::discount, help("Percent of the price"))
        .field("amount", &InvoiceLine::amount, read_only)
        .field("tax_code", &InvoiceLine::tax_code, help("The order line's when left out"))
        .field("account", &InvoiceLine::account, not_in_list, help("Instead of that of sales.revenue"))
        .field("earned_from", &InvoiceLine::earned_from, not_in_list, help("First day on which it is earned; at once when left out"))
        .field("earned_to", &InvoiceLine::earned_to, not_in_list, help("Last day on which it is earned"))
        .field("book_amount", &InvoiceLine::book_amount, read_only, not_in_list, help("In the books' currency"))
        .display("description");
    kernel.entity<Invoice>("sales.invoice", "Customer invoice")
        .needs("sales.invoice")
        .worth("total")
        .field("number", &Invoice::number, read_only, unique, searchable, help("Given when it is posted"))
        .field("kind", &Invoice::kind)
        .field("customer", &Invoice::customer, required, indexed, help("Follows from the order lines"))
        .field("sales_order", &Invoice::sales_order, indexed, read_only, not_in_list, help("The order of the first line"))
        .field("date", &Invoice::date, indexed, help("Today when left out"))
        .field("due_on", &Invoice::due_on, help("By the customer's terms when left out"))
        .field("corrects", &Invoice::corrects, not_in_list, help("Of a credit note: the invoice it is used against"))
        .field("customer_reference", &Invoice::customer_reference, searchable, not_in_list)
        .field("note", &Invoice::note, multiline)
        .field("book_total", &Invoice::book_total, label("Total in the books"), read_only, not_in_list, help("In the books' currency"))
        .field("currency", &Invoice::currency, not_in_list, help("The order's when left out"))
        .field("subtotal", &Invoice::subtotal, read_only, not_in_list)
        .field("rounding", &Invoice::rounding, read_only, not_in_list, help("Its share of the agreed difference of its orders"))
        .field("freight", &Invoice::freight, read_only, not_in_list, help("Its share of the freight of its orders"))
        .field("agreed_tax", &Invoice::agreed_tax, read_only, not_in_list, help("Its share of the agreed tax of its orders"))
        .field("tax", &Invoice::tax, read_only, not_in_list)
        .field("total", &Invoice::total, read_only)
        .field("state", &Invoice::state, read_only)
        .field("reversed_on", &Invoice::reversed_on, read_only, not_in_list)
        .field("entry", &Invoice::entry, read_only, not_in_list)
        .field("open_item", &Invoice::open_item, read_only, not_in_list)
        .lines("lines", &Invoice::lines)
        .display("number")
        .help("What a customer owes for goods that left, services and milestones; credit notes give back")
        .editable_while(PostingState::draft)
        .validate(invoice_entity::check);
}

}  // namespace sales
