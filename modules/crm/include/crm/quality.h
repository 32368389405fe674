#pragma once
// How a customer defines quality: what is measured of a delivery, and what it must come to. Whoever delivers tells what was measured.
//
//     tx.insert(QualityCriterion{.party = acme, .measure = "days_late", .comparison = QualityComparison::at_most, .target = Quantity::of(0)});
//     tx.service<CustomerQuality>().check(tx, {.party = acme, .day = shipment.date, .source = tx.source_of(shipment),
//                                              .measured = {{"days_late", Quantity::of(2)}, {"documents_missing", Quantity::of(0)}}});

#include <crm/timeline.h>

namespace crm {

// What can be measured, contributed by any module that needs this one.
struct QualityMeasure {
    std::string name{}, title{}, unit{};   // "defects_per_million", "Defects per million pieces", "ppm"
};

enum class QualityComparison { at_most, at_least, equals };
constexpr auto names_of(QualityComparison) { return tessera::names("at_most", "at_least", "equals"); }

struct QualityCriterion {             // crm.quality_criterion
    Id<QualityCriterion> id{};
    Id<Party>            party{};
    std::string          measure{};
    QualityComparison    comparison = QualityComparison::at_most;
    Quantity             target{};
    std::string          note{};      // in the customer's words
    Date                 valid_from{}, valid_to{};   // both included; empty: since ever, until further notice
};

struct QualityCheck {                 // crm.quality_check: append-only
    Id<QualityCheck>     id{};
    Id<QualityCriterion> criterion{};
    Id<Party>            party{};
    Date                 date{};
    tessera::Instant     recorded_at{};
    Quantity             measured{};
    QualityComparison    comparison = QualityComparison::at_most;   // and the target, as they were then
    Quantity             target{};
    bool                 met = false;
    std::string          source_entity{};
    std::int64_t         source_id = 0;
};

struct Measured {
    std::string measure{};
    Quantity    value{};
};
struct Delivered {
    Id<Party>             party{};
    Date                  day{};
    tessera::Source       source{};
    std::vector<Measured> measured{};
};

// Published for every criterion that a delivery does not meet.
struct QualityMissed {                // crm.quality_missed
    Id<QualityCheck> check{};
    Id<Party>        party{};
    Date             date{};
};

class CustomerQuality {
public:
    virtual ~CustomerQuality() = default;
    // Compares what was measured with the party's criteria of the day and keeps the result, once per criterion and source. Criteria of which
    // nothing was measured are passed over. Refused crm.unknown_measure (422).
    virtual std::vector<QualityCheck> check(Transaction&, const Delivered&) const = 0;
};

}  // namespace crm
