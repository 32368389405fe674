// Who was sent a product, for whom a complaint concerns. Of a lot: those who were sent it, and those of whom nobody wrote down what
// they were sent.
#include <crm/complaints.h>
#include <sales/records.h>

#include "declare.h"

namespace crm {

namespace sales_shipments {

void visit(const Snapshot& tx, const ShipmentQuestion& question, const std::function<void(const ShippedTo&)>& visit) {
    tx.each<ShippedTo>(R"sql(
        SELECT s.customer, s.date, l.quantity - l.returned, s.number, coalesce(l.lot, '')
          FROM sales_shipment_line l JOIN sales_shipment s ON s.id = l.document
         WHERE l.product = :product AND s.state = 'shipped' AND l.quantity > l.returned
           AND (coalesce(:lot, '') = '' OR coalesce(l.lot, '') IN ('', :lot))
         ORDER BY s.date, s.id)sql",
                       visit, question.product, question.lot);
}

}  // namespace sales_shipments

void declare_sales_shipments(tessera::Kernel& kernel) { kernel.contribute(ShipmentSource{"sales.shipments", sales_shipments::visit}); }

}  // namespace crm
