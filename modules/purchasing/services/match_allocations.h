#pragma once
// Keeps the allocations of an order in line with its quantities: as much is allocated as was both accepted and
// invoiced. It looks at where things stand, not at what happened, so that receipts, returns, invoices and credits all
// end in the same call, and a second call does nothing. Goods are taken oldest first; what is taken back, newest
// first. A receipt line never keeps more than it still has accepted: what goods that went back had is released, and
// allocated to other accepted goods of the order line when there are any; a reversed return frees those again.

#include <purchasing/records.h>

namespace purchasing {

struct Allocated {
    Id<OrderLine>                order_line{};
    Id<GoodsReceiptLine>         receipt_line{};
    Id<VendorInvoiceLine>        invoice_line{};
    Quantity                     quantity{};     // negative: taken back
    Id<inventory::QuantityEntry> stock_entry{};  // of the receipt line's accepted goods
    Money                        cost{};         // price difference that went with it
};

// The document that moves goods or invoices now. It is not saved as posted yet, so it is named here.
struct AllocationCause {
    Date               date{};
    tessera::Source    source{};
    Id<GoodsReceipt>   receipt{};          // being posted
    VendorInvoice*     invoice = nullptr;  // being posted, as it stands in memory
    Id<VendorInvoice>  removed_invoice{};  // being reversed
    Id<SupplierReturn> removed_return{};   // being reversed
};

// Whether another invoice of the order was ever entered, though it may be a draft or credited since.
bool others_invoiced(const tessera::Snapshot& tx, const Order& order, const VendorInvoice& invoice);

// What has to be allocated or taken back; nothing is written.
std::vector<Allocated> plan_allocations(tessera::Transaction& tx, const Order& order, const AllocationCause& cause);
void write_allocations(tessera::Transaction& tx, const Order& order, std::span<const Allocated> allocations,
                       const AllocationCause& cause);

}  // namespace purchasing
