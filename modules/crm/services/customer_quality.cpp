#include "services/customer_quality.h"

#include <tessera/text.h>

#include <algorithm>

namespace crm {

namespace customer_quality {

bool is_checked(const Transaction& tx, const QualityCriterion& criterion, const tessera::Source& source) {
    return tx
        .value<std::int64_t>("SELECT id FROM crm_quality_check WHERE criterion = :criterion AND source_entity = :entity AND source_id = :source", criterion.id,
                             source.entity, source.id)
        .has_value();
}

QualityCheck checked(Transaction& tx, const QualityCriterion& criterion, const Delivered& delivered, Quantity value) {
    QualityCheck check{.criterion     = criterion.id,
                       .party         = criterion.party,
                       .date          = delivered.day,
                       .recorded_at   = tx.now(),
                       .measured      = value,
                       .comparison    = criterion.comparison,
                       .target        = criterion.target,
                       .met           = meets(criterion.comparison, value, criterion.target),
                       .source_entity = delivered.source.entity,
                       .source_id     = delivered.source.id};
    check.id = tx.insert(check);
    if (!check.met) tx.publish(QualityMissed{check.id, check.party, check.date});
    return check;
}

}  // namespace customer_quality

bool meets(QualityComparison comparison, Quantity measured, Quantity target) {
    switch (comparison) {
        case QualityComparison::at_most: return measured <= target;
        case QualityComparison::at_least: return measured >= target;
        case QualityComparison::equals: return measured == target;
    }
    return false;
}

void require_measure(const Snapshot& tx, std::string_view measure) {
    const auto& all = tx.contributions<QualityMeasure>();
    if (std::ranges::any_of(all, [&](const auto& m) { return m.name == measure; })) return;
    std::string names;
    for (const auto& m : all) names += (names.empty() ? "" : ", ") + m.name;
    throw tessera::Refused("crm.unknown_measure", "To say what quality is, measure one of {}; \"{}\" is none of them.", names, tessera::excerpt(measure))
        .with_status(422)
        .with_field("measure");
}

std::vector<QualityCheck> CustomerQualityService::check(Transaction& tx, const Delivered& delivered) const {
    for (const auto& one : delivered.measured) require_measure(tx, one.measure);
    std::vector<QualityCheck> checks;
    const auto                criteria = tx.select<QualityCriterion>(
        "party = :party AND (valid_from IS NULL OR valid_from <= :day) AND (valid_to IS NULL OR valid_to >= :day) ORDER BY id", delivered.party, delivered.day);
    for (const auto& criterion : criteria) {
        const auto value = std::ranges::find(delivered.measured, criterion.measure, &Measured::measure);
        if (value == delivered.measured.end() || customer_quality::is_checked(tx, criterion, delivered.source)) continue;
        checks.push_back(customer_quality::checked(tx, criterion, delivered, value->value));
    }
    return checks;
}

}  // namespace crm
