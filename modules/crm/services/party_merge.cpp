#include "services/party_merge.h"

#include <tessera/text.h>

#include "services/party_family.h"
#include "services/party_references.h"
#include "services/whole_record.h"

#include <algorithm>
#include <array>

namespace crm {

using tessera::EntityDescription;
using tessera::FieldDescription;
using tessera::FieldKind;
using tessera::Refused;

namespace party_merge {

const EntityDescription& party_entity(const Snapshot& tx) { return *tx.kernel().find_entity("directory.party"); }

bool is_choosable(const FieldDescription& f) { return !f.read_only && f.name != "number" && f.name != "active"; }

// What a party is, it stays: customer and supplier together.
bool is_capacity(const FieldDescription& f) {
    static constexpr std::array capacities = {"supplier", "customer", "carrier"};
    return std::ranges::find(capacities, f.name) != capacities.end();
}

void set_survivor(Transaction& tx, const Merge& merge) {
    const auto& e = party_entity(tx);
    WholeRecord kept(tx, e, merge.survivor.value), dropped(tx, e, merge.duplicate.value);
    for (const auto* f : choosable_fields(tx))
        if (taken_from(merge, *f, kept.get(), dropped.get()) == Side::dropped) kept.copy(*f, dropped);
    kept.save();
}

void retire(Transaction& tx, const Merge& merge) {
    auto dropped   = tx.load(merge.duplicate);
    dropped.active = false;
    tx.save(dropped);
    tx.save_extension(merge.duplicate, Merged{merge.survivor});
    for (const auto earlier : tx.rows<Id<Party>>("SELECT id FROM directory_party WHERE crm_merged_into = :party ORDER BY id", merge.duplicate))
        tx.save_extension(earlier, Merged{merge.survivor});
}

void move(Transaction& tx, const PartyReference& reference, const Merge& merge) {
    for (const auto id : to_be_moved(tx, reference, merge.duplicate)) try {
            WholeRecord record(tx, *reference.entity, id);
            record.refer(*reference.field, merge.survivor.value);
            record.save();
            tx.write_out();
        } catch (const Refused& refused) {
            throw Refused("crm.cannot_move", "To merge {} into {}, settle this first: {} {} cannot become that of {}. {}", tx.label_of(merge.duplicate),
                          tx.label_of(merge.survivor), tessera::lower_ascii(reference.document->title), id, tx.label_of(merge.survivor), refused.sentence());
        }
}

struct Pending {
    std::int64_t count = 0;
    std::string  first{};
};

void add_obstacle(std::vector<std::string>& obstacles, const std::optional<Pending>& pending, std::string_view what, std::string_view with, std::string_view one,
                  std::string_view many) {
    if (pending && pending->count)
        obstacles.push_back(fmt::format("{} {}: {} {}, the first {}.", what, with, pending->count, pending->count == 1 ? one : many, pending->first));
}

}  // namespace party_merge

void require_choosable(const Snapshot& tx, std::string_view field) {
    const auto* f = party_merge::party_entity(tx).find(field);
    if (f && party_merge::is_choosable(*f)) return;
    throw Refused("crm.no_such_field", "To choose a value for the survivor, name a field of a party that can be taken over; \"{}\" is none.", tessera::excerpt(field))
        .with_status(422)
        .with_field("choices");
}

std::vector<const FieldDescription*> choosable_fields(const Snapshot& tx) {
    std::vector<const FieldDescription*> fields;
    for (const auto& f : party_merge::party_entity(tx).fields)
        if (party_merge::is_choosable(f)) fields.push_back(&f);
    return fields;
}

Side taken_from(const Merge& merge, const FieldDescription& f, const void* kept, const void* dropped) {
    const auto choice = std::ranges::find(merge.choices, f.name, &MergeChoice::field);
    if (choice != merge.choices.end()) return choice->take;
    if (party_merge::is_capacity(f)) return f.number(dropped) ? Side::dropped : Side::kept;
    return f.none(kept) && !f.none(dropped) ? Side::dropped : Side::kept;
}

std::vector<std::string> obstacles_to(const Snapshot& tx, const Merge& merge) {
    std::vector<std::string> obstacles;
    for (const auto party : {merge.survivor, merge.duplicate})
        if (const auto into = survivor_of(tx, party); into != party)
            obstacles.push_back(fmt::format("Take {} instead of {}: they are one already.", tx.label_of(into), tx.label_of(party)));
    const auto name = tx.label_of(merge.duplicate);
    party_merge::add_obstacle(
        obstacles, tx.row<party_merge::Pending>("SELECT count(id), min(document) FROM financials_open_item WHERE party = :party AND open_amount <> 0", merge.duplicate),
        "Settle what is open with", name, "item", "items");
    party_merge::add_obstacle(
        obstacles,
        tx.row<party_merge::Pending>(
            "SELECT count(id), min(number) FROM sales_order WHERE customer = :party AND state IN ('held', 'confirmed', 'part_shipped', 'shipped')", merge.duplicate),
        "Finish what is being sold to", name, "order", "orders");
    return obstacles;
}

void merge_parties(Transaction& tx, const Merge& merge) {
    if (const auto obstacles = obstacles_to(tx, merge); !obstacles.empty())
        throw Refused("crm.not_to_be_merged", "To merge {} into {}, do this first: {}", tx.label_of(merge.duplicate), tx.label_of(merge.survivor), obstacles.front());
    party_merge::set_survivor(tx, merge);
    for (const auto& reference : references_to_parties(tx)) party_merge::move(tx, reference, merge);
    party_merge::retire(tx, merge);
    tx.publish(PartiesMerged{merge.id, merge.survivor, merge.duplicate});
}

}  // namespace crm
