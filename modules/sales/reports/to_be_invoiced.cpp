#include "services/to_be_invoiced.h"

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace to_be_invoiced_report {

struct Row {
    std::string  order{};
    std::string  customer{};
    std::string  product{};
    std::string  why{};
    Date         since{};
    std::int64_t days = 0;
    Quantity     quantity{};
    Currency     currency{};
    Money        amount{};
    std::int64_t order_id = 0, customer_id = 0;
};

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto on = parameters.given("until") ? parameters.date("until") : tx.today();
    each_due(tx, parameters.date("until"), parameters.reference<directory::Party>("customer"), [&](const Due& due) {
        emit({due.number, due.customer_name, due.description, due.why, due.since, std::max<std::int64_t>(on - due.since, 0), due.quantity, due.currency, due.amount,
              due.order, due.customer});
    });
}

}  // namespace to_be_invoiced_report

void declare_to_be_invoiced(tessera::Kernel& kernel) {
    using namespace tessera;
    using to_be_invoiced_report::Row;
    kernel.report<Row>("sales.to_be_invoiced", "To be invoiced")
        .help("What customers may be asked for and were not, line by line: goods that left, what is invoiced when it is ordered, milestones that are reached. "
              "What came back and was invoiced is to be credited")
        .parameter<Date>("until", tessera::help("What was due on that day; all when left out"))
        .parameter<Id<directory::Party>>("customer")
        .column("order", &Row::order, opens_record("sales.order", "order_id"))
        .column("customer", &Row::customer, opens_record("directory.party", "customer_id"))
        .column("product", &Row::product)
        .column("why", &Row::why)
        .column("since", &Row::since)
        .column("days", &Row::days, meaning("That it waits"))
        .column("quantity", &Row::quantity, opens_record("sales.order", "order_id"))
        .column("currency", &Row::currency)
        .column("amount", &Row::amount, total, opens_record("sales.order", "order_id"), meaning("Net of tax and freight"))
        .column("order_id", &Row::order_id, hidden)
        .column("customer_id", &Row::customer_id, hidden)
        .run(to_be_invoiced_report::answer);
}

}  // namespace sales
