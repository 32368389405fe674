#pragma once
// What sales tells the others, in the transaction in which it happens. The document itself is saved once its transition is done, so
// an event carries what is said of it.

#include <sales/records.h>

namespace sales {

struct QuotationSent {  // sales.quotation_sent
    Id<Quotation>          quotation{};
    Id<directory::Party>   customer{};
    Date                   date{};
    std::string            number{};
    std::int64_t           revision = 1;
    Id<directory::Contact> contact{};
    Currency               currency{};
    Money                  total{};  // net of tax
};
struct OrderConfirmed {  // sales.order_confirmed: also once it is released from its hold
    Id<Order>              order{};
    Id<directory::Party>   customer{};
    Date                   date{};
    std::string            number{};
    Id<directory::Contact> contact{};
    Currency               currency{};
    Money                  total{};
};
struct GoodsShipped {  // sales.goods_shipped: one per shipment that left
    Id<Shipment>         shipment{};
    Id<directory::Party> customer{};
    Date                 date{};
    std::string          number{};
};
struct GoodsReturned {  // sales.goods_returned
    Id<CustomerReturn>   customer_return{};
    Id<directory::Party> customer{};
    Date                 date{};
    std::string          number{};
};
struct InvoicePosted {  // sales.invoice_posted: also of credit notes, whose total is negative
    Id<Invoice>          invoice{};
    Id<directory::Party> customer{};
    Date                 date{};
    std::string          number{};
    Currency             currency{};
    Money                total{};
};

}  // namespace sales
