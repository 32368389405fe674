#pragma once
// The audit trail: one entry for every command that changed something, append-only, each sealed with the SHA-256 of the
// entry before it (seal.h). kernel_audit_record leads from a record to its entries. Personal values lie beside it (personal.h).

#include <tessera/suite.h>

#include "audit/changes.h"

namespace tessera::audit {

void        write(Transaction& tx, const CommandInfo& info, const Changes& changes);
std::int64_t newest(const Transaction& tx);  // entry, of this command where it has one
std::string history(const Snapshot& snapshot, const EntityDescription& entity, std::int64_t id);   // JSON, newest first
std::string search(const Snapshot& snapshot, const AuditRequest& request);                         // JSON, newest first

// Every entry follows from the one before, leads from and to its records, and its personal values are those whose digests it seals,
// or were erased by an entry that says so. Each finding names the entry.
TESSERA_API void check_chain(const Snapshot& snapshot, const std::function<void(Finding)>& found);

}  // namespace tessera::audit
