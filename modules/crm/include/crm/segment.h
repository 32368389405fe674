#pragma once
// A segment is the parties that satisfy a rule. The rule is data: conditions over declared facts, never a program.
//
//     Segment fallow{.name = "Good customers gone quiet", .hold_out = Percent::of(10)};
//     fallow.conditions = {{.fact = "customer", .comparison = Comparison::is, .value = "yes"},
//                          {.fact = "won_amount", .comparison = Comparison::at_least, .value = "10000"},
//                          {.fact = "last_contact", .comparison = Comparison::days_ago_at_least, .value = "90"}};
//
// The conditions of one alternative must all hold; the rule holds when any of its alternatives does. Who belongs to it is worked out every
// night and on demand; who joined and left when is kept. Part of the members is held out: campaigns leave them alone, so that what
// they do shows what would have happened anyway. Who is held out follows from the segment and the party alone, and whoever is at a small
// percentage still is at a larger one.

#include <crm/timeline.h>

#include <functional>

namespace crm {

enum class FactKind { text, number, day, flag };
constexpr auto names_of(FactKind) { return tessera::names("text", "number", "day", "flag"); }

// What a fact may be: the text; the number or amount (in the books' currency); the day; 1 or 0 as number.
struct FactValue {
    std::string text{};
    Quantity    number{};
    Date        day{};
};

// Something that is known of parties, contributed by any module that needs this one. `read` visits each party that has it, several times
// when it has several (countries of its addresses): a condition holds when one of them satisfies it.
//
//     kernel.contribute(crm::PartyFact{"orders_a_year", "Orders within a year", crm::FactKind::number, read_orders});
struct PartyFact {
    using Visit = std::function<void(Id<Party>, const FactValue&)>;
    std::string name{}, title{};
    FactKind    kind = FactKind::text;
    void (*read)(const Snapshot& tx, Date on, const Visit& visit) = nullptr;
};

enum class Comparison { is, is_not, one_of, contains, at_least, at_most, before, after, days_ago_at_least, days_ago_at_most, unknown, known };
constexpr auto names_of(Comparison) {
    return tessera::names("is", "is_not", "one_of", "contains", "at_least", "at_most", "before", "after", "days_ago_at_least", "days_ago_at_most", "unknown", "known");
}

struct Segment;
struct SegmentCondition {             // crm.segment_condition
    Id<SegmentCondition> id{};
    Id<Segment>          document{};
    std::int64_t         alternative = 1;
    std::string          fact{};      // "won_amount"
    Comparison           comparison = Comparison::is;
    std::string          value{};     // "10000", "yes", "DE, AT, CH" of one_of
};

enum class SegmentState { used, retired };
constexpr auto names_of(SegmentState) { return tessera::names("used", "retired"); }

struct Segment {                      // crm.segment
    Id<Segment>                   id{};
    SegmentState                  state = SegmentState::used;
    std::string                   name{};
    std::string                   note{};
    Percent                       hold_out{};
    Date                          worked_out_on{};
    std::int64_t                  members = 0;
    std::vector<SegmentCondition> conditions{};
};

struct SegmentMember {                // crm.segment_member: one stay in a segment
    Id<SegmentMember> id{};
    Id<Segment>       segment{};
    Id<Party>         party{};
    Date              joined_on{};
    Date              left_on{};      // the first day on which it no longer belonged to it; empty: it does
    bool              held_out = false;
};

struct SegmentChange { std::int64_t joined = 0, left = 0; };

class Segments {
public:
    virtual ~Segments() = default;
    // Works out who belongs to it on the day of the command and keeps who joined and left.
    virtual SegmentChange refresh(Transaction&, Id<Segment>) const = 0;
    // Whether a party of a segment is held out at that percentage.
    virtual bool          is_held_out(Id<Segment>, Id<Party>, Percent hold_out) const = 0;
};

}  // namespace crm
