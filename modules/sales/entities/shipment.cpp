#include <sales/records.h>

#include "declare.h"
#include "services/orders_at_work.h"

namespace sales {

using tessera::Transaction;

namespace shipment_entity {

// Product, order and customer follow from the order line.
void check(Transaction& tx, Shipment& shipment) {
    if (shipment.state == ShipmentState::shipped || shipment.state == ShipmentState::reversed) return;
    if (shipment.date.empty()) shipment.date = tx.today();
    OrdersAtWork orders;
    for (auto& line : shipment.lines) {
        if (!line.order_line) continue;
        const auto place = orders.find_if_any(tx, line.order_line, line.sales_order);
        if (!place) continue;  // refused as a broken reference
        line.sales_order = place->order.id;
        line.product     = place->line.product;
        if (!line.location) line.location = place->order.location;
        if (!shipment.customer) shipment.customer = place->order.customer;
        if (!shipment.sales_order) shipment.sales_order = place->order.id;
        if (!shipment.carrier) shipment.carrier = place->order.carrier;
    }
}

}  // namespace shipment_entity

void declare_shipment(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<ShipmentLine>("sales.shipment_line", "Shipment line")
        .part_of(&ShipmentLine::document)
        .field("order_line", &ShipmentLine::order_line, required, indexed)
        .field("sales_order", &ShipmentLine::sales_order, read_only, indexed)
        .field("product", &ShipmentLine::product, read_only, indexed)
        .field("quantity", &ShipmentLine::quantity, required, positive, help("In the unit of the order line"))
        .field("location", &ShipmentLine::location, help("Where it is taken from; the order's when left out"))
        .field("lot", &ShipmentLine::lot, longest(60), indexed, help("Lot or serial number as it stands on the goods; customers who got it are found again by it"))
        .field("cost", &ShipmentLine::cost, read_only, help("What the goods had cost when they left; late cost is added in the margin reports"))
        .field("returned", &ShipmentLine::returned, read_only)
        .field("stock_entry", &ShipmentLine::stock_entry, read_only, not_in_list)
        .display("product");
    kernel.entity<Shipment>("sales.shipment", "Shipment")
        .needs("sales.ship")
        .field("number", &Shipment::number, read_only, unique, searchable, help("Given when it leaves"))
        .field("customer", &Shipment::customer, indexed, help("Follows from the order lines"))
        .field("sales_order", &Shipment::sales_order, indexed, help("The order of the first line; lines may belong to several of the customer"))
        .field("date", &Shipment::date, help("The day the goods leave; today when left out"))
        .field("carrier", &Shipment::carrier, not_in_list)
        .field("tracking_number", &Shipment::tracking_number, searchable, not_in_list)
        .field("packages", &Shipment::packages, not_negative, not_in_list)
        .field("state", &Shipment::state, read_only)
        .field("picked_on", &Shipment::picked_on, read_only, not_in_list)
        .field("packed_on", &Shipment::packed_on, read_only, not_in_list)
        .field("reversed_on", &Shipment::reversed_on, read_only, not_in_list)
        .field("note", &Shipment::note, multiline)
        .lines("lines", &Shipment::lines)
        .display("number")
        .help("Goods on their way to a customer: picked, packed, shipped")
        .editable_while(ShipmentState::draft, ShipmentState::picked, ShipmentState::packed)
        .validate(shipment_entity::check);
}

}  // namespace sales
