#pragma once
// The outbox: what `after` handlers are told, written in the transaction that made it true and delivered once it is
// committed. A delivery is a command of its own: the handler's writes and the mark "delivered" commit together, so a
// handler's effects on the database happen exactly once. One that fails is tried again after 1, 2, 4 … seconds, at most an hour apart.

#include <tessera/kernel.h>

namespace tessera::events {

void enqueue(Transaction& tx, const Subscription& handler, const void* event);

// Deliveries that are due, oldest first, each for the company whose command published the event.
struct Due { std::int64_t id = 0, company = 0, attempts = 0; };
std::vector<Due> due(const Snapshot& snapshot, int most);
std::int64_t     waiting(const Snapshot& snapshot);
// Runs one delivery inside its command. False when somebody else has tried it since it was found due: then nothing is done
// and no entry of the audit trail made. Refused "kernel.no_handler" when the module that handles it is not loaded.
bool             deliver(Transaction& tx, const Due& due);
// Notes the failed attempt, inside a command of its own; not where another has been noted since.
void             note_failure(Transaction& tx, const Due& due, std::string_view sentence);

}  // namespace tessera::events
