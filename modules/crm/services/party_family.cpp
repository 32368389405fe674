#include "services/party_family.h"

#include "declare.h"

namespace crm {

std::vector<Id<Party>> family_of(const Snapshot& tx, Id<Party> party) {
    auto family = tx.rows<Id<Party>>("SELECT id FROM directory_party WHERE crm_merged_into = :party ORDER BY id", party);
    family.insert(family.begin(), party);
    return family;
}

Id<Party> survivor_of(const Snapshot& tx, Id<Party> party) {
    return tx.value<Id<Party>>("SELECT crm_merged_into FROM directory_party WHERE id = :party", party).value_or(party);
}

namespace party_family {

void check(Transaction& tx, const Party& party, Merged& merged) {
    if (!merged.into || !party.active) return;
    throw tessera::Refused("crm.party_is_merged", "To use {} again, use {}, which goes on in its place.", party.name, tx.label_of(merged.into)).with_field("active");
}

}  // namespace party_family

void declare_party_family(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.extend<Party, Merged>()
        .field("merged_into", &Merged::into, read_only, not_in_list, indexed, erased_with, help("The party that goes on in its place"))
        .validate(party_family::check);
}

}  // namespace crm
