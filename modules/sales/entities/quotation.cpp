#include <sales/records.h>

#include "declare.h"
#include "services/line_price.h"

#include <sales/pricing.h>

#include <tessera/job.h>

namespace sales {

using tessera::Refused;
using tessera::Transaction;

namespace quotation_entity {

constexpr int default_validity_days = 30;

struct ProductFacts {
    std::string       name{};
    Id<catalog::Unit> unit{};
};

void complete_line(const Transaction& tx, const Quotation& quotation, QuotationLine& line) {
    line.amount = Money{0, quotation.currency};
    if (!line.product) return;  // refused as required
    const auto product = tx.row<ProductFacts>("SELECT name, unit FROM catalog_product WHERE id = :product", line.product);
    if (!product) return;
    if (line.description.empty()) line.description = product->name;
    if (!line.unit) line.unit = product->unit;
    complete_price(tx, {quotation.customer, quotation.date, quotation.currency},
                   {line.product, line.quantity, line.unit, product->unit, line.list_price, line.price, line.discount, line.offer, line.price_reason, line.price_trace});
    line.amount = discounted(line.quantity, line.price, line.discount, quotation.currency);
}

void check(Transaction& tx, Quotation& quotation) {
    if (quotation.state != QuotationState::draft || !quotation.customer) return;
    if (quotation.date.empty()) quotation.date = tx.today();
    if (quotation.valid_until.empty()) quotation.valid_until = quotation.date.plus_days(default_validity_days);
    if (quotation.valid_until < quotation.date)
        throw Refused("sales.dates_reversed", "To save the quotation, let it be valid on its own day at least.").with_status(422).with_field("valid_until");
    if (quotation.currency.none()) {
        const auto own     = tx.value<Currency>("SELECT currency FROM directory_party WHERE id = :customer", quotation.customer);
        quotation.currency = own && !own->none() ? *own : tx.books().currency;
    }
    if (!quotation.sales_person)
        quotation.sales_person = tx.value<Id<directory::Employee>>("SELECT sales_sales_person FROM directory_party WHERE id = :customer", quotation.customer)
                                     .value_or(Id<directory::Employee>{});
    quotation.total = Money{0, quotation.currency};
    for (auto& line : quotation.lines) {
        complete_line(tx, quotation, line);
        if (!line.optional) quotation.total += line.amount;
    }
}

// Quotations whose last day has passed without an answer.
void expire(tessera::JobRun& run) {
    run.write([](Transaction& tx) {
        for (auto quotation : tx.select<Quotation>("state = 'sent' AND valid_until < :today ORDER BY id", tx.today())) {
            quotation.state = QuotationState::expired;
            tx.save(quotation);
        }
    });
}

}  // namespace quotation_entity

void declare_quotation(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<QuotationLine>("sales.quotation_line", "Quotation line")
        .part_of(&QuotationLine::document)
        .field("product", &QuotationLine::product, required)
        .field("description", &QuotationLine::description, help("The product's name when left out"))
        .field("quantity", &QuotationLine::quantity, required, positive)
        .field("unit", &QuotationLine::unit, help("The product's own when left out"))
        .field("list_price", &QuotationLine::list_price, read_only, help("What the price lists say"))
        .field("price", &QuotationLine::price, not_negative, help("Per unit; the price lists' when left out"))
        .field("discount", &QuotationLine::discount, help("Percent of the price; that of the best special offer when left out"))
        .field("offer", &QuotationLine::offer, not_in_list)
        .field("price_reason", &QuotationLine::price_reason, help("Why it is not what the price lists say"))
        .field("amount", &QuotationLine::amount, read_only)
        .field("optional", &QuotationLine::optional, help("Offered beside; not ordered by accepting"))
        .field("price_trace", &QuotationLine::price_trace, read_only, not_in_list, longest(100000))
        .display("description");
    kernel.entity<Quotation>("sales.quotation", "Quotation")
        .worth("total")
        .field("number", &Quotation::number, read_only, indexed, searchable, help("Given when it is sent; of all its revisions"))
        .field("revision", &Quotation::revision, read_only)
        .field("revises", &Quotation::revises, read_only, not_in_list, help("The revision before"))
        .field("customer", &Quotation::customer, required, indexed)
        .field("contact", &Quotation::contact, not_in_list)
        .field("date", &Quotation::date, help("Today when left out"))
        .field("valid_until", &Quotation::valid_until, help("30 days later when left out"))
        .field("sales_person", &Quotation::sales_person, not_in_list, help("The customer's when left out"))
        .field("customer_reference", &Quotation::customer_reference, searchable, not_in_list)
        .field("currency", &Quotation::currency, not_in_list, help("The customer's when left out"))
        .field("total", &Quotation::total, read_only, help("Net of tax, without optional lines"))
        .field("state", &Quotation::state, read_only)
        .field("reason", &Quotation::reason, read_only, not_in_list, help("Why it was declined or revised"))
        .field("sales_order", &Quotation::sales_order, read_only, not_in_list, help("What it became"))
        .field("note", &Quotation::note, multiline)
        .lines("lines", &Quotation::lines)
        .display("number")
        .help("What we offer a customer, until when; each revision is kept")
        .editable_while(QuotationState::draft)
        .unique_together({"number", "revision"}, "number IS NOT NULL")
        .validate(quotation_entity::check);
    kernel.job("sales.expire_quotations", "Let quotations expire", daily_at(1), quotation_entity::expire);
}

}  // namespace sales
