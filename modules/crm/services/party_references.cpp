#include "services/party_references.h"

#include <algorithm>
#include <array>

namespace crm {

namespace party_references {

// What speaks of the two parties as two, and who was merged with whom.
bool stays_with_both(const tessera::EntityDescription& e, const tessera::FieldDescription& f) {
    static constexpr std::array entities = {"crm.merge", "crm.told_apart"};
    return std::ranges::find(entities, e.name) != entities.end() || f.name == "crm_merged_into";
}

// May be entered by people and still never changes.
bool is_evidence(const tessera::EntityDescription& e) { return e.name == "crm.consent"; }

// What others have added is theirs where people may not change it.
bool may_move(const tessera::EntityDescription& e, const tessera::FieldDescription& f, const tessera::EntityDescription& document) {
    return document.editable && !document.append_only && !e.append_only && (f.added_by.empty() || !f.read_only) && !is_evidence(e);
}

std::string condition(const PartyReference& r) {
    std::string text = fmt::format("{}.{} = :party", r.entity == r.document ? "d" : "l", r.field->name);
    const auto& states = r.document->editable_states;
    for (std::size_t i = 0; i < states.size(); ++i) text += fmt::format("{}d.{} = '{}'", i ? " OR " : " AND (", r.document->workflow.field, states[i]);
    return states.empty() ? text : text + ")";
}

std::string tables(const PartyReference& r) {
    if (r.entity == r.document) return r.entity->table + " d";
    return fmt::format("{} l JOIN {} d ON d.id = l.{}", r.entity->table, r.document->table, r.entity->parent_field);
}

}  // namespace party_references

std::vector<PartyReference> references_to_parties(const Snapshot& tx) {
    std::vector<PartyReference> all;
    for (const auto* e : tx.kernel().entities())
        for (const auto& f : e->fields) {
            if (f.references != "directory.party" || party_references::stays_with_both(*e, f)) continue;
            const auto* document = e->parent_field.empty() ? e : tx.kernel().find_entity(e->find(e->parent_field)->references);
            all.push_back({e, &f, document, party_references::may_move(*e, f, *document)});
        }
    return all;
}

std::int64_t count_of(const Snapshot& tx, const PartyReference& r, Id<Party> party) {
    return tx.value<std::int64_t>(fmt::format("SELECT count(id) FROM {} WHERE {} = :party", r.entity->table, r.field->name), party).value_or(0);
}

std::vector<std::int64_t> to_be_moved(const Snapshot& tx, const PartyReference& r, Id<Party> party) {
    if (!r.moves) return {};
    return tx.rows<std::int64_t>(fmt::format("SELECT {}.id FROM {} WHERE {} ORDER BY {}.id", r.entity == r.document ? "d" : "l", party_references::tables(r),
                                             party_references::condition(r), r.entity == r.document ? "d" : "l"),
                                 party);
}

}  // namespace crm
