#pragma once
// What sales tells the others, in the transaction in which it happens.

#include <sales/records.h>

namespace sales {

struct QuotationSent {  // sales.quotation_sent
    Id<Quotation>        quotation{};
    Id<directory::Party> customer{};
    Date                 date{};
};
struct OrderConfirmed {  // sales.order_confirmed: also once it is released from its hold
    Id<Order>            order{};
    Id<directory::Party> customer{};
    Date                 date{};
};
struct GoodsShipped {  // sales.goods_shipped: one per shipment that left
    Id<Shipment>         shipment{};
    Id<directory::Party> customer{};
    Date                 date{};
};
struct GoodsReturned {  // sales.goods_returned
    Id<CustomerReturn>   customer_return{};
    Id<directory::Party> customer{};
    Date                 date{};
};
struct InvoicePosted {  // sales.invoice_posted: also of credit notes
    Id<Invoice>          invoice{};
    Id<directory::Party> customer{};
    Date                 date{};
    Currency             currency{};
    Money                total{};
};

}  // namespace sales
