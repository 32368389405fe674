#pragma once
// A party and all that were merged into it: whose history is told together.
//
//     for (const auto party : family_of(tx, acme)) …                 // acme first
//     survivor_of(tx, old)                                           // acme; a party that was never merged is its own

#include <crm/timeline.h>

#include <vector>

namespace crm {

// What this module says of a party beside its own fields: directory_party.crm_merged_into.
struct Merged {
    Id<Party> into{};
};

std::vector<Id<Party>> family_of(const Snapshot& tx, Id<Party> party);
Id<Party>              survivor_of(const Snapshot& tx, Id<Party> party);

}  // namespace crm
