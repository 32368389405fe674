#pragma once
// The record commands every entity has from its declaration: create, change, remove, transition. What a user may do is
// checked here; what must hold for every write is checked by the Transaction.

#include <tessera/suite.h>

#include <boost/json/object.hpp>

namespace tessera::metadata {

// What a command brings along, parsed before its turn comes: the writer has better things to do. Refused (400) when it is
// no JSON object.
boost::json::object body_of(const RecordCommand& command);
RecordAnswer        run(Transaction& tx, const RecordCommand& command, const boost::json::object& body);
// Writes the record as JSON; false when there is none.
bool         answer(const Snapshot& snapshot, const EntityDescription& entity, std::int64_t id, RecordAnswer& answer);
std::string  command_name(const RecordCommand& command);
// Refused (404) kernel.no_entity, and (403) kernel.not_permitted to whoever may not see its records.
const EntityDescription& entity_to_read(const Snapshot& snapshot, std::string_view name);

namespace record_commands {
// Refused kernel.not_editable when users may not do this at all, kernel.wrong_state when the record (may be null) no
// longer allows it.
void check_editable(const EntityDescription& entity, const void* record, bool allowed, std::string_view verb);
}  // namespace record_commands

}  // namespace tessera::metadata
