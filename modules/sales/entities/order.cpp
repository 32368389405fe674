#include <sales/records.h>

#include "declare.h"
#include "services/line_price.h"
#include "services/locations.h"
#include "services/order_tax.h"
#include "services/orders_at_work.h"

namespace sales {

using tessera::help;
using tessera::Refused;
using tessera::Transaction;

namespace order_entity {

struct ProductFacts {
    std::string       name{};
    Id<catalog::Unit> unit{};
    bool              stocked = true;
};

struct CustomerFacts {
    Currency                currency{};
    bool                    customer = false;
    Id<directory::Employee> sales_person{};
    Id<Territory>           territory{};
    bool                    ships_complete = false;
};

void follow_customer(const Transaction& tx, Order& order) {
    const auto facts = tx.row<CustomerFacts>(
        "SELECT currency, customer, sales_sales_person, sales_territory, sales_ships_complete FROM directory_party WHERE id = :customer", order.customer);
    if (!facts) return;  // refused as a broken reference
    if (!facts->customer)
        throw Refused("sales.not_a_customer", "To sell to {}, make it a customer in the directory first.", tx.label_of(order.customer)).with_status(422).with_field("customer");
    if (order.currency.none()) order.currency = facts->currency.none() ? tx.books().currency : facts->currency;
    if (!order.sales_person) order.sales_person = facts->sales_person;
    if (!order.territory) order.territory = facts->territory;
    if (!order.id) order.ships_complete = order.ships_complete || facts->ships_complete;
}

void complete_line(Transaction& tx, const Order& order, OrderLine& line) {
    line.amount = Money{0, order.currency};
    line.billed = Money{0, order.currency};
    if (!line.product) return;  // refused as required
    const auto product = tx.row<ProductFacts>("SELECT name, unit, stocked FROM catalog_product WHERE id = :product", line.product);
    if (!product) return;
    if (line.description.empty()) line.description = product->name;
    if (!line.unit) line.unit = product->unit;
    line.stock_unit = product->unit;
    line.stocked    = product->stocked;
    if (line.requested_on.empty()) line.requested_on = order.requested_on;
    complete_price(tx, {order.customer, order.date, order.currency},
                   {line.product, line.quantity, line.unit, line.stock_unit, line.list_price, line.price, line.discount, line.offer, line.price_reason, line.price_trace});
    line.amount = discounted(line.quantity, line.price, line.discount, order.currency);
}

void add_up(Transaction& tx, Order& order) {
    for (auto* amount : {&order.rounding, &order.freight}) *amount = in_currency(*amount, order.currency);
    if (order.agreed_tax) order.agreed_tax = in_currency(*order.agreed_tax, order.currency);
    order.subtotal = Money{0, order.currency};
    for (auto& line : order.lines) order.subtotal += line.amount;
    order.tax   = order.agreed_tax.value_or(tax_of(tx, order));
    order.total = order.subtotal + order.rounding + order.freight + order.tax;
    order.billed   = Money{0, order.currency};
    order.unbilled = order.total;
}

// A draft is completed and added up; what has been confirmed is changed by its transitions alone.
void check(Transaction& tx, Order& order) {
    if (order.state != OrderState::draft || !order.customer) return;
    if (order.date.empty()) order.date = tx.today();
    follow_customer(tx, order);
    if (!order.location) order.location = default_location(tx);
    for (auto& line : order.lines) complete_line(tx, order, line);
    determine_taxes(tx, order);
    add_up(tx, order);
}

}  // namespace order_entity

void declare_order(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<OrderLine>("sales.order_line", "Sales order line")
        .part_of(&OrderLine::document)
        .field("product", &OrderLine::product, required, indexed)
        .field("description", &OrderLine::description, help("The product's name when left out"))
        .field("quantity", &OrderLine::quantity, required, positive)
        .field("unit", &OrderLine::unit, help("The unit ordered in; the product's own when left out"))
        .field("list_price", &OrderLine::list_price, read_only, help("What the price lists say"))
        .field("price", &OrderLine::price, not_negative, help("Per unit; the price lists' when left out"))
        .field("discount", &OrderLine::discount, help("Percent of the price; that of the best special offer when left out"))
        .field("offer", &OrderLine::offer, not_in_list, help("The special offer that gives the discount"))
        .field("price_reason", &OrderLine::price_reason, help("Why it is not what the price lists say"))
        .field("amount", &OrderLine::amount, read_only)
        .field("tax_code", &OrderLine::tax_code, help("By the sales tax rules when left out"))
        .field("tax_reason", &OrderLine::tax_reason, read_only, not_in_list, help("The rule that gave the tax"))
        .field("requested_on", &OrderLine::requested_on, not_in_list)
        .field("promised_on", &OrderLine::promised_on, help("When it is to leave; the first day on which it can when left out"))
        .field("invoicing", &OrderLine::invoicing, not_in_list, help("When it may be invoiced"))
        .field("stocked", &OrderLine::stocked, read_only, not_in_list)
        .field("stock_unit", &OrderLine::stock_unit, read_only, not_in_list)
        .field("price_trace", &OrderLine::price_trace, read_only, not_in_list, longest(100000), help("How the price was found"))
        .field("shipped", &OrderLine::shipped, read_only)
        .field("returned", &OrderLine::returned, read_only)
        .field("invoiced", &OrderLine::invoiced, read_only)
        .field("billed", &OrderLine::billed, read_only, not_in_list, help("The amount that is invoiced"))
        .field("open", &OrderLine::open, read_only, not_in_list, help("More of it is to be shipped"))
        .display("description");
    kernel.schema("CREATE INDEX IF NOT EXISTS sales_order_line_open ON sales_order_line (product) WHERE open = 1");
    kernel.entity<Order>("sales.order", "Sales order")
        .worth("total")
        .field("number", &Order::number, read_only, unique, searchable, help("Given on confirmation"))
        .field("customer", &Order::customer, required, indexed)
        .field("contact", &Order::contact, not_in_list)
        .field("date", &Order::date, indexed, help("The day of the order; today when left out"))
        .field("requested_on", &Order::requested_on, not_in_list, help("When the customer wants it"))
        .field("customer_reference", &Order::customer_reference, searchable)
        .field("quotation", &Order::quotation, not_in_list)
        .field("sales_person", &Order::sales_person, not_in_list, help("The customer's when left out"))
        .field("territory", &Order::territory, not_in_list, help("The customer's when left out"))
        .field("location", &Order::location, label("Ship from"), not_in_list)
        .field("ship_to", &Order::ship_to, not_in_list, help("The customer's shipping or main address when left out"))
        .field("carrier", &Order::carrier, not_in_list)
        .field("ships_complete", &Order::ships_complete, not_in_list, help("Leaves in one shipment"))
        .field("customer_currency", &Order::customer_currency, governs_no_amounts, not_in_list, help("In which the customer reckons, at the closing rate of the day; it owes the order's currency"))
        .field("currency", &Order::currency, not_in_list, help("The customer's when left out"))
        .field("subtotal", &Order::subtotal, read_only)
        .field("rounding", &Order::rounding, not_in_list, help("Agreed difference to the sum of the lines"))
        .field("freight", &Order::freight, not_in_list, help("Charged for the delivery"))
        .field("agreed_tax", &Order::agreed_tax, not_in_list, help("Instead of what the tax codes give"))
        .field("tax", &Order::tax, read_only, not_in_list)
        .field("total", &Order::total, read_only)
        .field("billed", &Order::billed, read_only, not_in_list, help("Net amount of its lines that is invoiced"))
        .field("unbilled", &Order::unbilled, read_only, not_in_list, help("Of the total, still to be invoiced"))
        .field("state", &Order::state, read_only)
        .field("confirmed_on", &Order::confirmed_on, read_only, not_in_list, help("The day it was confirmed or let go"))
        .field("hold_reason", &Order::hold_reason, read_only, not_in_list, help("Why it waits for credit"))
        .field("closing_reason", &Order::closing_reason, read_only, not_in_list)
        .field("closed_on", &Order::closed_on, read_only, not_in_list)
        .field("note", &Order::note, multiline)
        .lines("lines", &Order::lines)
        .display("number")
        .help("What a customer has asked for, at which price and by when")
        .editable_while(OrderState::draft)
        .validate(order_entity::check);
    kernel.schema("CREATE INDEX IF NOT EXISTS sales_order_unbilled ON sales_order (customer) WHERE state IN ('confirmed', 'part_shipped', 'shipped')");
    kernel.entity<Milestone>("sales.milestone", "Milestone")
        .field("sales_order", &Milestone::sales_order, required, indexed)
        .field("order_line", &Milestone::order_line, required, indexed, help("One that is invoiced by milestones"))
        .field("title", &Milestone::title, required, longest(200))
        .field("share", &Milestone::share, positive, help("Percent of the line's amount"))
        .field("due_on", &Milestone::due_on)
        .field("state", &Milestone::state, read_only)
        .field("reached_on", &Milestone::reached_on, read_only)
        .field("invoice", &Milestone::invoice, read_only)
        .display("title")
        .help("Part of what a line is worth, invoiced once it is reached")
        .editable_while(MilestoneState::planned);
}

}  // namespace sales
