#include <purchasing/records.h>

#include "declare.h"
#include "services/locations.h"
#include "services/orders_at_work.h"

namespace purchasing {

using tessera::help;
using tessera::Refused;
using tessera::Transaction;

namespace order_entity {

struct ProductFacts {
    std::string       name{};
    Id<catalog::Unit> unit{};
    bool              stocked = true;
};

Currency currency_of(const Transaction& tx, const Order& order) {
    const auto own = tx.row<Currency>("SELECT currency FROM directory_party WHERE id = :supplier", order.supplier);
    return own && !own->none() ? *own : tx.books().currency;
}

void complete_line(const Transaction& tx, const Order& order, OrderLine& line) {
    if (!line.product) return;  // refused as required
    const auto product =
        tx.row<ProductFacts>("SELECT name, unit, stocked FROM catalog_product WHERE id = :product", line.product);
    if (!product) return;
    if (line.description.empty()) line.description = product->name;
    if (!line.unit) line.unit = product->unit;
    line.stock_unit = product->unit;
    line.stocked    = product->stocked;
    if (line.due_on.empty()) line.due_on = order.expected_on;
    if (line.price.is_zero())
        if (const auto listed =
                tx.service<catalog::PriceLists>().find(tx, line.product, order.supplier, line.quantity, order.date))
            if (listed->currency.none() || listed->currency == order.currency) line.price = listed->price;
    line.amount = tessera::extend(line.quantity, line.price, order.currency);
}

// A draft is completed and added up; what has been approved is changed by its transitions alone.
void check(Transaction& tx, Order& order) {
    if (order.state != OrderState::draft) return;
    if (order.date.empty()) order.date = tx.today();
    if (order.currency.none()) order.currency = currency_of(tx, order);
    if (!order.location) order.location = default_location(tx);
    order.tax      = in_currency(order.tax, order.currency);
    order.freight  = in_currency(order.freight, order.currency);
    order.subtotal = Money{0, order.currency};
    for (auto& line : order.lines) {
        line.amount = Money{0, order.currency};
        complete_line(tx, order, line);
        order.subtotal += line.amount;
    }
    order.total = order.subtotal + order.tax + order.freight;
}

}  // namespace order_entity

void declare_order(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<OrderLine>("purchasing.order_line", "Order line")
        .part_of(&OrderLine::document)
        .field("product", &OrderLine::product, required, indexed)
        .field("description", &OrderLine::description, help("The product's name when left out"))
        .field("quantity", &OrderLine::quantity, required, positive)
        .field("unit", &OrderLine::unit, help("The unit ordered in; the product's own when left out"))
        .field("price", &OrderLine::price, not_negative, help("Per unit; the supplier's listed price when left out"))
        .field("amount", &OrderLine::amount, read_only)
        .field("due_on", &OrderLine::due_on, help("When it should arrive; as expected for the order when left out"))
        .field("tax_code", &OrderLine::tax_code)
        .field("stocked", &OrderLine::stocked, read_only, not_in_list)
        .field("stock_unit", &OrderLine::stock_unit, read_only, not_in_list)
        .field("match_policy", &OrderLine::match_policy, read_only, not_in_list,
               help("Tolerances as they were on approval; empty: none"))
        .field("received", &OrderLine::received, read_only)
        .field("rejected", &OrderLine::rejected, read_only,
               help("Of the received quantity: not accepted, or sent back later"))
        .field("returned", &OrderLine::returned, read_only)
        .field("invoiced", &OrderLine::invoiced, read_only)
        .display("description");
    kernel.entity<Order>("purchasing.order", "Purchase order")
        .worth("total")
        .field("number", &Order::number, read_only, unique, searchable, help("Given on approval"))
        .field("supplier", &Order::supplier, required, indexed)
        .field("date", &Order::date, help("The day of the order; today when left out"))
        .field("expected_on", &Order::expected_on)
        .field("buyer", &Order::buyer, not_in_list)
        .field("location", &Order::location, label("Deliver to"), not_in_list, help("Where the goods are received"))
        .field("supplier_reference", &Order::supplier_reference, searchable, not_in_list)
        .field("currency", &Order::currency, not_in_list, help("The supplier's when left out"))
        .field("subtotal", &Order::subtotal, read_only)
        .field("tax", &Order::tax, not_in_list, help("As agreed with the supplier"))
        .field("freight", &Order::freight, not_in_list, help("As agreed with the supplier"))
        .field("total", &Order::total, read_only)
        .field("state", &Order::state, read_only)
        .field("source_status", &Order::source_status, not_in_list, label("Imported status"),
               help("The status it had in the system it was imported from"))
        .field("closing_reason", &Order::closing_reason, read_only, not_in_list)
        .field("closed_on", &Order::closed_on, read_only, not_in_list)
        .field("note", &Order::note, multiline)
        .lines("lines", &Order::lines)
        .display("number")
        .help("What we have agreed to buy from a supplier, at which price and by when")
        .editable_while(OrderState::draft)
        .validate(order_entity::check);
}

}  // namespace purchasing
