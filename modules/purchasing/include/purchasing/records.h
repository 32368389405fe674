#pragma once
// Purchasing's records: what was ordered, what came, what was sent back, what the supplier asks for, and why some of
// it is not paid yet. Every document is a header with lines; what it did to the ledgers hangs on its `post`
// transition.
//
//     const auto order = tx.insert(Order{.supplier = supplier, .lines = {{.product = chain, .quantity = ten}}});
//     tx.transition(order, "approve");                                  // PO-2026-00001
//
// Money of an order or invoice and of its lines is in the document's currency; that of receipts, returns, allocations
// and clearing entries is in the currency of the books. Quantities of an order line are in the unit of that line.

#include <financials/open_items.h>
#include <inventory/stock.h>

namespace purchasing {

using tessera::Currency;
using tessera::Date;
using tessera::Id;
using tessera::Instant;
using tessera::Money;
using tessera::Percent;
using tessera::Quantity;
using tessera::UnitPrice;

// ---- the order

enum class OrderState { draft, approved, part_received, received, closed, cancelled };
constexpr auto names_of(OrderState) {
    return tessera::names("draft", "approved", "part_received", "received", "closed", "cancelled");
}

struct Order;
struct OrderLine {                        // purchasing.order_line
    Id<OrderLine>             id{};
    Id<Order>                 document{};
    Id<catalog::Product>      product{};
    std::string               description{};
    Quantity                  quantity{};
    Id<catalog::Unit>         unit{};         // the product's own when none
    UnitPrice                 price{};        // the supplier's listed price when none is given
    Money                     amount{};       // quantity × price, rounded once
    Date                      due_on{};
    Id<financials::TaxCode>   tax_code{};
    bool                      stocked = true; // as the product was when it was ordered
    Id<catalog::Unit>         stock_unit{};
    std::string               match_policy{}; // tolerances as resolved on approval; empty: the strict ones
    Quantity                  received{};     // all that came
    Quantity                  rejected{};     // of it: not accepted, or sent back after it was
    Quantity                  returned{};     // of it: sent back to the supplier
    Quantity                  invoiced{};     // net of credit and debit notes

    Quantity accepted() const { return received - rejected; }
    Quantity kept() const { return received - returned; }          // what received-not-invoiced counts as received
};

struct Order {                            // purchasing.order
    Id<Order>                  id{};
    std::string                number{};      // given on approval; drafts have none
    Id<directory::Party>       supplier{};
    Date                       date{};
    Date                       expected_on{};
    Id<directory::Employee>    buyer{};
    Id<inventory::Location>    location{};    // where the goods are received
    std::string                supplier_reference{};
    Currency                   currency{};
    Money                      subtotal{};
    Money                      tax{};         // as agreed
    Money                      freight{};
    Money                      total{};
    OrderState                 state = OrderState::draft;
    std::string                source_status{};   // the status it had in the system it was imported from
    std::string                closing_reason{};
    Date                       closed_on{};
    std::string                note{};
    std::vector<OrderLine>     lines{};
};

// ---- goods that come

enum class PostingState { draft, posted, reversed };
constexpr auto names_of(PostingState) { return tessera::names("draft", "posted", "reversed"); }

struct GoodsReceipt;
struct GoodsReceiptLine {                 // purchasing.goods_receipt_line; money in the books' currency
    Id<GoodsReceiptLine>         id{};
    Id<GoodsReceipt>             document{};
    Id<OrderLine>                order_line{};
    Id<Order>                    purchase_order{};
    Id<catalog::Product>         product{};
    Quantity                     quantity{};       // received, rejected included
    Quantity                     rejected{};
    Id<inventory::Location>      location{};       // the order's when none
    Id<inventory::Location>      quarantine{};     // where the rejected quantity lies
    std::string                  reason{};         // why it was rejected
    Money                        value{};          // at order price
    Quantity                     returned{};       // sent back since
    Quantity                     returned_accepted{};   // of it: had been accepted
    Quantity                     matched{};        // allocated to invoices
    Id<inventory::QuantityEntry> stock_entry{};    // of the accepted quantity
    Id<inventory::QuantityEntry> rejected_entry{}; // of the rejected quantity

    Quantity accepted() const { return quantity - rejected - returned_accepted; }
};

struct GoodsReceipt {                     // purchasing.goods_receipt
    Id<GoodsReceipt>              id{};
    std::string                   number{};        // given when it is posted
    Id<directory::Party>          supplier{};
    Id<Order>                     purchase_order{};    // optional: lines may belong to several
    Date                          date{};
    std::string                   delivery_note{};
    std::string                   note{};
    PostingState                  state = PostingState::draft;
    Date                          reversed_on{};
    std::vector<GoodsReceiptLine> lines{};
};

// ---- goods that go back

struct SupplierReturn;
struct SupplierReturnLine {               // purchasing.supplier_return_line
    Id<SupplierReturnLine>       id{};
    Id<SupplierReturn>           document{};
    Id<GoodsReceiptLine>         receipt_line{};
    Id<OrderLine>                order_line{};
    Id<Order>                    purchase_order{};
    Id<catalog::Product>         product{};
    Quantity                     quantity{};
    Id<inventory::Location>      location{};       // of accepted goods; where they were received when none
    std::string                  reason{};
    Money                        value{};          // at order price, in the books' currency
    Quantity                     from_accepted{};  // of the quantity: had been accepted; the rest was in quarantine
    Id<inventory::QuantityEntry> stock_entry{};
    Id<inventory::QuantityEntry> rejected_entry{};
};

struct SupplierReturn {                   // purchasing.supplier_return
    Id<SupplierReturn>              id{};
    std::string                     number{};
    Id<directory::Party>            supplier{};
    Date                            date{};
    std::string                     note{};
    PostingState                    state = PostingState::draft;
    Date                            reversed_on{};
    std::vector<SupplierReturnLine> lines{};
};

// ---- what the supplier asks for

enum class InvoiceKind { invoice, credit_note, debit_note };
constexpr auto names_of(InvoiceKind) { return tessera::names("invoice", "credit_note", "debit_note"); }
enum class InvoiceLineKind { goods, freight, charge, price_correction };
constexpr auto names_of(InvoiceLineKind) { return tessera::names("goods", "freight", "charge", "price_correction"); }

struct VendorInvoice;
struct VendorInvoiceLine {                // purchasing.vendor_invoice_line
    Id<VendorInvoiceLine>   id{};
    Id<VendorInvoice>       document{};
    InvoiceLineKind         kind = InvoiceLineKind::goods;
    Id<OrderLine>           order_line{};      // of goods and price corrections
    Id<Order>               purchase_order{};
    Id<catalog::Product>    product{};
    std::string             description{};
    Quantity                quantity{};        // negative on credit and debit notes
    UnitPrice               price{};
    Money                   amount{};          // as printed; quantity × price when none is given
    Money                   computed_amount{}; // quantity × price, while it is a draft
    Id<financials::TaxCode> tax_code{};
    Id<financials::Account> account{};         // of a charge that is not distributed over goods
    Quantity                matched{};         // allocated to receipts
};

struct VendorInvoice {                    // purchasing.vendor_invoice; credit and debit notes carry negative amounts
    Id<VendorInvoice>              id{};
    std::string                    number{};           // ours, given when it is posted
    InvoiceKind                    kind = InvoiceKind::invoice;
    Id<directory::Party>           supplier{};
    std::string                    supplier_number{};  // theirs
    std::string                    number_key{};       // supplier_number without spaces, signs and case
    std::int64_t                   year = 0;
    Id<Order>                      purchase_order{};   // of the first line of goods; lines may belong to several
    Date                           date{};
    Date                           due_on{};
    Id<VendorInvoice>              corrects{};         // of a credit or debit note
    Id<SupplierReturn>             supplier_return{};
    std::string                    note{};
    Money                          book_total{};       // in the books' currency
    Currency                       currency{};
    Money                          subtotal{};
    Money                          freight{};
    Money                          tax{};              // as printed
    Money                          difference{};       // total − (subtotal + freight + tax)
    Money                          total{};            // as printed
    Money                          computed_tax{};     // what the tax codes give, while it is a draft
    Money                          computed_total{};
    Money                          held{};             // what matching holds of it
    PostingState                   state = PostingState::draft;
    Date                           reversed_on{};
    Id<financials::OpenItem>       open_item{};
    std::vector<VendorInvoiceLine> lines{};
};

// ---- the match

// Receipt line × invoice line × order line × quantity: which goods an invoice line pays for. Append-only; what is
// undone is a row with a negative quantity.
struct MatchAllocation {                  // purchasing.match_allocation
    Id<MatchAllocation>   id{};
    Id<Order>             purchase_order{};
    Id<OrderLine>         order_line{};
    Id<GoodsReceiptLine>  receipt_line{};
    Id<VendorInvoiceLine> invoice_line{};
    Quantity              quantity{};
    Money                 cost{};              // price difference added to these goods, in the books' currency
    Date                  date{};
    Instant               recorded_at{};
    std::string           source_entity{};
    std::int64_t          source_id = 0;
};

// The subledger of received-not-invoiced, per order line: what each document put on the account. Append-only. Receipts
// are positive (we owe for goods), invoices and returns negative; the account's balance is the sum of `amount`.
enum class ClearingKind { receipt, supplier_return, invoice };
constexpr auto names_of(ClearingKind) { return tessera::names("receipt", "supplier_return", "invoice"); }
struct ClearingEntry {                    // purchasing.clearing_entry
    Id<ClearingEntry> id{};
    Id<Order>         purchase_order{};
    Id<OrderLine>     order_line{};
    ClearingKind      kind = ClearingKind::receipt;
    Date              date{};
    Instant           recorded_at{};
    Quantity          quantity{};
    Money             amount{};                // credit of the account, at order price
    Money             price_variance{};        // booked beside it, not to stock: debit
    Money             exchange_difference{};   // booked beside it: debit
    std::string       source_entity{};
    std::int64_t      source_id   = 0;
    std::int64_t      source_line = 0;
};

enum class HoldReason {
    price_exceeds_order, price_below_order, quantity_exceeds_order, quantity_exceeds_receipt, not_received,
    quantity_below_receipt, invoice_before_receipt, duplicate_suspected
};
constexpr auto names_of(HoldReason) {
    return tessera::names("price_exceeds_order", "price_below_order", "quantity_exceeds_order",
                          "quantity_exceeds_receipt", "not_received", "quantity_below_receipt",
                          "invoice_before_receipt", "duplicate_suspected");
}
enum class HoldState { held, released, cleared };
constexpr auto names_of(HoldState) { return tessera::names("held", "released", "cleared"); }

struct MatchHold {                        // purchasing.match_hold
    Id<MatchHold>         id{};
    Id<VendorInvoice>     invoice{};
    Id<VendorInvoiceLine> invoice_line{};      // none: the whole invoice
    Id<Order>             purchase_order{};
    Id<OrderLine>         order_line{};
    HoldReason            reason = HoldReason::price_exceeds_order;
    bool                  blocking = true;     // false: a warning, nothing is held
    Quantity              quantity{};
    Currency              currency{};
    Money                 amount{};            // at stake
    Date                  since{};
    HoldState             state = HoldState::held;
    std::string           clears_when{};
    std::string           may_release = "purchasing.release_holds";   // the permission it takes
    std::string           released_by{};
    std::string           release_reason{};
    Date                  ended_on{};          // released or cleared
};

// What became of a hold, each time it was placed, changed, released or cleared. Append-only: what was held on a day, as
// known at a moment, is the newest entry of each hold that is dated until that day and was recorded until that moment.
struct HoldEntry {                        // purchasing.hold_entry
    Id<HoldEntry> id{};
    Id<MatchHold> hold{};
    Date          date{};                      // of what caused it
    Instant       recorded_at{};
    HoldState     state    = HoldState::held;
    bool          blocking = true;
    Quantity      quantity{};
    Currency      currency{};
    Money         amount{};                    // at stake from then on
    std::string   clears_when{};
};

enum class ToleranceScope { company, supplier, category, product };
constexpr auto names_of(ToleranceScope) { return tessera::names("company", "supplier", "category", "product"); }
enum class ToleranceKind { price, quantity, total };
constexpr auto names_of(ToleranceKind) { return tessera::names("price", "quantity", "total"); }
enum class Outcome { ok, warn, block };
constexpr auto names_of(Outcome) { return tessera::names("ok", "warn", "block"); }

struct Tolerance {                        // purchasing.tolerance: the most specific scope wins, per kind
    Id<Tolerance>           id{};
    ToleranceScope          scope = ToleranceScope::company;
    Id<directory::Party>    supplier{};
    Id<catalog::Category>   category{};
    Id<catalog::Product>    product{};
    ToleranceKind           kind = ToleranceKind::price;
    std::optional<Percent>  lower_percent{};   // none: no limit of this sort
    std::optional<Quantity> lower_absolute{};  // of price and total: money on the line or document; of quantity: units
    Outcome                 below = Outcome::ok;
    std::optional<Percent>  upper_percent{};
    std::optional<Quantity> upper_absolute{};
    Outcome                 above = Outcome::block;
    Date                    valid_from{};
    Date                    valid_to{};
};

// ---- landed cost

enum class LandedCostState { draft, posted, cancelled };
constexpr auto names_of(LandedCostState) { return tessera::names("draft", "posted", "cancelled"); }
enum class AllocatedBy { value, quantity };
constexpr auto names_of(AllocatedBy) { return tessera::names("value", "quantity"); }

struct LandedCost;
struct LandedCostLine {                   // purchasing.landed_cost_line
    Id<LandedCostLine>   id{};
    Id<LandedCost>       document{};
    Id<GoodsReceiptLine> receipt_line{};
    Money                amount{};             // its share, placed on posting
};
struct LandedCost {                       // purchasing.landed_cost; money in the books' currency
    Id<LandedCost>              id{};
    std::string                 number{};
    Date                        date{};
    Id<VendorInvoiceLine>       invoice_line{};    // the freight or charge it distributes; none: planned
    std::string                 description{};
    Money                       amount{};
    AllocatedBy                 allocated_by = AllocatedBy::value;
    LandedCostState             state = LandedCostState::draft;
    std::vector<LandedCostLine> lines{};
};

}  // namespace purchasing
