#include "services/margin.h"

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace margin_report {

MarginQuestion question_of(const Parameters& parameters) {
    return {.from         = parameters.date("from"),
            .to           = parameters.date("to"),
            .known_at     = parameters.instant("known_at"),
            .losses       = parameters.flag("losses"),
            .line         = parameters.reference<OrderLine>("line"),
            .order        = parameters.reference<Order>("order"),
            .customer     = parameters.reference<directory::Party>("customer"),
            .product      = parameters.reference<catalog::Product>("product"),
            .category     = parameters.reference<catalog::Category>("category"),
            .in_category  = parameters.reference<catalog::Category>("in_category"),
            .territory    = parameters.reference<Territory>("territory"),
            .sales_person = parameters.reference<directory::Employee>("sales_person"),
            .special_offer = parameters.reference<SpecialOffer>("special_offer")};
}

template <class Row>
tessera::ReportBuilder<Row>& with_question(tessera::ReportBuilder<Row>& report) {
    using tessera::help;
    return report.template parameter<Date>("from", help("First day of invoices and movements"))
        .template parameter<Date>("to", help("Last day"))
        .template parameter<Instant>("known_at", help("As it was recorded then; now when left out"))
        .template parameter<bool>("losses", help("Count goods that were found missing as cost"))
        .template parameter<Id<OrderLine>>("line", help("An order line"))
        .template parameter<Id<Order>>("order")
        .template parameter<Id<directory::Party>>("customer")
        .template parameter<Id<catalog::Product>>("product")
        .template parameter<Id<catalog::Category>>("category", help("With all below it"))
        .template parameter<Id<catalog::Category>>("in_category", help("Without what is below it"))
        .template parameter<Id<Territory>>("territory")
        .template parameter<Id<directory::Employee>>("sales_person")
        .template parameter<Id<SpecialOffer>>("special_offer", help("That was given to the order line"));
}

}  // namespace margin_report

void declare_margin(tessera::Kernel& kernel) {
    using namespace tessera;
    using Row = MarginRow;
    const auto entries = opens("sales.margin_entries", {{"from", "from"},
                                                        {"to", "to"},
                                                        {"known_at", ":known_at"},
                                                        {"losses", ":losses"},
                                                        {"line", "line_id"},
                                                        {"order", "order_id"},
                                                        {"customer", "customer_id"},
                                                        {"product", "product_id"},
                                                        {"in_category", "category_id"},
                                                        {"category", "top_category_id"},
                                                        {"territory", "territory_id"},
                                                        {"sales_person", "sales_person_id"},
                                                        {"special_offer", "special_offer_id"}});
    auto report = kernel.report<Row>("sales.margin", "Margin");
    report.parameter<MarginBy>("by", by_default("product"), tessera::help("What a line stands for"));
    margin_report::with_question(report)
        .help("What was earned: revenue of posted invoices, cost of the goods that left less those that came back, by the stock ledger. Late cost "
              "restates it; as known at a moment, it is what it was then")
        .column("name", &Row::name, opens_record("@entity", "id"))
        .column("quantity", &Row::quantity, total, entries, meaning("Of goods in their stock unit, of others as invoiced"))
        .column("revenue", &Row::revenue, total, entries)
        .column("cost", &Row::cost, total, entries)
        .column("profit", &Row::profit, total, entries)
        .column("margin", &Row::margin, meaning("Percent of the revenue"))
        .column("id", &Row::id, hidden)
        .column("entity", &Row::entity, hidden)
        .column("from", &Row::from, hidden)
        .column("to", &Row::to, hidden)
        .column("line_id", &Row::line_id, hidden)
        .column("order_id", &Row::order_id, hidden)
        .column("customer_id", &Row::customer_id, hidden)
        .column("product_id", &Row::product_id, hidden)
        .column("category_id", &Row::category_id, hidden)
        .column("top_category_id", &Row::top_category_id, hidden)
        .column("territory_id", &Row::territory_id, hidden)
        .column("sales_person_id", &Row::sales_person_id, hidden)
        .column("special_offer_id", &Row::special_offer_id, hidden)
        .run([](const Snapshot& tx, const Parameters& parameters, const auto& emit) {
            auto question = margin_report::question_of(parameters);
            question.by   = parameters.choice<MarginBy>("by").value_or(MarginBy::product);
            margin(tx, question, emit);
        });
    using Entry = MarginEntry;
    auto parts = kernel.report<Entry>("sales.margin_entries", "What margin is made of");
    margin_report::with_question(parts)
        .help("Every invoice, every movement of goods and every cost behind a figure of the margin report")
        .column("date", &Entry::date)
        .column("document", &Entry::document, opens_record("@source_entity", "source_id"))
        .column("order", &Entry::order, opens_record("sales.order", "order_id"))
        .column("product", &Entry::product)
        .column("quantity", &Entry::quantity, total)
        .column("revenue", &Entry::revenue, total, opens_record("@source_entity", "source_id"))
        .column("cost", &Entry::cost, total, opens_record("@source_entity", "source_id"))
        .column("source_entity", &Entry::source_entity, hidden)
        .column("source_id", &Entry::source_id, hidden)
        .column("order_id", &Entry::order_id, hidden)
        .run([](const Snapshot& tx, const Parameters& parameters, const auto& emit) { margin_entries(tx, margin_report::question_of(parameters), emit); });
}

}  // namespace sales
