// What sales has invoiced are the purchases of the customer-base analysis: net of tax and freight, in the books' currency, each
// lowered by the credit notes that correct it.
#include <crm/purchases.h>
#include <sales/records.h>

#include "declare.h"

namespace crm {

namespace sales_purchases {

struct Row {
    Id<Party> party{};
    Date      day{};
    Money     amount{};
};

void visit(const Snapshot& tx, const PurchaseQuestion& question, const VisitPurchase& visit) {
    tx.each<Row>(R"sql(
        SELECT i.customer, i.date, sum(l.book_amount) + coalesce(max(c.credited), 0)
          FROM sales_invoice i
          JOIN sales_invoice_line l ON l.document = i.id
          LEFT JOIN (SELECT n.corrects AS invoice, sum(k.book_amount) AS credited
                       FROM sales_invoice n JOIN sales_invoice_line k ON k.document = n.id
                      WHERE n.state = 'posted' AND n.kind = 'credit_note' AND n.corrects IS NOT NULL GROUP BY n.corrects) c ON c.invoice = i.id
         WHERE i.state = 'posted' AND i.kind = 'invoice' AND (:party IS NULL OR i.customer = :party)
           AND (:from_day IS NULL OR i.date >= :from_day) AND (:until_day IS NULL OR i.date <= :until_day)
         GROUP BY i.id, i.customer, i.date
        HAVING sum(l.book_amount) + coalesce(max(c.credited), 0) > 0)sql",
                 [&](const Row& row) { visit({row.party, row.day, row.amount}); }, question.party, question.from, question.until);
}

}  // namespace sales_purchases

void declare_sales_purchases(tessera::Kernel& kernel) {
    kernel.contribute(PurchaseSource{"sales.invoices", "Customer invoices", sales_purchases::visit});
}

}  // namespace crm
