#pragma once
// Every place that names a party, found in what the modules have declared: which of it may be changed when two parties become one, and
// which stays as it was written.
//
// What is still being worked on (master data, drafts) is re-pointed. What is evidence stays: ledgers, records that only documents make,
// consents, and documents in a state in which nobody may change them.

#include <crm/people.h>

#include <tessera/kernel.h>

namespace crm {

struct PartyReference {
    const tessera::EntityDescription* entity   = nullptr;
    const tessera::FieldDescription*  field    = nullptr;
    const tessera::EntityDescription* document = nullptr;  // whose line the entity is; else the entity itself
    bool                              moves    = false;    // as long as its document is in a state to be changed in
};

std::vector<PartyReference> references_to_parties(const Snapshot& tx);

// Records that name the party there: all of them, or those that may be changed.
std::int64_t              count_of(const Snapshot& tx, const PartyReference& reference, Id<Party> party);
std::vector<std::int64_t> to_be_moved(const Snapshot& tx, const PartyReference& reference, Id<Party> party);

}  // namespace crm
