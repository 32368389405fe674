#include <purchasing/records.h>

#include "declare.h"
#include "services/duplicate_invoices.h"
#include "services/invoice_amounts.h"
#include "services/orders_at_work.h"

namespace purchasing {

using tessera::Refused;
using tessera::Transaction;

namespace vendor_invoice_entity {

struct Terms {
    std::int64_t payment_days = 0;
    Currency     currency{};
};

bool is_note(const VendorInvoice& invoice) { return invoice.kind != InvoiceKind::invoice; }

// On a note, what is printed without a sign is meant as a reduction.
Money as_meant(const VendorInvoice& invoice, Money amount) { return is_note(invoice) ? -amount.magnitude() : amount; }
Quantity as_meant(const VendorInvoice& invoice, Quantity quantity) {
    return is_note(invoice) ? -quantity.magnitude() : quantity;
}

void follow_order(Transaction& tx, OrdersAtWork& orders, VendorInvoice& invoice, VendorInvoiceLine& line) {
    if (!is_of_goods(line)) return;
    if (!line.order_line)
        throw Refused("purchasing.order_line_missing",
                      "To invoice goods, name the order line; what was not ordered is a charge.")
            .with_status(422)
            .with_field("lines");
    const auto place = orders.find_if_any(tx, line.order_line);
    if (!place) return;  // refused as a broken reference
    const auto& [order, ordered] = *place;
    line.purchase_order          = order.id;
    line.product                 = ordered.product;
    if (line.description.empty()) line.description = ordered.description;
    if (line.kind == InvoiceLineKind::goods && line.price.is_zero() && line.amount.is_zero()) line.price = ordered.price;
    if (!invoice.supplier) invoice.supplier = order.supplier;
    if (invoice.currency.none()) invoice.currency = order.currency;
    if (!invoice.purchase_order) invoice.purchase_order = order.id;
}

void follow_supplier(const Transaction& tx, VendorInvoice& invoice) {
    if (!invoice.currency.none() && !invoice.due_on.empty()) return;
    const auto terms =
        tx.row<Terms>("SELECT payment_days, currency FROM directory_party WHERE id = :supplier", invoice.supplier)
            .value_or(Terms{});
    if (invoice.currency.none()) invoice.currency = terms.currency.none() ? tx.books().currency : terms.currency;
    if (invoice.due_on.empty())
        invoice.due_on = invoice.date.plus_days(is_note(invoice) ? 0 : static_cast<int>(terms.payment_days));
}

// An amount that was given stands as printed; one that was computed is computed again.
void complete_line(const VendorInvoice& invoice, VendorInvoiceLine& line) {
    line.amount          = in_currency(line.amount, invoice.currency);
    line.computed_amount = in_currency(line.computed_amount, invoice.currency);
    if (line.quantity.is_zero()) line.quantity = Quantity::of(1);
    if (line.price.is_zero() && !line.amount.is_zero())
        line.price = tessera::unit_price(line.amount, line.quantity).magnitude();
    if (line.kind != InvoiceLineKind::price_correction) line.quantity = as_meant(invoice, line.quantity);
    const auto computed  = tessera::extend(line.quantity, line.price, invoice.currency);
    const bool printed   = line.amount != line.computed_amount && !line.amount.is_zero();
    line.amount          = printed ? line.amount : computed;
    line.computed_amount = computed;
    if (line.kind != InvoiceLineKind::price_correction) line.amount = as_meant(invoice, line.amount);
}

void add_up(const Transaction& tx, VendorInvoice& invoice) {
    for (auto* amount :
         {&invoice.freight, &invoice.tax, &invoice.total, &invoice.computed_tax, &invoice.computed_total})
        *amount = in_currency(*amount, invoice.currency);
    const bool tax_printed   = invoice.tax != invoice.computed_tax && !invoice.tax.is_zero();
    const bool total_printed = invoice.total != invoice.computed_total && !invoice.total.is_zero();
    invoice.subtotal         = Money{0, invoice.currency};
    for (const auto& line : invoice.lines) invoice.subtotal += line.amount;
    invoice.computed_tax   = tax_by_codes(tx, invoice);
    invoice.freight        = as_meant(invoice, invoice.freight);
    invoice.tax            = tax_printed ? as_meant(invoice, invoice.tax) : invoice.computed_tax;
    invoice.computed_total = invoice.subtotal + invoice.freight + invoice.tax;
    invoice.total          = total_printed ? as_meant(invoice, invoice.total) : invoice.computed_total;
    invoice.difference     = invoice.total - invoice.computed_total;
    invoice.held           = Money{0, invoice.currency};
}

void check(Transaction& tx, VendorInvoice& invoice) {
    if (invoice.state != PostingState::draft) return;
    if (invoice.date.empty()) invoice.date = tx.today();
    OrdersAtWork orders;
    invoice.purchase_order = {};
    for (auto& line : invoice.lines) follow_order(tx, orders, invoice, line);
    if (!invoice.supplier) return;  // refused as required
    follow_supplier(tx, invoice);
    for (auto& line : invoice.lines) complete_line(invoice, line);
    add_up(tx, invoice);
    invoice.year       = invoice.date.year();
    invoice.number_key = normalised_number(invoice.supplier_number);
    refuse_duplicate(tx, invoice);
}

}  // namespace vendor_invoice_entity

void declare_vendor_invoice(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<VendorInvoiceLine>("purchasing.vendor_invoice_line", "Vendor invoice line")
        .part_of(&VendorInvoiceLine::document)
        .field("kind", &VendorInvoiceLine::kind)
        .field("order_line", &VendorInvoiceLine::order_line, help("Of goods and price corrections"))
        .field("purchase_order", &VendorInvoiceLine::purchase_order, read_only, indexed)
        .field("product", &VendorInvoiceLine::product, read_only)
        .field("description", &VendorInvoiceLine::description)
        .field("quantity", &VendorInvoiceLine::quantity,
               help("1 when left out; on notes a reduction, with or without sign"))
        .field("price", &VendorInvoiceLine::price, help("Per unit; the ordered price when left out"))
        .field("amount", &VendorInvoiceLine::amount, help("As printed; quantity × price when left out"))
        .field("computed_amount", &VendorInvoiceLine::computed_amount, read_only, not_in_list)
        .field("tax_code", &VendorInvoiceLine::tax_code)
        .field("account", &VendorInvoiceLine::account, not_in_list,
               help("Of a charge that is an expense; without one it awaits its landed cost document"))
        .field("matched", &VendorInvoiceLine::matched, read_only, help("Allocated to goods receipts"))
        .display("description");
    kernel.entity<VendorInvoice>("purchasing.vendor_invoice", "Vendor invoice")
        .needs("purchasing.invoice")
        .worth("total")
        .field("number", &VendorInvoice::number, read_only, unique, searchable, help("Ours, given when it is posted"))
        .field("kind", &VendorInvoice::kind)
        .field("supplier", &VendorInvoice::supplier, required, help("Follows from the order lines"))
        .field("supplier_number", &VendorInvoice::supplier_number, label("Supplier's number"), searchable, help("The number the supplier gave it"))
        .field("number_key", &VendorInvoice::number_key, label("Number, as compared"), read_only, not_in_list,
               help("The supplier's number without what suppliers write differently"))
        .field("year", &VendorInvoice::year, read_only, not_in_list)
        .field("purchase_order", &VendorInvoice::purchase_order, read_only, not_in_list,
               help("The order of the first line of goods; lines may belong to several"))
        .field("date", &VendorInvoice::date, help("As printed; today when left out"))
        .field("due_on", &VendorInvoice::due_on, help("By the supplier's terms when left out"))
        .field("corrects", &VendorInvoice::corrects, not_in_list, help("Of a note: the invoice it is used against"))
        .field("supplier_return", &VendorInvoice::supplier_return, not_in_list, indexed,
               help("Of a debit note: the goods that went back"))
        .field("note", &VendorInvoice::note, multiline)
        .field("book_total", &VendorInvoice::book_total, label("Total in the books"), read_only, not_in_list, help("In the books' currency"))
        .field("currency", &VendorInvoice::currency, not_in_list, help("The order's when left out"))
        .field("subtotal", &VendorInvoice::subtotal, read_only, not_in_list)
        .field("freight", &VendorInvoice::freight, not_in_list, help("As printed below the lines"))
        .field("tax", &VendorInvoice::tax, not_in_list, help("As printed; by the tax codes when left out"))
        .field("difference", &VendorInvoice::difference, read_only, not_in_list,
               help("Of the printed total to its parts"))
        .field("total", &VendorInvoice::total, help("As printed; the sum of its parts when left out"))
        .field("computed_tax", &VendorInvoice::computed_tax, read_only, not_in_list)
        .field("computed_total", &VendorInvoice::computed_total, read_only, not_in_list)
        .field("held", &VendorInvoice::held, read_only, help("Not to be paid now: see its holds"))
        .field("state", &VendorInvoice::state, read_only)
        .field("reversed_on", &VendorInvoice::reversed_on, read_only, not_in_list)
        .field("open_item", &VendorInvoice::open_item, read_only, not_in_list)
        .lines("lines", &VendorInvoice::lines)
        .display("number")
        .help("What a supplier asks for, or takes back: invoices, credit notes, and our debit notes")
        .editable_while(PostingState::draft)
        .unique_together({"supplier", "number_key", "year"}, "state <> 'reversed'")
        .validate(vendor_invoice_entity::check);
    // Of many invoices over one amount in a day, those of an order are found by it.
    kernel.schema(
        "CREATE INDEX IF NOT EXISTS purchasing_vendor_invoice_without_order ON purchasing_vendor_invoice (supplier, date, total)"
        " WHERE purchase_order IS NULL");
}

}  // namespace purchasing
