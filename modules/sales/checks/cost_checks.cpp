// What `tessera verify` proves of goods that become cost with their invoice: the account is what its entries say, and those say of
// each order line what is shipped and not invoiced.
#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"
#include "services/cost_recognition.h"
#include "services/roles.h"

namespace sales {

using tessera::Finding;
using tessera::Snapshot;
using Report = std::function<void(Finding)>;

namespace cost_checks {

void check_account(const Snapshot& tx, const Report& report) {
    const auto account = tx.service<financials::Ledger>().find_account_of(tx, roles::shipped_not_invoiced);
    if (!account) return;  // nothing can have been posted
    const auto zero    = tx.books().zero();
    const auto entered = tx.value<Money>("SELECT sum(amount) FROM sales_cost_entry").value_or(zero);
    const auto posted  = tx.value<Money>("SELECT sum(amount) FROM financials_journal_line WHERE account = :account", *account).value_or(zero);
    if (posted != entered) report({"account " + tx.label_of(*account), entered.str() + " shipped and not invoiced", posted.str()});
}

struct Row {
    std::string  number{};
    std::int64_t id = 0;
    Invoicing    invoicing = Invoicing::on_shipment;
    Quantity     shipped{}, returned{}, invoiced{};
    Quantity     quantity{};
    Money        moved{}, stands{};
    Currency     currency{};
    Money        amount{}, billed{};
};

void check_lines(const Snapshot& tx, const Report& report) {
    tx.each<Row>(
        R"sql(
        SELECT o.number, l.id, l.invoicing, l.shipped, l.returned, l.invoiced, e.quantity, e.moved, e.stands, o.currency, l.amount, l.billed
          FROM (SELECT order_line, sum(quantity) AS quantity, sum(CASE WHEN kind = 'moved' THEN amount ELSE 0 END) AS moved, sum(amount) AS stands
                  FROM sales_cost_entry GROUP BY order_line) e
          JOIN sales_order_line l ON l.id = e.order_line JOIN sales_order o ON o.id = l.document)sql",
        [&](const Row& row) {
            const OrderLine line{
                .amount = row.amount, .invoicing = row.invoicing, .shipped = row.shipped, .returned = row.returned, .invoiced = row.invoiced, .billed = row.billed};
            const auto      expected = not_invoiced(line, row.moved, row.quantity);
            if (row.stands != expected) report({fmt::format("sales order {} line {}", row.number, row.id), expected.str() + " shipped and not invoiced", row.stands.str()});
        });
}

}  // namespace cost_checks

void declare_cost_checks(tessera::Kernel& kernel) {
    kernel.check("sales.shipped_not_invoiced", "What becomes cost with its invoice is what is shipped and not invoiced", [](const Snapshot& tx, const auto& report) {
        cost_checks::check_account(tx, report);
        cost_checks::check_lines(tx, report);
    });
}

}  // namespace sales
