#include "kernel/recent_records.h"

namespace tessera {

std::uint64_t RecentRecords::generation_of(const EntityDescription& e) const {
    const auto it = generations_.find(&e);
    return it == generations_.end() ? 0 : it->second;
}

bool RecentRecords::fill(const EntityDescription& e, std::int64_t id, void* record, std::int64_t& version) const {
    const auto it = known_.find({&e, id});
    if (it == known_.end() || it->second.generation != generation_of(e)) return false;
    e.assign(record, it->second.record.get());
    version = it->second.version;
    return true;
}

const std::string* RecentRecords::label(const EntityDescription& e, std::int64_t id) const {
    const auto it = labels_.find({&e, id});
    return it == labels_.end() || it->second.generation != generation_of(e) ? nullptr : &it->second.text;
}

void RecentRecords::remember_label(const EntityDescription& e, std::int64_t id, const std::string& label) {
    if (labels_.size() >= most) labels_.clear();
    labels_.insert_or_assign({&e, id}, Label{label, generation_of(e)});
}

void RecentRecords::forget(const EntityDescription& e, std::int64_t id) {
    known_.erase({&e, id});
    labels_.erase({&e, id});
}

bool RecentRecords::newest(const EntityDescription& e, void* record) const {
    const auto it = newest_.find(&e);
    if (it == newest_.end() || it->second.generation != generation_of(e)) return false;
    e.assign(record, it->second.record.get());
    return true;
}

void RecentRecords::remember_newest(const EntityDescription& e, const void* record) {
    auto& newest = newest_[&e];
    if (!newest.record) newest.record = e.make();
    e.assign(newest.record.get(), record);
    newest.generation = generation_of(e);
}

void RecentRecords::added(const EntityDescription& e, const void* record) {
    if (!newest_.empty() && newest_.contains(&e)) remember_newest(e, record);
}

void RecentRecords::command_undone() {
    labels_.clear();
    newest_.clear();
}

void RecentRecords::take_over(const HeldRecords& held) {
    held.each_known([&](const HeldRecords::Key& key, const HeldRecords::Record& record) {
        const auto& e = *key.entity;
        labels_.erase(key);
        if (!record.version || record.outdated || record.pending || record.refused || e.append_only || !e.parent_field.empty()) return forget(e, key.id);
        const auto [it, fresh] = known_.insert_or_assign(key, Record{record.current, record.version, generation_of(e)});
        if (fresh) order_.push_back(key);
    });
    while (order_.size() > most) {
        known_.erase(order_.front());
        order_.pop_front();
    }
}

void RecentRecords::outdate(std::span<const EntityDescription* const> entities) {
    for (const auto* e : entities) ++generations_[e];
}

void RecentRecords::forget() {
    known_.clear();
    order_.clear();
    command_undone();
}

}  // namespace tessera
