#pragma once
// A record of whatever module that somebody names by its kind and id: it must be there, and they must see it, so that nothing is told
// of what they do not see, its name included.
//
//     require_named(tx, "review a record", {"crm.complaint", 17}, "");         // fields entity and record
//     require_named(tx, "link this", {link.entity, link.record}, "links[2].");
//
// Refused (422): knowledge.unknown_kind, knowledge.no_such_record.

#include <tessera/transaction.h>

namespace knowledge {

// "Complaint CC-2026-00001"
std::string named(const tessera::Snapshot& tx, const tessera::Source& record);
void        require_named(const tessera::Transaction& tx, std::string_view goal, const tessera::Source& record, const std::string& place);

}  // namespace knowledge
