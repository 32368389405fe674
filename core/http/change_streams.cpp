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

std::string events(const ChangeNotice& notice, const WantedChanges& wanted) {
    std::string text;
    std::size_t last = 0;
    for (const auto& change : notice.changes) {
        if (change.entity.empty()) return signal("reset", notice.upto);
        if (!wanted.cover(change)) continue;
        last = text.size();
        text += "data: " + data(change) + "\n\n";
    }
    if (!text.empty()) text.insert(last, fmt::format("id: {}\n", notice.upto));
    return text;
}

}  // namespace change_streams

bool WantedChanges::cover(const RecordChange& change) const {
    return std::ranges::find(entities, change.entity) != entities.end() ||
           std::ranges::any_of(records, [&](const Record& one) { return one.entity == change.entity && (change.id == 0 || change.id == one.id); });
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
    std::erase_if(streams_, [&](const Stream& stream) {
        const auto client = stream.client.lock();
        if (!client) return true;
        const auto text = change_streams::events(notice, stream.wanted);
        if (text.empty() || client->offer_part(text, limits_.stream_bytes_max)) return false;
        client->abandon();
        return true;
    });
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
    const auto entry = newest_.empty() ? remembered_after_ : newest_.back().upto;
    if (!after) return change_streams::signal("ready", entry);
    if (*after < remembered_after_ || *after > entry) return change_streams::signal("reset", entry);
    auto text = change_streams::signal("ready", *after);
    for (const auto& notice : newest_)
        if (notice.upto > *after) text += change_streams::events(notice, wanted);
    return text.size() <= limits_.stream_bytes_max / 2 ? text : change_streams::signal("reset", entry);
}

}  // namespace tessera::http
