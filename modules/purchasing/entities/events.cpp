#include <purchasing/events.h>

#include "declare.h"

namespace purchasing {

void declare_events(tessera::Kernel& kernel) {
    kernel.event<OrderApproved>("purchasing.order_approved")
        .field("order", &OrderApproved::order)
        .field("supplier", &OrderApproved::supplier)
        .field("date", &OrderApproved::date);
    kernel.event<GoodsReceived>("purchasing.goods_received")
        .field("receipt", &GoodsReceived::receipt)
        .field("supplier", &GoodsReceived::supplier)
        .field("date", &GoodsReceived::date);
    kernel.event<GoodsReturned>("purchasing.goods_returned")
        .field("supplier_return", &GoodsReturned::supplier_return)
        .field("supplier", &GoodsReturned::supplier)
        .field("date", &GoodsReturned::date);
    kernel.event<InvoicePosted>("purchasing.invoice_posted")
        .field("invoice", &InvoicePosted::invoice)
        .field("supplier", &InvoicePosted::supplier)
        .field("date", &InvoicePosted::date)
        .field("currency", &InvoicePosted::currency)
        .field("total", &InvoicePosted::total)
        .field("held", &InvoicePosted::held);
    kernel.event<HoldReleased>("purchasing.hold_released")
        .field("hold", &HoldReleased::hold)
        .field("invoice", &HoldReleased::invoice);
}

}  // namespace purchasing
