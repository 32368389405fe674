#include <sales/pricing.h>

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

using tessera::Refused;
using tessera::Transaction;

namespace subscription_entity {

struct CustomerFacts {
    std::string name{};
    Currency    currency{};
    bool        customer = false;
};

void follow_customer(const Transaction& tx, Subscription& subscription) {
    const auto facts = tx.row<CustomerFacts>("SELECT name, currency, customer FROM directory_party WHERE id = :customer", subscription.customer);
    if (!facts) return;  // refused as required, or as a broken reference
    if (!facts->customer)
        throw Refused("sales.not_a_customer", "To sell to {}, make it a customer in the directory first.", facts->name).with_status(422).with_field("customer");
    if (subscription.currency.none()) subscription.currency = facts->currency.none() ? tx.books().currency : facts->currency;
}

void follow_product(const Transaction& tx, Subscription& subscription) {
    if (!subscription.product || !subscription.customer) return;
    if (subscription.description.empty())
        subscription.description = tx.value<std::string>("SELECT name FROM catalog_product WHERE id = :product", subscription.product).value_or("");
    const auto listed =
        tx.service<Pricing>().find(tx, {subscription.customer, subscription.product, subscription.quantity, subscription.starts_on, subscription.currency}).price;
    if (subscription.price.is_zero()) subscription.price = listed;
    subscription.as_listed = subscription.price == listed;
    if (subscription.price.is_zero())
        throw Refused("sales.no_price", "To sell {}, give it a price, or list one in {}.", tx.label_of(subscription.product), subscription.currency.code())
            .with_status(422)
            .with_field("price");
}

void check(Transaction& tx, Subscription& subscription) {
    if (subscription.state != SubscriptionState::draft) return;
    if (subscription.quantity.is_zero()) subscription.quantity = Quantity::of(1);
    if (subscription.starts_on.empty()) subscription.starts_on = tx.today();
    if (!subscription.ends_on.empty() && subscription.ends_on < subscription.starts_on)
        throw Refused("sales.dates_reversed", "To sell a subscription, let it end on {} or later: it starts then.", subscription.starts_on).with_status(422).with_field("ends_on");
    if (subscription.discount.is_negative() || subscription.discount > Percent::of(100))
        throw Refused("sales.percent_out_of_range", "To sell a subscription, give a discount from 0 to 100 percent.").with_status(422).with_field("discount");
    follow_customer(tx, subscription);
    follow_product(tx, subscription);
    subscription.next_on = subscription.starts_on;
}

}  // namespace subscription_entity

void declare_subscription(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Subscription>("sales.subscription", "Subscription")
        .field("number", &Subscription::number, read_only, unique, searchable, help("Given when it starts"))
        .field("customer", &Subscription::customer, required, indexed)
        .field("product", &Subscription::product, required)
        .field("description", &Subscription::description, help("On its invoices; the product's name when left out"))
        .field("quantity", &Subscription::quantity, positive, help("1 when left out"))
        .field("price", &Subscription::price, not_negative, help("Of one term, for one; the price lists' when left out"))
        .field("as_listed", &Subscription::as_listed, read_only, not_in_list, help("The price is that of the price lists: offers of the day hold for each term"))
        .field("discount", &Subscription::discount, not_in_list, help("In percent, agreed for every term; those of the offers when left out"))
        .field("tax_code", &Subscription::tax_code, not_in_list, help("By the tax rules on the day of each invoice when left out"))
        .field("months", &Subscription::months, positive, help("Of one term"))
        .field("starts_on", &Subscription::starts_on, help("Today when left out"))
        .field("ends_on", &Subscription::ends_on, help("The last day; until it is ended when left out"))
        .field("next_on", &Subscription::next_on, read_only, help("The first day of the term that is invoiced next"))
        .field("currency", &Subscription::currency, not_in_list, help("The customer's when left out"))
        .field("state", &Subscription::state, read_only)
        .field("closing_reason", &Subscription::closing_reason, read_only, not_in_list)
        .display("number")
        .help("The same goods or service at a price every so many months, invoiced in advance, earned day by day")
        .editable_while(SubscriptionState::draft)
        .validate(subscription_entity::check);
    kernel.schema("CREATE INDEX IF NOT EXISTS sales_subscription_due ON sales_subscription (next_on) WHERE state = 'active'");
}

}  // namespace sales
