#pragma once
// The audit trail: one entry for every command that changed something, append-only, each sealed with the SHA-256 of the
// entry before it. kernel_audit_record leads from a record to its entries.

#include <tessera/suite.h>

#include "audit/changes.h"

namespace tessera::audit {

void        write(Transaction& tx, const CommandInfo& info, const Changes& changes);
std::int64_t newest(const Transaction& tx);  // entry, of this command where it has one
std::string history(const Snapshot& snapshot, const EntityDescription& entity, std::int64_t id);   // JSON, newest first
void        check_chain(const Snapshot& snapshot, const std::function<void(Finding)>& found);

}  // namespace tessera::audit
