#include <sales/records.h>

#include "declare.h"

namespace sales {

using tessera::Refused;

namespace special_offer_entity {

void check(tessera::Transaction&, SpecialOffer& offer) {
    if (offer.discount.is_negative() || offer.discount > Percent::of(100))
        throw Refused("sales.percent_out_of_range", "To save the offer {}, give a discount from 0 to 100 percent.", offer.name).with_status(422).with_field("discount");
    if (offer.product && offer.category)
        throw Refused("sales.offer_of_what", "To save the offer {}, name a product or a category, not both.", offer.name).with_status(422).with_field("category");
    if (!offer.valid_from.empty() && !offer.valid_to.empty() && offer.valid_to < offer.valid_from)
        throw Refused("sales.dates_reversed", "To save the offer {}, let it end after it begins.", offer.name).with_status(422).with_field("valid_to");
    if (!offer.maximum_quantity.is_zero() && offer.maximum_quantity < offer.minimum_quantity)
        throw Refused("sales.quantities_reversed", "To save the offer {}, let its largest quantity be at least its smallest.", offer.name)
            .with_status(422)
            .with_field("maximum_quantity");
}

}  // namespace special_offer_entity

void declare_special_offer(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<SpecialOffer>("sales.special_offer", "Special offer")
        .field("name", &SpecialOffer::name, required, searchable, longest(120))
        .field("discount", &SpecialOffer::discount, help("Percent of the price"))
        .field("product", &SpecialOffer::product, indexed, help("Or a category; every product when both are left out"))
        .field("category", &SpecialOffer::category, help("With all below it"))
        .field("customer", &SpecialOffer::customer, help("Every customer when left out"))
        .field("territory", &SpecialOffer::territory, help("Everywhere when left out"))
        .field("minimum_quantity", &SpecialOffer::minimum_quantity, not_negative)
        .field("maximum_quantity", &SpecialOffer::maximum_quantity, not_negative, help("0: no limit"))
        .field("valid_from", &SpecialOffer::valid_from)
        .field("valid_to", &SpecialOffer::valid_to)
        .field("active", &SpecialOffer::active)
        .display("name")
        .help("A discount for a while; of several that fit the largest is given")
        .menu(Menu::master_data)
        .needs("sales.price")
        .validate(special_offer_entity::check);
}

}  // namespace sales
