#include <sales/records.h>

#include "declare.h"

namespace sales {

namespace customer_return_entity {

struct Shipped {
    Id<OrderLine>           order_line{};
    Id<Order>               sales_order{};
    Id<catalog::Product>    product{};
    Id<inventory::Location> location{};
    Id<directory::Party>    customer{};
};

void check(tessera::Transaction& tx, CustomerReturn& document) {
    if (document.state != PostingState::draft) return;
    if (document.date.empty()) document.date = tx.today();
    for (auto& line : document.lines) {
        const auto shipped = tx.row<Shipped>(R"sql(
            SELECT l.order_line, l.sales_order, l.product, l.location, s.customer
              FROM sales_shipment_line l JOIN sales_shipment s ON s.id = l.document WHERE l.id = :line)sql",
                                             line.shipment_line);
        if (!shipped) continue;  // refused as a broken reference
        line.order_line  = shipped->order_line;
        line.sales_order = shipped->sales_order;
        line.product     = shipped->product;
        if (!line.location) line.location = shipped->location;
        if (!document.customer) document.customer = shipped->customer;
    }
}

}  // namespace customer_return_entity

void declare_customer_return(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<CustomerReturnLine>("sales.customer_return_line", "Customer return line")
        .part_of(&CustomerReturnLine::document)
        .field("shipment_line", &CustomerReturnLine::shipment_line, required, indexed)
        .field("order_line", &CustomerReturnLine::order_line, read_only, not_in_list)
        .field("sales_order", &CustomerReturnLine::sales_order, read_only, indexed)
        .field("product", &CustomerReturnLine::product, read_only)
        .field("quantity", &CustomerReturnLine::quantity, required, positive, help("In the unit of the order line"))
        .field("location", &CustomerReturnLine::location, help("Where they are put; where they left from when left out"))
        .field("reason", &CustomerReturnLine::reason)
        .field("cost", &CustomerReturnLine::cost, read_only, help("What they had cost when they left"))
        .field("stock_entry", &CustomerReturnLine::stock_entry, read_only, not_in_list)
        .display("product");
    kernel.entity<CustomerReturn>("sales.customer_return", "Customer return")
        .needs("sales.ship")
        .field("number", &CustomerReturn::number, read_only, unique, searchable, help("Given when it is posted"))
        .field("customer", &CustomerReturn::customer, indexed, help("Follows from the shipment lines"))
        .field("date", &CustomerReturn::date, help("The day the goods came back; today when left out"))
        .field("note", &CustomerReturn::note, multiline)
        .field("state", &CustomerReturn::state, read_only)
        .field("reversed_on", &CustomerReturn::reversed_on, read_only, not_in_list)
        .lines("lines", &CustomerReturn::lines)
        .display("number")
        .help("Goods that a customer sends back, at what they had cost when they left")
        .editable_while(PostingState::draft)
        .validate(customer_return_entity::check);
}

}  // namespace sales
