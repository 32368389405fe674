#include "kernel/suite_state.h"

#include <tessera/text.h>

#include "metadata/record_commands.h"
#include "search/choices.h"
#include "search/declare.h"

namespace tessera {

std::string RunningSuite::search(const Actor& actor, const search::Request& request) {
    search::Found found;
    read(actor, [&](const Snapshot& tx) { found = search::find(tx, request); });
    if (found.hits.empty() && request.offset == 0 && !request.unfinished && found.caught_up) note_miss(actor, request);
    return search::json_of(kernel_, found);
}

// Nobody waits for it, and who only reads leaves nothing.
void RunningSuite::note_miss(const Actor& actor, const search::Request& request) {
    if (!writer_ || search::words_of_miss(request.text).empty()) return;
    auto system = Actor::system();
    system.company = actor.company;
    submit({.name = "search.miss", .actor = system}, [text = request.text, by = actor.name](Transaction& tx) { search::note_miss(tx, text, by); }, [](std::exception_ptr) {});
}

// Nobody waits for this either.
void RunningSuite::note_opened(const Actor& actor, const search::Opened& opened) {
    look(actor, [&](const Snapshot& tx) {
        const auto& e = metadata::entity_to_read(tx, opened.record.entity);
        if (!tx.value<std::int64_t>("SELECT t.id FROM " + e.table + " t WHERE t.id = :id", opened.record.id))
            throw Refused("kernel.not_found", "To say that {} {} was opened, choose one that exists.", lower_ascii(e.title), opened.record.id).with_status(404);
    });
    if (!writer_) return;
    auto system    = Actor::system();
    system.company = actor.company;
    submit({.name = "search.choice", .actor = system}, [opened, by = actor.name](Transaction& tx) { search::note_choice(tx, opened, by); }, [](std::exception_ptr) {});
}

void RunningSuite::update_search() {
    const std::lock_guard alone(indexing_);
    while (indexer_.advance()) {}
}

// What was erased is not found until the next change is indexed either; where there is no index yet, there is nothing to forget.
void RunningSuite::forget_in_search() {
    bool indexed = false;
    look(Actor::system(), [&](const Snapshot& tx) { indexed = search::position(tx) > 0; });
    if (indexed) update_search();
}

void RunningSuite::index_until_stopped() {
    std::unique_lock lock(outbox_mutex_);
    std::string failed;
    while (!search_wakes_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_.load(); })) {
        lock.unlock();
        try {
            const std::lock_guard alone(indexing_);
            while (!stopping_ && indexer_.advance()) {}
            failed.clear();
        } catch (const std::exception& failure) {
            failed = failure.what();
        }
        lock.lock();
        indexing_failed_ = failed;
    }
}

}  // namespace tessera
