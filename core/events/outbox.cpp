#include "events/outbox.h"

#include "kernel/state.h"
#include "metadata/record_json.h"

#include <boost/json.hpp>

namespace tessera::events {

void enqueue(Transaction& tx, const Subscription& handler, const void* event) {
    const auto* d = tx.kernel().find_event(handler.event);
    std::string payload;
    JsonWriter  json(payload);
    json.begin_object();
    for (const auto& f : d->fields) {
        json.key(f.name);
        f.json(event, json);
    }
    json.end_object();
    tx.execute(R"sql(INSERT INTO jobs_delivery (handler, event, payload, company, user_name, created_at, due_at, attempts, state)
                     VALUES (:handler, :event, :payload, :company, :user_name, :created_at, :due_at, 0, 'waiting'))sql",
               handler.name, d->name, payload, tx.company(), tx.user().name, tx.now(), tx.now());
    tx.state().notice.events_wait();
}

std::vector<Due> due(const Snapshot& snapshot, int most) {
    return snapshot.rows<Due>("SELECT id, company, attempts FROM jobs_delivery WHERE state = 'waiting' AND due_at <= :now ORDER BY id LIMIT :most", snapshot.now(), most);
}

std::int64_t waiting(const Snapshot& snapshot) {
    return snapshot.value<std::int64_t>("SELECT count(*) FROM jobs_delivery WHERE state = 'waiting'").value_or(0);
}

namespace outbox {

struct Row {
    std::string handler{}, payload{};
};

std::optional<Row> untouched(Transaction& tx, const Due& due) {
    auto row = tx.row<Row>("SELECT handler, payload FROM jobs_delivery WHERE id = :id AND state = 'waiting' AND attempts = :attempts", due.id, due.attempts);
    tx.state().replayed = !row;
    return row;
}

}  // namespace outbox

bool deliver(Transaction& tx, const Due& due) {
    const auto row = outbox::untouched(tx, due);
    if (!row) return false;
    const auto* handler = tx.kernel().find_after_handler(row->handler);
    if (!handler) throw Refused("kernel.no_handler", "To deliver this, load the module that handles {}.", row->handler);
    const auto* d     = tx.kernel().find_event(handler->event);
    auto        event = d->make();
    const auto payload = parse_json(row->payload);
    metadata::assign_fields(tx, d->fields, event.get(), payload.as_object(), {});
    handler->handler(tx, event.get());
    tx.execute("UPDATE jobs_delivery SET state = 'delivered', delivered_at = :now, attempts = :attempts WHERE id = :id", tx.now(), due.attempts + 1, due.id);
    return true;
}

void note_failure(Transaction& tx, const Due& due, std::string_view sentence) {
    if (!outbox::untouched(tx, due)) return;
    const auto seconds = std::min<std::int64_t>(3600, std::int64_t{1} << std::min<std::int64_t>(due.attempts, 12));
    tx.execute("UPDATE jobs_delivery SET attempts = :attempts, due_at = :due, last_error = :error WHERE id = :id", due.attempts + 1,
               Instant::from_microseconds(tx.now().microseconds() + seconds * 1'000'000), sentence, due.id);
}

}  // namespace tessera::events
