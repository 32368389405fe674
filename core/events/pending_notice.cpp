#include "events/pending_notice.h"

#include "database/engine.h"

#include <boost/json.hpp>

#include <algorithm>
#include <map>

namespace tessera::events {

namespace pending_notice {

constexpr int told_max = 50;  // records of one entity

void write(JsonWriter& json, const RecordChange& change) {
    json.begin_array();
    json.value(std::string_view(change.entity));
    json.value(change.id);
    json.value(change.version);
    json.value(std::string_view(change.by));
    json.value(change.deleted);
    json.end_array();
}

std::string written(const Notice& notice) {
    std::string text;
    JsonWriter  json(text);
    json.begin_object();
    json.member("after", notice.after);
    json.member("upto", notice.upto);
    json.member("events", notice.events);
    json.key("changes").begin_array();
    for (const auto& change : notice.changes) write(json, change);
    json.end_array();
    json.end_object();
    return text;
}

std::string text(const boost::json::value& value) { return std::string(std::string_view(value.as_string())); }

RecordChange change_from(const boost::json::value& value) {
    return {text(value.at(0)), value.at(1).as_int64(), value.at(2).as_int64(), text(value.at(3)), value.at(4).as_bool()};
}

// Each record once, at the place of its first change.
class Gathered {
public:
    void add(const CommandNotice::Changed& changed, const std::string& by) {
        const auto [at, fresh] = places_.try_emplace({changed.entity, changed.id}, changes_.size());
        if (fresh) {
            if (changed.id) ++told_[changed.entity];
            changes_.push_back({std::string(changed.entity), changed.id, 0, {}, false});
        }
        auto& change   = changes_[at->second];
        change.version = std::max(change.version, changed.version);
        change.by      = by;
        change.deleted = changed.deleted;
    }
    // Where there were too many of an entity, one word for all of them.
    std::vector<RecordChange> take() {
        std::vector<RecordChange> all;
        for (const auto& [entity, count] : told_)
            if (count > told_max) add({entity, 0, 0, false}, {});
        for (auto& change : changes_)
            if (!change.id || told_[change.entity] <= told_max) all.push_back(std::move(change));
        return all;
    }

private:
    std::map<std::pair<std::string_view, std::int64_t>, std::size_t> places_;
    std::map<std::string_view, int>                                  told_;
    std::vector<RecordChange>                                        changes_;
};

Notice shortened(Notice notice) {
    std::vector<RecordChange> many;
    for (const auto& change : notice.changes)
        if (std::ranges::find(many, change.entity, &RecordChange::entity) == many.end()) many.push_back({.entity = change.entity});
    notice.changes = std::move(many);
    return notice;
}

}  // namespace pending_notice

std::string text_of(Notice notice) {
    auto text = pending_notice::written(notice);
    if (text.size() <= database::announcement_bytes_max) return text;
    text = pending_notice::written(pending_notice::shortened(notice));
    if (text.size() <= database::announcement_bytes_max) return text;
    notice.changes = {{}};
    return pending_notice::written(notice);
}

std::optional<Notice> notice_from(std::string_view text) {
    try {
        const auto value = parse_json(text);
        Notice     notice{value.at("after").as_int64(), value.at("upto").as_int64(), value.at("events").as_bool(), {}};
        for (const auto& change : value.at("changes").as_array()) notice.changes.push_back(pending_notice::change_from(change));
        return notice;
    } catch (const std::exception&) {  // somebody else speaks on this channel
        return std::nullopt;
    }
}

Notice anything(std::int64_t after, std::int64_t upto) { return {after, upto, false, {{}}}; }

void CommandNotice::written(const EntityDescription& e, const void* record, std::int64_t version) {
    if (!e.parent_field.empty()) {
        const auto* document = e.find(e.parent_field);
        return add({document->references, document->number(record), 0, false});
    }
    if (e.append_only) return many(e);
    add({e.name, e.id(const_cast<void*>(record)), version, false});
}

void CommandNotice::removed(const EntityDescription& e, const void* record) {
    if (!e.parent_field.empty()) return written(e, record, 0);
    add({e.name, e.id(const_cast<void*>(record)), 0, true});
}

void CommandNotice::add(Changed changed) {
    const bool again = !changed_.empty() && changed_.back().entity == changed.entity && changed_.back().id == changed.id && !changed.deleted;
    if (!again) return changed_.push_back(changed);
    changed_.back().version = std::max(changed_.back().version, changed.version);
}

// What is not in the audit trail has changed nothing.
void PendingNotice::command_done(CommandNotice command, const std::string& by) {
    if (command.entry_ == 0) return;
    command.by_ = by;
    commands_.push_back(std::move(command));
}

bool PendingNotice::tells_of(bool (*wanted)(std::string_view entity)) const {
    return std::ranges::any_of(commands_, [&](const auto& one) { return std::ranges::any_of(one.changed_, wanted, &CommandNotice::Changed::entity); });
}

bool PendingNotice::events_wait() const {
    return std::ranges::any_of(commands_, [](const auto& command) { return command.events_; });
}

const Notice& PendingNotice::notice() {
    if (made_) return *made_;
    pending_notice::Gathered gathered;
    for (const auto& command : commands_)
        for (const auto& changed : command.changed_) gathered.add(changed, command.by_);
    return made_.emplace(Notice{commands_.front().after_, commands_.back().entry_, events_wait(), gathered.take()});
}

Notice PendingNotice::take() {
    notice();
    auto notice = std::move(*made_);
    forget();
    return notice;
}

}  // namespace tessera::events
