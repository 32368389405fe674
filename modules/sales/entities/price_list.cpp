#include <sales/records.h>

#include "declare.h"

namespace sales {

using tessera::Refused;
using tessera::Transaction;

namespace price_list_entity {

void check_dates(Date from, Date to, const std::string& what) {
    if (!from.empty() && !to.empty() && to < from)
        throw Refused("sales.dates_reversed", "To save {}, let it end after it begins.", what).with_status(422).with_field("valid_to");
}

void check_list(Transaction& tx, PriceList& list) {
    if (list.currency.none()) list.currency = tx.books().currency;
    check_dates(list.valid_from, list.valid_to, list.name);
}

void check_price(Transaction& tx, Price& price) {
    if (!price.price_list == !price.customer)
        throw Refused("sales.price_of_what", "To save a price, name either its price list or the customer it is for.").with_status(422).with_field("price_list");
    if (price.price_list)
        price.currency = tx.load(price.price_list).currency;
    else if (price.currency.none())
        price.currency = tx.value<Currency>("SELECT currency FROM directory_party WHERE id = :customer", price.customer).value_or(tx.books().currency);
    if (price.currency.none()) price.currency = tx.books().currency;
    check_dates(price.valid_from, price.valid_to, "a price");
}

}  // namespace price_list_entity

void declare_price_list(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<PriceList>("sales.price_list", "Price list")
        .field("name", &PriceList::name, required, unique, searchable, longest(120))
        .field("currency", &PriceList::currency, help("That of the books when left out"))
        .field("general", &PriceList::general, help("For every customer; the customer's own list comes first"))
        .field("valid_from", &PriceList::valid_from)
        .field("valid_to", &PriceList::valid_to)
        .field("active", &PriceList::active)
        .display("name")
        .help("What products cost, for some customers or all, over a span of days")
        .menu(Menu::master_data)
        .needs("sales.price")
        .validate(price_list_entity::check_list);
    kernel.entity<Price>("sales.price", "Price")
        .field("price_list", &Price::price_list, indexed, help("Or the customer"))
        .field("customer", &Price::customer, indexed, help("Whose price it is alone"))
        .field("product", &Price::product, required, indexed)
        .field("minimum_quantity", &Price::minimum_quantity, not_negative, help("From this quantity on, in the product's unit"))
        .field("currency", &Price::currency, help("The list's, or the customer's"))
        .field("price", &Price::price, not_negative, help("Per unit of the product"))
        .field("valid_from", &Price::valid_from)
        .field("valid_to", &Price::valid_to)
        .display("product")
        .menu(Menu::master_data)
        .needs("sales.price")
        .unique_together({"price_list", "customer", "product", "minimum_quantity", "valid_from"})
        .validate(price_list_entity::check_price);
}

}  // namespace sales
