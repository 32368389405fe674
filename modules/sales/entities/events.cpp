#include <sales/events.h>

#include "declare.h"

namespace sales {

void declare_events(tessera::Kernel& kernel) {
    kernel.event<QuotationSent>("sales.quotation_sent")
        .field("quotation", &QuotationSent::quotation)
        .field("customer", &QuotationSent::customer)
        .field("date", &QuotationSent::date)
        .field("number", &QuotationSent::number)
        .field("revision", &QuotationSent::revision)
        .field("contact", &QuotationSent::contact)
        .field("currency", &QuotationSent::currency)
        .field("total", &QuotationSent::total);
    kernel.event<OrderConfirmed>("sales.order_confirmed")
        .field("order", &OrderConfirmed::order)
        .field("customer", &OrderConfirmed::customer)
        .field("date", &OrderConfirmed::date)
        .field("number", &OrderConfirmed::number)
        .field("contact", &OrderConfirmed::contact)
        .field("currency", &OrderConfirmed::currency)
        .field("total", &OrderConfirmed::total);
    kernel.event<GoodsShipped>("sales.goods_shipped")
        .field("shipment", &GoodsShipped::shipment)
        .field("customer", &GoodsShipped::customer)
        .field("date", &GoodsShipped::date)
        .field("number", &GoodsShipped::number);
    kernel.event<GoodsReturned>("sales.goods_returned")
        .field("customer_return", &GoodsReturned::customer_return)
        .field("customer", &GoodsReturned::customer)
        .field("date", &GoodsReturned::date)
        .field("number", &GoodsReturned::number);
    kernel.event<InvoicePosted>("sales.invoice_posted")
        .field("invoice", &InvoicePosted::invoice)
        .field("customer", &InvoicePosted::customer)
        .field("date", &InvoicePosted::date)
        .field("number", &InvoicePosted::number)
        .field("currency", &InvoicePosted::currency)
        .field("total", &InvoicePosted::total);
}

}  // namespace sales
