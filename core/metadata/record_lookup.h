#pragma once
// How people and files name a record: by the value of its display field or of another unique text field ("Superior
// Bicycles", "P00012"), by that of what it is shown as (a merge by the party that stays), or by its id. What people type is a
// name first; what programs write is an id first.

#include <tessera/transaction.h>

namespace tessera::metadata {

// Refused "kernel.ambiguous_reference" (422) when several are called so.
TESSERA_API std::optional<std::int64_t> record_called(const Snapshot& snapshot, const EntityDescription& entity, std::string_view text);
// The id, when the text is nothing but digits and such a record exists.
TESSERA_API std::optional<std::int64_t> record_with_id(const Snapshot& snapshot, const EntityDescription& entity, std::string_view text);

}  // namespace tessera::metadata
