#include <crm/quality.h>

#include "declare.h"
#include "reports/in_books.h"
#include "services/customer_quality.h"

namespace crm {

using tessera::Refused;

namespace quality_entity {

void check(Transaction& tx, QualityCriterion& criterion) {
    require_measure(tx, criterion.measure);
    if (!criterion.valid_from.empty() && !criterion.valid_to.empty() && criterion.valid_to < criterion.valid_from)
        throw Refused("crm.ends_before_it_begins", "To let a criterion hold from {}, let it end on that day or later, not on {}.", criterion.valid_from, criterion.valid_to)
            .with_status(422)
            .with_field("valid_to");
}

struct Row {
    std::string       party{};
    std::string       measure{};
    QualityComparison comparison = QualityComparison::at_most;
    Quantity          target{};
    std::int64_t      checks = 0, met = 0;
    Percent           met_rate{};
    Date              last_missed{};
    std::int64_t      criterion_id = 0, party_id = 0;
};

struct Found {
    std::string       party{}, measure{};
    QualityComparison comparison = QualityComparison::at_most;
    Quantity          target{};
    std::int64_t      checks = 0, met = 0;
    Date              last_missed{};
    std::int64_t      criterion_id = 0, party_id = 0;
};

constexpr auto query = R"sql(
    SELECT p.name, c.measure, c.comparison, c.target, count(k.id), coalesce(sum(CASE WHEN k.met = 1 THEN 1 ELSE 0 END), 0),
           max(CASE WHEN k.met = 1 THEN NULL ELSE k.date END), c.id, c.party
      FROM crm_quality_criterion c
      JOIN directory_party p ON p.id = c.party
      LEFT JOIN crm_quality_check k ON k.criterion = c.id AND (:from IS NULL OR k.date >= :from) AND (:to IS NULL OR k.date <= :to)
     WHERE (:party IS NULL OR c.party = :party)
     GROUP BY p.name, c.measure, c.comparison, c.target, c.id, c.party
     ORDER BY p.name, c.id)sql";

void declare_records(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<QualityCriterion>("crm.quality_criterion", "Quality criterion")
        .plural("Quality criteria")
        .path("quality_criteria")
        .field("party", &QualityCriterion::party, required, indexed)
        .field("measure", &QualityCriterion::measure, required, longest(60), help("days_late, defects_per_million, documents_missing …"))
        .field("comparison", &QualityCriterion::comparison)
        .field("target", &QualityCriterion::target)
        .field("note", &QualityCriterion::note, multiline, help("In the customer's words"))
        .field("valid_from", &QualityCriterion::valid_from)
        .field("valid_to", &QualityCriterion::valid_to)
        .display("measure")
        .help("What a customer calls quality, and what it must come to")
        .menu(Menu::master_data)
        .validate(check);
    kernel.entity<QualityCheck>("crm.quality_check", "Quality check")
        .field("criterion", &QualityCheck::criterion, required, indexed)
        .field("party", &QualityCheck::party, required, indexed)
        .field("date", &QualityCheck::date, required)
        .field("recorded_at", &QualityCheck::recorded_at, not_in_list)
        .field("measured", &QualityCheck::measured)
        .field("comparison", &QualityCheck::comparison)
        .field("target", &QualityCheck::target)
        .field("met", &QualityCheck::met)
        .field("source_entity", &QualityCheck::source_entity, not_in_list)
        .field("source_id", &QualityCheck::source_id, not_in_list)
        .help("Whether a delivery was what its customer calls quality")
        .menu(Menu::ledgers)
        .append_only();
    kernel.event<QualityMissed>("crm.quality_missed")
        .field("check", &QualityMissed::check)
        .field("party", &QualityMissed::party)
        .field("date", &QualityMissed::date);
}

void answer(const Snapshot& tx, const tessera::Parameters& p, const std::function<void(const Row&)>& emit) {
    tx.each<Found>(query, [&](const Found& f) {
        emit({f.party, f.measure, f.comparison, f.target, f.checks, f.met, percent_of_whole(f.met, f.checks), f.last_missed, f.criterion_id, f.party_id});
    }, p.date("from"), p.date("to"), p.reference<Party>("party"));
}

}  // namespace quality_entity

void declare_quality(tessera::Kernel& kernel) {
    using namespace tessera;
    using quality_entity::Row;
    for (const auto& measure : {QualityMeasure{"days_late", "Days behind the promised day", "days"}, {"days_early", "Days before the promised day", "days"},
                                {"quantity_short", "Share that was short", "%"}, {"defects_per_million", "Defects per million pieces", "ppm"},
                                {"documents_missing", "Documents that were missing", "documents"}})
        kernel.contribute(measure);
    quality_entity::declare_records(kernel);
    kernel.report<Row>("crm.quality", "Quality as customers define it")
        .help("How often each criterion of each customer was met in a span of days")
        .parameter<Id<Party>>("party")
        .parameter<Date>("from", help("First day of the deliveries"))
        .parameter<Date>("to", help("Last day of the deliveries"))
        .column("party", &Row::party, opens_record("directory.party", "party_id"))
        .column("measure", &Row::measure, opens_record("crm.quality_criterion", "criterion_id"))
        .column("comparison", &Row::comparison)
        .column("target", &Row::target)
        .column("checks", &Row::checks, total)
        .column("met", &Row::met, total)
        .column("met_rate", &Row::met_rate, meaning("In percent"))
        .column("last_missed", &Row::last_missed)
        .column("criterion_id", &Row::criterion_id, hidden)
        .column("party_id", &Row::party_id, hidden)
        .run(quality_entity::answer);
    kernel.panel("crm.party_quality", "directory.party", "Quality", report_view("crm.quality", {{"party", "=id"}}));
}

}  // namespace crm
