#include "http/change_streams.h"

#include <tessera/json.h>

#include <algorithm>

namespace tessera::http {
namespace change_streams {

constexpr std::size_t      remembered_max = 4096;
constexpr std::string_view idle_part      = ": nothing new\n\n";

std::string signal(std::string_view name, std::int64_t entry) { return fmt::format("event: {}\nid: {}\ndata: {{}}\n\n", name, entry); }

std::string data(const RecordChange& change) {
    std::string text;
    JsonWriter  json(text);
    const auto  known = [&](std::string_view name, std::int64_t number) {
        if (number) return json.member(name, number);
        json.key(name).null();
    };
    json.begin_object();
    json.member("entity", change.entity);
    known("id", change.id);
    known("version", change.version);
    json.member("by", change.by);
    json.member("deleted", change.deleted);
    json.end_object();
    return text;
}

// Of records that are narrowed nothing is told that cannot be looked at any more: it may never have been seen.
bool is_seen(Suite& suite, const RecordChange& change, const WantedChanges& wanted) {
    if (!wanted.visitor || !wanted.visitor->actor.permissions->narrowing()) return true;
    return suite.sees(wanted.visitor->actor, change.entity, change.id);
}

}  // namespace change_streams

bool WantedChanges::cover(const RecordChange& change) const {
    return std::ranges::find(entities, change.entity) != entities.end() ||
           std::ranges::any_of(records, [&](const Record& one) { return one.entity == change.entity && (change.id == 0 || change.id == one.id); });
}

std::string ChangeStreams::events(const ChangeNotice& notice, const WantedChanges& wanted) const {
    std::string text;
    std::size_t last = 0;
    for (const auto& change : notice.changes) {
        if (change.entity.empty()) return change_streams::signal("reset", notice.upto);
        if (!wanted.cover(change) || !change_streams::is_seen(suite_, change, wanted)) continue;
        last = text.size();
        text += "data: " + change_streams::data(change) + "\n\n";
    }
    if (!text.empty()) text.insert(last, fmt::format("id: {}\n", notice.upto));
    return text;
}

// The rights of a follower are those it came with, or it comes again with others.
bool ChangeStreams::may_go_on(WantedChanges& wanted) const {
    if (!wanted.visitor_now) return true;
    auto now = wanted.visitor_now();
    if (!now || now->actor.permissions->granted() != wanted.visitor->actor.permissions->granted()) return false;
    wanted.visitor = std::move(now);
    return true;
}

void ChangeStreams::start() {
    following_ = suite_.follow([this](const ChangeNotice& notice) { tell(notice); }, &remembered_after_);
}

void ChangeStreams::stop() { following_.reset(); }

void ChangeStreams::tell(const ChangeNotice& notice) {
    const std::lock_guard lock(mutex_);
    if (newest_.size() == change_streams::remembered_max) {
        remembered_after_ = newest_.front().upto;
        newest_.pop_front();
    }
    newest_.push_back(notice);
    std::erase_if(streams_, [&](Stream& stream) {
        const auto client = stream.client.lock();
        if (!client) return true;
        if (!may_go_on(stream.wanted)) {
            client->abandon();
            return true;
        }
        const auto text = events(notice, stream.wanted);
        if (text.empty() || client->offer_part(text, limits_.stream_bytes_max)) return false;
        client->abandon();
        return true;
    });
}

std::int64_t ChangeStreams::place() const {
    const std::lock_guard lock(mutex_);
    return newest_told();
}

void ChangeStreams::open(const std::shared_ptr<Exchange>& exchange, WantedChanges wanted, std::optional<std::int64_t> after) {
    Response heading{.content_type = "text/event-stream"};
    heading.with("X-Accel-Buffering", "no");
    const std::lock_guard lock(mutex_);
    exchange->begin_stream(std::move(heading), std::string(change_streams::idle_part));
    exchange->offer_part(beginning(wanted, after), limits_.stream_bytes_max);
    std::erase_if(streams_, [](const Stream& stream) { return stream.client.expired(); });
    streams_.push_back({exchange, std::move(wanted)});
}

std::string ChangeStreams::beginning(const WantedChanges& wanted, std::optional<std::int64_t> after) const {
    const auto entry = newest_told();
    if (!after) return change_streams::signal("ready", entry);
    if (*after < remembered_after_ || *after > entry) return change_streams::signal("reset", entry);
    auto text = change_streams::signal("ready", *after);
    for (const auto& notice : newest_)
        if (notice.upto > *after) text += events(notice, wanted);
    return text.size() <= limits_.stream_bytes_max / 2 ? text : change_streams::signal("reset", entry);
}

}  // namespace tessera::http
