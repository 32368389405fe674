#pragma once
// What purchasing tells the others, in the transaction in which it happens.

#include <purchasing/records.h>

namespace purchasing {

struct OrderApproved {  // purchasing.order_approved
    Id<Order>            order{};
    Id<directory::Party> supplier{};
    Date                 date{};
};
struct GoodsReceived {  // purchasing.goods_received: one per posted receipt
    Id<GoodsReceipt>     receipt{};
    Id<directory::Party> supplier{};
    Date                 date{};
};
struct GoodsReturned {  // purchasing.goods_returned
    Id<SupplierReturn>   supplier_return{};
    Id<directory::Party> supplier{};
    Date                 date{};
};
struct InvoicePosted {  // purchasing.invoice_posted: also of credit and debit notes
    Id<VendorInvoice>    invoice{};
    Id<directory::Party> supplier{};
    Date                 date{};
    Currency             currency{};
    Money                total{};
    Money                held{};
};
struct HoldReleased {  // purchasing.hold_released: by a person
    Id<MatchHold>     hold{};
    Id<VendorInvoice> invoice{};
};

}  // namespace purchasing
