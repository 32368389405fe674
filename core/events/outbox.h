#pragma once
// The outbox: what `after` handlers are told, written in the transaction that made it true and delivered once it is
// committed. A delivery is a command of its own: the handler's writes and the mark "delivered" commit together, so a
// handler's effects on the database happen exactly once. One that fails is tried again after 1, 2, 4 … seconds, at most an hour apart.

#include <tessera/kernel.h>

namespace tessera::events {

void enqueue(Transaction& tx, const Subscription& handler, const void* event);

// Deliveries that are due, oldest first, each for the company whose command published the event.
struct Due { std::int64_t id = 0, company = 0; };
std::vector<Due> due(const Snapshot& snapshot, int most);
std::int64_t     waiting(const Snapshot& snapshot);
// Runs one delivery inside its command. A row that is no longer due is left alone; Refused "kernel.no_handler" when the
// module that handles it is not loaded.
void             deliver(Transaction& tx, std::int64_t id);
// Notes a failed attempt, inside a command of its own.
void             note_failure(Transaction& tx, std::int64_t id, std::string_view sentence);

}  // namespace tessera::events
