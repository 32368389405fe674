#pragma once
// Sales' records: what customers asked for, what was promised, what left the house, what came back, what was invoiced.
// Every document is a header with lines; what it did to the ledgers hangs on the transition that posts it.
//
//     const auto order = tx.insert(Order{.customer = shop, .lines = {{.product = bicycle, .quantity = two}}});
//     tx.transition(order, "confirm");                                   // SO-2026-00001, or held for credit
//     tx.transition(order, "ship_all");  tx.transition(order, "invoice_all");
//
// Money of a quotation, an order or an invoice and of its lines is in the document's currency; what shipments and returns
// cost is in the currency of the books. Quantities of an order line are in the unit of that line.

#include <financials/open_items.h>
#include <financials/payment_terms.h>
#include <inventory/stock.h>

namespace sales {

using tessera::Currency;
using tessera::Date;
using tessera::Id;
using tessera::Instant;
using tessera::Money;
using tessera::Percent;
using tessera::Quantity;
using tessera::UnitPrice;

// ---- who buys, where, on which terms

struct Territory {                        // sales.territory
    Id<Territory> id{};
    std::string   name{};
    Id<Territory> parent{};
    std::string   country{};              // ISO 3166 alpha-2; empty: several
    Id<directory::Employee> manager{};
};

// What sales adds to a party (sales_territory, sales_credit_limit, … of directory.party).
struct CustomerTerms {
    Id<Territory>           territory{};
    Id<directory::Employee> sales_person{};
    Id<struct PriceList>    price_list{};
    Id<financials::PaymentTerms> payment_terms{};     // the party's days to pay when none
    std::optional<Money>    credit_limit{};           // in the books' currency; none: unlimited
    std::optional<std::int64_t> overdue_days{};       // new orders wait when an item is overdue for longer; none: never
    bool                    ships_complete = false;   // an order leaves in one shipment
    Percent                 over_delivery{};          // of a line's quantity
    Percent                 under_delivery{};         // a line is done when no more than this is missing
    bool                    tax_exempt = false;
};

// ---- what it costs

struct PriceList {                        // sales.price_list
    Id<PriceList> id{};
    std::string   name{};
    Currency      currency{};
    bool          general = false;        // for customers without a list of their own
    Date          valid_from{}, valid_to{};
    bool          active = true;
};

struct Price {                            // sales.price: of a list or of one customer
    Id<Price>            id{};
    Id<PriceList>        price_list{};
    Id<directory::Party> customer{};
    Id<catalog::Product> product{};
    Quantity             minimum_quantity{};
    Currency             currency{};      // the list's; the customer's when it is one customer's price
    UnitPrice            price{};         // per product unit
    Date                 valid_from{}, valid_to{};
};

struct SpecialOffer {                     // sales.special_offer: a discount for a while
    Id<SpecialOffer>      id{};
    std::string           name{};
    Percent               discount{};
    Id<catalog::Product>  product{};      // none: every product of the category
    Id<catalog::Category> category{};     // none: every product
    Id<directory::Party>  customer{};     // none: every customer
    Id<Territory>         territory{};    // none: everywhere
    Quantity              minimum_quantity{};
    Quantity              maximum_quantity{};   // zero: no limit
    Date                  valid_from{}, valid_to{};
    bool                  active = true;
};

// Which tax an order line bears: the most specific rule that fits.
struct TaxRule {                          // sales.tax_rule
    Id<TaxRule>             id{};
    std::string             country{};    // of where the goods go; empty: anywhere
    std::string             region{};     // as addresses write it; empty: all of the country
    Id<catalog::Category>   category{};   // none: every product
    Id<financials::TaxCode> tax_code{};   // none: no tax
    Date                    valid_from{}, valid_to{};
};

// ---- quotations

enum class QuotationState { draft, sent, accepted, superseded, declined, expired };
constexpr auto names_of(QuotationState) { return tessera::names("draft", "sent", "accepted", "superseded", "declined", "expired"); }

struct Quotation;
struct QuotationLine {                    // sales.quotation_line
    Id<QuotationLine>     id{};
    Id<Quotation>         document{};
    Id<catalog::Product>  product{};
    std::string           description{};
    Quantity              quantity{};
    Id<catalog::Unit>     unit{};
    UnitPrice             list_price{};
    UnitPrice             price{};
    Percent               discount{};
    Id<SpecialOffer>      offer{};
    std::string           price_reason{};
    Money                 amount{};
    bool                  optional = false;      // offered beside; not ordered by accepting
    std::string           price_trace{};
};

struct Quotation {                        // sales.quotation
    Id<Quotation>              id{};
    std::string                number{};          // "SQ-2026-00001", of all its revisions
    std::int64_t               revision = 1;
    Id<Quotation>              revises{};         // the revision before
    Id<directory::Party>       customer{};
    Id<directory::Contact>     contact{};
    Date                       date{};
    Date                       valid_until{};
    Id<directory::Employee>    sales_person{};
    std::string                customer_reference{};
    Currency                   currency{};
    Money                      total{};           // net of tax
    QuotationState             state = QuotationState::draft;
    std::string                reason{};          // why it was declined or revised
    Id<struct Order>           sales_order{};     // what it became
    std::string                note{};
    std::vector<QuotationLine> lines{};
};

// ---- the order

enum class OrderState { draft, held, confirmed, part_shipped, shipped, closed, cancelled };
constexpr auto names_of(OrderState) {
    return tessera::names("draft", "held", "confirmed", "part_shipped", "shipped", "closed", "cancelled");
}
// When a line may be invoiced: once it has left the house, as soon as it is ordered, or as milestones are reached.
enum class Invoicing { on_shipment, on_order, by_milestone };
constexpr auto names_of(Invoicing) { return tessera::names("on_shipment", "on_order", "by_milestone"); }

struct Order;
struct OrderLine {                        // sales.order_line
    Id<OrderLine>           id{};
    Id<Order>               document{};
    Id<catalog::Product>    product{};
    std::string             description{};
    Quantity                quantity{};
    Id<catalog::Unit>       unit{};               // the product's own when none
    UnitPrice               list_price{};         // before discounts, as the price lists say
    UnitPrice               price{};              // as agreed; the price lists' when none is given
    Percent                 discount{};           // of the price
    Id<SpecialOffer>        offer{};
    std::string             price_reason{};       // why it is not what the price lists say
    Money                   amount{};             // quantity × price less discount, rounded once
    Id<financials::TaxCode> tax_code{};
    std::string             tax_reason{};         // which rule gave it
    Date                    requested_on{};
    Date                    promised_on{};        // the first day it can leave when none is given
    Invoicing               invoicing = Invoicing::on_shipment;
    bool                    stocked = true;       // as the product was when it was ordered
    Id<catalog::Unit>       stock_unit{};
    std::string             price_trace{};        // how the price was found, as JSON
    Quantity                shipped{};            // all that left
    Quantity                returned{};           // of it: came back
    Quantity                invoiced{};           // net of credit notes
    Money                   billed{};             // the amount of it
    bool                    open = false;         // more is to be shipped

    Quantity kept() const { return shipped - returned; }
    Quantity outstanding() const { return open && quantity > shipped ? quantity - shipped : Quantity{}; }
};

struct Order {                            // sales.order
    Id<Order>               id{};
    std::string             number{};             // given on confirmation
    Id<directory::Party>    customer{};
    Id<directory::Contact>  contact{};
    Date                    date{};
    Date                    requested_on{};
    std::string             customer_reference{};
    Id<Quotation>           quotation{};
    Id<directory::Employee> sales_person{};       // the customer's when none
    Id<Territory>           territory{};          // the customer's when none
    Id<inventory::Location> location{};           // where the goods leave from
    Id<directory::Address>  ship_to{};
    Id<directory::Party>    carrier{};
    bool                    ships_complete = false;
    std::optional<Currency> customer_currency{};  // the customer reckons in it; it owes the order's
    Currency                currency{};
    Money                   subtotal{};           // of its lines
    Money                   rounding{};           // agreed difference to the sum of the lines
    Money                   freight{};
    std::optional<Money>    agreed_tax{};         // instead of what the tax codes give
    Money                   tax{};
    Money                   total{};
    Money                   billed{};             // net amount of its lines that is invoiced
    Money                   unbilled{};           // of the total, still to be invoiced
    OrderState              state = OrderState::draft;
    Date                    confirmed_on{};       // or let go
    std::string             hold_reason{};        // why it waits for credit
    std::string             closing_reason{};
    Date                    closed_on{};
    std::string             note{};
    std::vector<OrderLine>  lines{};
};

// Part of what a line invoiced by milestones is worth, asked for when it is reached.
enum class MilestoneState { planned, reached, invoiced };
constexpr auto names_of(MilestoneState) { return tessera::names("planned", "reached", "invoiced"); }
struct Milestone {                        // sales.milestone
    Id<Milestone>  id{};
    Id<Order>      sales_order{};
    Id<OrderLine>  order_line{};
    std::string    title{};
    Percent        share{};                       // of the line's amount
    Date           due_on{};
    MilestoneState state = MilestoneState::planned;
    Date           reached_on{};
    Id<struct Invoice> invoice{};
};

// The same goods or service at a price every so many months. A term is invoiced on its first day and earned over its days; part of
// a term is worth its share of the term's days. At the price of the lists each term has the discount of the offer of its first day,
// unless one is agreed for all of them; without a tax code it bears the tax that the rules say then.
enum class SubscriptionState { draft, active, ended };
constexpr auto names_of(SubscriptionState) { return tessera::names("draft", "active", "ended"); }
struct Subscription {                     // sales.subscription
    Id<Subscription>        id{};
    std::string             number{};
    Id<directory::Party>    customer{};
    Id<catalog::Product>    product{};
    std::string             description{};
    Quantity                quantity{};
    UnitPrice               price{};              // of one term
    bool                    as_listed = false;    // the price is that of the lists: offers hold
    Percent                 discount{};           // agreed for every term
    Id<financials::TaxCode> tax_code{};
    std::int64_t            months = 1;           // of one term
    Date                    starts_on{};
    Date                    ends_on{};            // none: until it is ended
    Date                    next_on{};            // the first day of the term that is invoiced next
    Currency                currency{};
    SubscriptionState       state = SubscriptionState::draft;
    std::string             closing_reason{};
};

// ---- goods that leave and come back

enum class ShipmentState { draft, picked, packed, shipped, reversed };
constexpr auto names_of(ShipmentState) { return tessera::names("draft", "picked", "packed", "shipped", "reversed"); }

struct Shipment;
struct ShipmentLine {                     // sales.shipment_line; money in the books' currency
    Id<ShipmentLine>             id{};
    Id<Shipment>                 document{};
    Id<OrderLine>                order_line{};
    Id<Order>                    sales_order{};
    Id<catalog::Product>         product{};
    Quantity                     quantity{};
    Id<inventory::Location>      location{};      // the order's when none
    std::string                  lot{};           // or serial number, as it stands on the goods
    Money                        cost{};          // taken out of stock with it
    Quantity                     returned{};
    Id<inventory::QuantityEntry> stock_entry{};
};

struct Shipment {                         // sales.shipment
    Id<Shipment>              id{};
    std::string               number{};           // "SH-2026-00001", given when it leaves
    Id<directory::Party>      customer{};
    Id<Order>                 sales_order{};      // of the first line; lines may belong to several orders of the customer
    Date                      date{};
    Id<directory::Party>      carrier{};
    std::string               tracking_number{};
    std::int64_t              packages = 0;
    ShipmentState             state = ShipmentState::draft;
    Date                      picked_on{};
    Date                      packed_on{};
    Date                      reversed_on{};
    std::string               note{};
    std::vector<ShipmentLine> lines{};
};

enum class PostingState { draft, posted, reversed };
constexpr auto names_of(PostingState) { return tessera::names("draft", "posted", "reversed"); }

struct CustomerReturn;
struct CustomerReturnLine {               // sales.customer_return_line
    Id<CustomerReturnLine>       id{};
    Id<CustomerReturn>           document{};
    Id<ShipmentLine>             shipment_line{};
    Id<OrderLine>                order_line{};
    Id<Order>                    sales_order{};
    Id<catalog::Product>         product{};
    Quantity                     quantity{};
    Id<inventory::Location>      location{};      // where they left from when none
    std::string                  reason{};
    Money                        cost{};          // what they had cost when they left, in the books' currency
    Id<inventory::QuantityEntry> stock_entry{};
};

struct CustomerReturn {                   // sales.customer_return
    Id<CustomerReturn>              id{};
    std::string                     number{};     // "SR-2026-00001"
    Id<directory::Party>            customer{};
    Date                            date{};
    std::string                     note{};
    PostingState                    state = PostingState::draft;
    Date                            reversed_on{};
    std::vector<CustomerReturnLine> lines{};
};

// ---- what customers owe

enum class InvoiceKind { invoice, credit_note };
constexpr auto names_of(InvoiceKind) { return tessera::names("invoice", "credit_note"); }

struct Invoice;
struct InvoiceLine {                      // sales.invoice_line
    Id<InvoiceLine>         id{};
    Id<Invoice>             document{};
    Id<OrderLine>           order_line{};         // none: a charge
    Id<Order>               sales_order{};
    Id<Milestone>           milestone{};
    Id<Subscription>        subscription{};       // whose term it is
    Id<catalog::Product>    product{};
    std::string             description{};
    Quantity                quantity{};           // negative on credit notes
    UnitPrice               price{};
    Percent                 discount{};
    Money                   amount{};             // quantity × price less discount
    Id<financials::TaxCode> tax_code{};
    Id<financials::Account> account{};            // instead of that of sales.revenue
    Date                    earned_from{};        // earned day by day from here …
    Date                    earned_to{};          // … to here; at once when none
    Money                   book_amount{};        // in the books' currency, set when posted
};

struct Invoice {                          // sales.invoice; credit notes carry negative amounts
    Id<Invoice>              id{};
    std::string              number{};            // "SI-2026-00001" or "CN-2026-00001", given when it is posted
    InvoiceKind              kind = InvoiceKind::invoice;
    Id<directory::Party>     customer{};
    Id<Order>                sales_order{};       // of the first line
    Date                     date{};
    Date                     due_on{};
    Id<Invoice>              corrects{};          // of a credit note
    std::string              customer_reference{};
    std::string              note{};
    Money                    book_total{};        // in the books' currency
    Currency                 currency{};
    Money                    subtotal{};
    Money                    rounding{};
    Money                    freight{};
    std::optional<Money>     agreed_tax{};        // instead of what the tax codes give
    Money                    tax{};
    Money                    total{};
    PostingState             state = PostingState::draft;
    Date                     reversed_on{};
    Id<financials::PostedEntry> entry{};
    Id<financials::OpenItem> open_item{};
    std::vector<InvoiceLine> lines{};
};

// ---- when goods that left become cost

// with_shipment: goods are cost of sales once they leave. with_invoice: they stand on sales.shipped_not_invoiced until the customer is
// asked for them, and become cost of sales with the revenue.
enum class CostRecognition { with_shipment, with_invoice };
constexpr auto names_of(CostRecognition) { return tessera::names("with_shipment", "with_invoice"); }

struct Settings {                         // sales.settings: one record
    Id<Settings>    id{};
    std::string     name{};
    CostRecognition cost_recognition = CostRecognition::with_shipment;
};

enum class CostMovement { moved, recognised };
constexpr auto names_of(CostMovement) { return tessera::names("moved", "recognised"); }
struct CostEntry {                        // sales.cost_entry: append-only; what changed of sales.shipped_not_invoiced, line by line
    Id<CostEntry> id{};
    Id<OrderLine> order_line{};
    Date          date{};
    Instant       recorded_at{};
    CostMovement  kind = CostMovement::moved;     // goods left, came back, cost more; or became cost of sales
    Quantity      quantity{};                     // that left, negative: came back; in the unit of the order line
    Money         amount{};                       // signed change of the account
    std::string   source_entity{};
    std::int64_t  source_id = 0;
};

// ---- what is invoiced and not yet earned

// Of one posted invoice line: its amount stands on sales.deferred_revenue and is earned by days. From `basis_from` on what was not
// earned yet is spread evenly until `earned_to`; another forecast starts another basis.
enum class DeferralState { open, earned, cancelled };
constexpr auto names_of(DeferralState) { return tessera::names("open", "earned", "cancelled"); }
struct Deferral {                         // sales.deferral; money in the books' currency
    Id<Deferral>            id{};
    Id<Invoice>             invoice{};
    Id<InvoiceLine>         invoice_line{};
    Id<directory::Party>    customer{};
    std::string             description{};
    Date                    earned_from{};
    Date                    earned_to{};
    Money                   amount{};             // negative of credit notes
    Money                   earned{};             // posted to revenue so far
    Date                    basis_from{};
    Money                   basis_earned{};       // before it
    Id<financials::Account> account{};            // where it is earned; that of sales.revenue when none
    DeferralState           state = DeferralState::open;
};

struct EarnedEntry {                      // sales.earned_entry: append-only
    Id<EarnedEntry> id{};
    Id<Deferral>    deferral{};
    Date            date{};
    Instant         recorded_at{};
    Money           amount{};
    std::string     source_entity{};              // a revenue recognition, its reversal, or the reversal of the invoice
    std::int64_t    source_id = 0;
};

// Posts what was earned up to a day and is not posted yet.
struct RevenueRecognition;
struct RevenueRecognitionLine {           // sales.revenue_recognition_line
    Id<RevenueRecognitionLine> id{};
    Id<RevenueRecognition>     document{};
    Id<Deferral>               deferral{};
    Id<Invoice>                invoice{};
    Money                      amount{};
};

struct RevenueRecognition {               // sales.revenue_recognition
    Id<RevenueRecognition>              id{};
    std::string                         number{}; // "RR-2026-00001"
    Date                                up_to{};  // and the day of its entry
    Money                               amount{};
    PostingState                        state = PostingState::draft;
    Date                                reversed_on{};
    Id<financials::PostedEntry>         entry{};
    std::vector<RevenueRecognitionLine> lines{};
};

// ---- what sales persons are paid for it

enum class CommissionBasis { revenue, margin };
constexpr auto names_of(CommissionBasis) { return tessera::names("revenue", "margin"); }
enum class CommissionTime { on_invoice, on_payment };
constexpr auto names_of(CommissionTime) { return tessera::names("on_invoice", "on_payment"); }

struct CommissionPlan {                   // sales.commission_plan
    Id<CommissionPlan>      id{};
    std::string             name{};
    Id<directory::Employee> sales_person{};       // none: each of them
    CommissionBasis         basis = CommissionBasis::revenue;
    Percent                 percent{};
    CommissionTime          paid = CommissionTime::on_invoice;
    Date                    valid_from{}, valid_to{};   // of the invoice
    bool                    active = true;
};

struct CommissionEntry {                  // sales.commission_entry: append-only; in the books' currency
    Id<CommissionEntry>     id{};
    Id<CommissionPlan>      plan{};
    Id<directory::Employee> sales_person{};
    Id<Invoice>             invoice{};
    Id<directory::Party>    customer{};
    Date                    date{};
    Instant                 recorded_at{};
    Money                   base{};               // revenue or margin it is paid for
    Money                   amount{};             // negative: taken back
};

// Invoices everything that is due of many orders: the draft lists it, posting makes and posts one invoice per order.
struct InvoiceRun;
struct InvoiceRunLine {                   // sales.invoice_run_line
    Id<InvoiceRunLine>   id{};
    Id<InvoiceRun>       document{};
    Id<Order>            sales_order{};
    Id<directory::Party> customer{};
    Currency             currency{};
    Money                amount{};                // due, net of what the order has besides its lines
    Id<Invoice>          invoice{};
};

enum class RunState { draft, posted };
constexpr auto names_of(RunState) { return tessera::names("draft", "posted"); }

struct InvoiceRun {                       // sales.invoice_run
    Id<InvoiceRun>              id{};
    std::string                 number{};         // "IR-2026-00001"
    Date                        up_to{};          // what became due until then
    Date                        date{};           // of the invoices; up_to when none
    Id<directory::Party>        customer{};       // none: everybody
    RunState                    state = RunState::draft;
    std::vector<InvoiceRunLine> lines{};          // leave out what is not to be invoiced
};

}  // namespace sales
