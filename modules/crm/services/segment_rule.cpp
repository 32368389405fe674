#include "services/segment_rule.h"

#include <tessera/digest.h>
#include <tessera/text.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace crm {

using tessera::Refused;

namespace segment_rule {

const PartyFact* find_fact(const Snapshot& tx, std::string_view name) {
    const auto& facts = tx.contributions<PartyFact>();
    const auto  found = std::ranges::find(facts, name, &PartyFact::name);
    return found == facts.end() ? nullptr : &*found;
}

const PartyFact& fact_of(const Snapshot& tx, const SegmentCondition& condition, std::size_t line) {
    if (const auto* fact = find_fact(tx, condition.fact)) return *fact;
    std::string names;
    for (const auto& fact : tx.contributions<PartyFact>()) names += (names.empty() ? "" : ", ") + fact.name;
    throw Refused("crm.unknown_fact", "To set condition {}, use one of {}; \"{}\" is none of them.", line + 1, names, tessera::excerpt(condition.fact))
        .with_status(422)
        .with_field(fmt::format("conditions[{}].fact", line));
}

bool takes_value(Comparison c) { return c != Comparison::known && c != Comparison::unknown; }
bool counts_days(Comparison c) { return c == Comparison::days_ago_at_least || c == Comparison::days_ago_at_most; }

Quantity flag_of(std::string_view text) {
    const auto small = tessera::lower_ascii(text);
    if (small == "yes" || small == "true" || small == "1") return Quantity::of(1);
    if (small == "no" || small == "false" || small == "0") return {};
    throw Refused("crm.no_flag", "Say yes or no.");
}

// Reads the value as what it is compared with; throws Refused when it is none.
void read_value(const SegmentCondition& c, FactKind kind) {
    if (!takes_value(c.comparison)) return;
    if (c.value.empty()) throw Refused("crm.no_value", "Give a value.");
    if (kind == FactKind::number) Quantity::parse(c.value);
    if (kind == FactKind::flag) flag_of(c.value);
    if (kind == FactKind::day) counts_days(c.comparison) ? void(Quantity::parse(c.value)) : void(Date::parse(c.value));
}

std::vector<std::string> parts_of(std::string_view list) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= list.size();) {
        const auto to = std::min(list.find(',', from), list.size());
        parts.push_back(tessera::lower_ascii(tessera::trim(list.substr(from, to - from))));
        from = to + 1;
    }
    return parts;
}

bool satisfies_text(const SegmentCondition& c, const std::string& text) {
    const auto value = tessera::lower_ascii(text), wanted = tessera::lower_ascii(tessera::trim(c.value));
    if (c.comparison == Comparison::one_of) return std::ranges::any_of(parts_of(c.value), [&](const auto& part) { return part == value; });
    if (c.comparison == Comparison::contains) return value.find(wanted) != std::string::npos;
    return value == wanted;  // is, is_not
}

template <class Value>
bool satisfies_order(Comparison comparison, const Value& value, const Value& wanted) {
    switch (comparison) {
        case Comparison::at_least: return value >= wanted;
        case Comparison::at_most: return value <= wanted;
        case Comparison::before: return value < wanted;
        case Comparison::after: return value > wanted;
        default: return value == wanted;  // is, is_not
    }
}

bool satisfies_day(const SegmentCondition& c, Date day, Date on) {
    if (!counts_days(c.comparison)) return satisfies_order(c.comparison, day, Date::parse(c.value));
    const auto ago = Quantity::of(on - day), wanted = Quantity::parse(c.value);
    return c.comparison == Comparison::days_ago_at_least ? ago >= wanted : ago <= wanted;
}

using Parties = std::set<Id<Party>>;

// is_not and unknown hold for those of whom nothing says the contrary.
Parties satisfying(const Snapshot& tx, const SegmentCondition& c, const PartyFact& fact, const Parties& all, Date on) {
    Parties    found;
    const bool contrary = c.comparison == Comparison::is_not || c.comparison == Comparison::unknown;
    fact.read(tx, on, [&](Id<Party> party, const FactValue& value) {
        if (!takes_value(c.comparison) || is_satisfied(c, fact.kind, value, on)) found.insert(party);
    });
    Parties result;
    if (contrary) std::ranges::set_difference(all, found, std::inserter(result, result.end()));
    else std::ranges::set_intersection(all, found, std::inserter(result, result.end()));
    return result;
}

void keep_stays(Transaction& tx, Segment& segment, const Parties& now, SegmentChange& change) {
    const auto today   = tx.today();
    auto       missing = now;
    for (auto& stay : tx.select<SegmentMember>("segment = :segment AND left_on IS NULL", segment.id)) {
        if (missing.erase(stay.party)) continue;
        stay.left_on = today;
        tx.save(stay);
        ++change.left;
    }
    for (const auto party : missing) {
        tx.insert(SegmentMember{.segment = segment.id, .party = party, .joined_on = today, .held_out = tx.service<Segments>().is_held_out(segment.id, party, segment.hold_out)});
        ++change.joined;
    }
}

}  // namespace segment_rule

bool compares(FactKind kind, Comparison c) {
    using enum Comparison;
    if (c == known || c == unknown || c == is || c == is_not) return true;
    switch (kind) {
        case FactKind::text: return c == one_of || c == contains;
        case FactKind::number: return c == at_least || c == at_most;
        case FactKind::day: return c == before || c == after || segment_rule::counts_days(c);
        case FactKind::flag: return false;
    }
    return false;
}

void require_sound(const Snapshot& tx, std::span<const SegmentCondition> conditions) {
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const auto& c    = conditions[i];
        const auto& fact = segment_rule::fact_of(tx, c, i);
        const auto  bad  = [&](std::string_view why) {
            return Refused("crm.condition_does_not_fit", "To set condition {}, compare {} with what it can be: {}", i + 1, fact.title, why)
                .with_status(422)
                .with_field(fmt::format("conditions[{}].value", i));
        };
        if (!compares(fact.kind, c.comparison)) throw bad(fmt::format("\"{}\" is no comparison for it.", tessera::name_of(c.comparison)));
        try {
            segment_rule::read_value(c, fact.kind);
        } catch (const Refused& refused) { throw bad(refused.sentence()); }
    }
}

bool is_satisfied(const SegmentCondition& c, FactKind kind, const FactValue& value, Date on) {
    switch (kind) {
        case FactKind::text: return segment_rule::satisfies_text(c, value.text);
        case FactKind::number: return segment_rule::satisfies_order(c.comparison, value.number, Quantity::parse(c.value));
        case FactKind::flag: return value.number == segment_rule::flag_of(c.value);
        case FactKind::day: return segment_rule::satisfies_day(c, value.day, on);
    }
    return false;
}

std::set<Id<Party>> parties_in(const Snapshot& tx, std::span<const SegmentCondition> conditions, Date on) {
    segment_rule::Parties all;
    for (const auto party : tx.rows<Id<Party>>("SELECT id FROM directory_party WHERE active = 1 AND crm_merged_into IS NULL")) all.insert(party);
    std::map<std::int64_t, segment_rule::Parties> alternatives;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const auto& c       = conditions[i];
        const auto  found   = segment_rule::satisfying(tx, c, segment_rule::fact_of(tx, c, i), all, on);
        const auto [it, first] = alternatives.try_emplace(c.alternative, found);
        if (!first) std::erase_if(it->second, [&](Id<Party> party) { return !found.contains(party); });
    }
    segment_rule::Parties result;
    for (auto& [number, parties] : alternatives) result.merge(parties);
    return result;
}

SegmentChange SegmentService::refresh(Transaction& tx, Id<Segment> id) const {
    SegmentChange change;
    auto          segment = tx.load(id);
    const auto    now     = parties_in(tx, segment.conditions, tx.today());
    segment_rule::keep_stays(tx, segment, now, change);
    segment.worked_out_on = tx.today();
    segment.members       = std::ssize(now);
    tx.save(segment);
    return change;
}

// The first 32 bits of the digest of segment and party, as a share of all: the same whenever it is asked.
bool SegmentService::is_held_out(Id<Segment> segment, Id<Party> party, Percent hold_out) const {
    const auto    digest = tessera::sha256_hex(fmt::format("crm.segment {} party {}", segment, party));
    std::uint32_t place  = 0;
    std::from_chars(digest.data(), digest.data() + 8, place, 16);
    return tessera::Wide{place} * Percent::of(100).raw() < tessera::Wide{hold_out.raw()} << 32;
}

}  // namespace crm
