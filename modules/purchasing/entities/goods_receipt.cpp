#include <purchasing/records.h>

#include "declare.h"
#include "services/orders_at_work.h"

namespace purchasing {

using tessera::Transaction;

namespace goods_receipt_entity {

// Product, order and supplier follow from the order line.
void check(Transaction& tx, GoodsReceipt& receipt) {
    if (receipt.state != PostingState::draft) return;
    if (receipt.date.empty()) receipt.date = tx.today();
    OrdersAtWork orders;
    for (auto& line : receipt.lines) {
        if (!line.order_line) continue;
        const auto place = orders.find_if_any(tx, line.order_line);
        if (!place) continue;  // refused as a broken reference
        line.purchase_order = place->order.id;
        line.product        = place->line.product;
        if (!line.location) line.location = place->order.location;
        if (!receipt.supplier) receipt.supplier = place->order.supplier;
        if (!receipt.purchase_order && &line == &receipt.lines.front()) receipt.purchase_order = place->order.id;
    }
}

}  // namespace goods_receipt_entity

void declare_goods_receipt(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<GoodsReceiptLine>("purchasing.goods_receipt_line", "Goods receipt line")
        .part_of(&GoodsReceiptLine::document)
        .field("order_line", &GoodsReceiptLine::order_line, required)
        .field("purchase_order", &GoodsReceiptLine::purchase_order, read_only, indexed)
        .field("product", &GoodsReceiptLine::product, read_only)
        .field("quantity", &GoodsReceiptLine::quantity, required, positive, help("All that came, in the unit of the order line"))
        .field("rejected", &GoodsReceiptLine::rejected, not_negative, help("Of it: not accepted, put into quarantine"))
        .field("location", &GoodsReceiptLine::location, help("The order's when left out"))
        .field("quarantine", &GoodsReceiptLine::quarantine, not_in_list,
               help("Where rejected goods lie; the warehouse's when left out"))
        .field("reason", &GoodsReceiptLine::reason, help("Why goods were rejected"))
        .field("value", &GoodsReceiptLine::value, read_only, help("At order price"))
        .field("returned", &GoodsReceiptLine::returned, read_only)
        .field("returned_accepted", &GoodsReceiptLine::returned_accepted, read_only, not_in_list)
        .field("matched", &GoodsReceiptLine::matched, read_only, help("Allocated to vendor invoices"))
        .field("stock_entry", &GoodsReceiptLine::stock_entry, read_only, not_in_list)
        .field("rejected_entry", &GoodsReceiptLine::rejected_entry, read_only, not_in_list)
        .display("product");
    kernel.entity<GoodsReceipt>("purchasing.goods_receipt", "Goods receipt")
        .needs("purchasing.receive")
        .field("number", &GoodsReceipt::number, read_only, unique, searchable, help("Given when it is posted"))
        .field("supplier", &GoodsReceipt::supplier, help("Follows from the order lines"))
        .field("purchase_order", &GoodsReceipt::purchase_order, indexed,
               help("The order of the first line; lines may belong to several"))
        .field("date", &GoodsReceipt::date, help("The day the goods came; today when left out"))
        .field("delivery_note", &GoodsReceipt::delivery_note, searchable,
               help("The number on the supplier's delivery note"))
        .field("note", &GoodsReceipt::note, multiline)
        .field("state", &GoodsReceipt::state, read_only)
        .field("reversed_on", &GoodsReceipt::reversed_on, read_only, not_in_list)
        .lines("lines", &GoodsReceipt::lines)
        .display("number")
        .help("Goods that came on purchase orders: what was accepted and what was rejected")
        .editable_while(PostingState::draft)
        .validate(goods_receipt_entity::check);
}

}  // namespace purchasing
