#include <purchasing/records.h>

#include "declare.h"

namespace purchasing {

using tessera::Transaction;

namespace supplier_return_entity {

struct Received {
    Id<OrderLine>        order_line{};
    Id<Order>            order{};
    Id<catalog::Product> product{};
    Id<directory::Party> supplier{};
    Quantity             left{};
};

// Product, order and supplier follow from the receipt line; without a quantity all rejected goods of it go back.
void check(Transaction& tx, SupplierReturn& document) {
    if (document.state != PostingState::draft) return;
    if (document.date.empty()) document.date = tx.today();
    for (auto& line : document.lines) {
        if (!line.receipt_line) continue;
        const auto received = tx.row<Received>(R"sql(
            SELECT l.order_line, l.purchase_order, l.product, d.supplier,
                   l.rejected - l.returned + l.returned_accepted
              FROM purchasing_goods_receipt_line l JOIN purchasing_goods_receipt d ON d.id = l.document
                     WHERE l.id = :line)sql",
                                               line.receipt_line);
        if (!received) continue;  // refused as a broken reference
        line.order_line     = received->order_line;
        line.purchase_order = received->order;
        line.product        = received->product;
        if (line.quantity.is_zero()) line.quantity = received->left;
        if (!document.supplier) document.supplier = received->supplier;
    }
}

}  // namespace supplier_return_entity

void declare_supplier_return(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<SupplierReturnLine>("purchasing.supplier_return_line", "Supplier return line")
        .part_of(&SupplierReturnLine::document)
        .field("receipt_line", &SupplierReturnLine::receipt_line, required, indexed)
        .field("order_line", &SupplierReturnLine::order_line, read_only, not_in_list)
        .field("purchase_order", &SupplierReturnLine::purchase_order, read_only)
        .field("product", &SupplierReturnLine::product, read_only)
        .field("quantity", &SupplierReturnLine::quantity, positive,
               help("All rejected goods of the receipt line when left out"))
        .field("location", &SupplierReturnLine::location, not_in_list,
               help("Where accepted goods lie; where they were received when left out"))
        .field("reason", &SupplierReturnLine::reason)
        .field("value", &SupplierReturnLine::value, read_only, help("At order price"))
        .field("from_accepted", &SupplierReturnLine::from_accepted, read_only, not_in_list)
        .field("stock_entry", &SupplierReturnLine::stock_entry, read_only, not_in_list)
        .field("rejected_entry", &SupplierReturnLine::rejected_entry, read_only, not_in_list);
    kernel.entity<SupplierReturn>("purchasing.supplier_return", "Supplier return")
        .needs("purchasing.receive")
        .field("number", &SupplierReturn::number, read_only, unique, searchable, help("Given when it is posted"))
        .field("supplier", &SupplierReturn::supplier, help("Follows from the receipt lines"))
        .field("date", &SupplierReturn::date, help("The day the goods left; today when left out"))
        .field("note", &SupplierReturn::note, multiline)
        .field("state", &SupplierReturn::state, read_only)
        .field("reversed_on", &SupplierReturn::reversed_on, read_only, not_in_list)
        .lines("lines", &SupplierReturn::lines)
        .display("number")
        .help("Goods sent back to the supplier: rejected ones from quarantine first, then accepted ones")
        .editable_while(PostingState::draft)
        .validate(supplier_return_entity::check);
}

}  // namespace purchasing
