#pragma once
// Makes one party of two, in one transaction: the survivor's fields, everything that may be re-pointed, and the other put out of use.

#include <crm/people.h>

#include <tessera/kernel.h>

namespace crm {

// Refused crm.no_such_field (422): a field that is none of the party's, or that cannot be chosen.
void require_choosable(const Snapshot& tx, std::string_view field);

// The fields of a party that may be taken from either.
std::vector<const tessera::FieldDescription*> choosable_fields(const Snapshot& tx);
// Whose value of the field the survivor will have; `kept` and `dropped` are whole records.
Side taken_from(const Merge& merge, const tessera::FieldDescription& field, const void* kept, const void* dropped);

// What must be done before the two can be merged, a sentence each; empty when nothing stands in the way.
std::vector<std::string> obstacles_to(const Snapshot& tx, const Merge& merge);

// Refused crm.not_to_be_merged with the first obstacle, crm.cannot_move when a module refuses to have a record re-pointed.
void merge_parties(Transaction& tx, const Merge& merge);

}  // namespace crm
