#include "services/invoice_run.h"

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

namespace invoice_run_entity {

void check(tessera::Transaction& tx, InvoiceRun& run) {
    if (run.state != RunState::draft) return;
    if (run.up_to.empty()) run.up_to = tx.today();
    if (run.date.empty()) run.date = run.up_to;
    list_what_is_due(tx, run);
}

}  // namespace invoice_run_entity

void declare_invoice_run(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<InvoiceRunLine>("sales.invoice_run_line", "Invoice run line")
        .part_of(&InvoiceRunLine::document)
        .field("sales_order", &InvoiceRunLine::sales_order, required)
        .field("customer", &InvoiceRunLine::customer, read_only)
        .field("currency", &InvoiceRunLine::currency, read_only)
        .field("amount", &InvoiceRunLine::amount, read_only, help("Due, net of freight and tax"))
        .field("invoice", &InvoiceRunLine::invoice, read_only)
        .display("sales_order");
    kernel.entity<InvoiceRun>("sales.invoice_run", "Invoice run")
        .needs("sales.invoice")
        .field("number", &InvoiceRun::number, read_only, unique, searchable, help("Given when it is posted"))
        .field("up_to", &InvoiceRun::up_to, help("What became due until that day; today when left out"))
        .field("date", &InvoiceRun::date, help("Of the invoices; the last day when left out"))
        .field("customer", &InvoiceRun::customer, help("Everybody when left out"))
        .field("state", &InvoiceRun::state, read_only)
        .lines("lines", &InvoiceRun::lines)
        .display("number")
        .help("Invoices everything that is due of many orders: the draft lists it, leave out what is not to be invoiced, then post")
        .editable_while(RunState::draft)
        .validate(invoice_run_entity::check);
}

}  // namespace sales
