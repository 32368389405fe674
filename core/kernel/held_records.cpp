#include "kernel/held_records.h"

#include <algorithm>

namespace tessera {

bool has_line(const LinesDescription& l, void* document, std::int64_t id) {
    for (std::size_t i = 0; i < l.size(document); ++i)
        if (l.entity->id(l.at(document, i)) == id) return true;
    return false;
}

namespace held_records {

constexpr std::size_t holders_max = 64;      // a record loaded over and over is not remembered without end

using Index = std::unordered_map<std::int64_t, void*>;

Index lines_by_id(const LinesDescription& l, void* record) {
    Index index;
    for (std::size_t i = 0; i < l.size(record); ++i) index.emplace(l.entity->id(l.at(record, i)), l.at(record, i));
    return index;
}

void* found(const Index& index, std::int64_t id) {
    const auto it = index.find(id);
    return it == index.end() ? nullptr : it->second;
}

void take_over_fields(const EntityDescription& e, void* base, void* current, void* record) {
    for (const auto& f : e.fields) {
        if (f.equal(base, current) || f.equal(record, current)) continue;
        if (!f.equal(record, base))
            throw std::logic_error(fmt::format("{} {} is saved with another {} than a handler has just saved: load it again before changing it", e.name,
                                               e.id(record), f.name));
        f.copy(record, current);
    }
}

// Which lines there are: those the others added come, those they removed go.
void take_over_membership(const LinesDescription& l, const Index& base, const Index& current, void* now, void* record) {
    const auto                         mine = lines_by_id(l, record);
    std::vector<std::shared_ptr<void>> lines;
    for (std::size_t i = 0; i < l.size(now); ++i) {
        const auto id = l.entity->id(l.at(now, i));
        if (void* line = found(mine, id)) lines.push_back(l.entity->copy(line));
        else if (!base.contains(id)) lines.push_back(l.entity->copy(l.at(now, i)));
    }
    for (std::size_t i = 0; i < l.size(record); ++i) {
        const auto id = l.entity->id(l.at(record, i));
        if (!base.contains(id) && !current.contains(id)) lines.push_back(l.entity->copy(l.at(record, i)));
    }
    l.clear(record);
    for (const auto& line : lines) l.assign(l.append(record), line.get());
}

void take_over_lines(const LinesDescription& l, void* base, void* current, void* record) {
    const auto was = lines_by_id(l, base), now = lines_by_id(l, current);
    for (std::size_t i = 0; i < l.size(record); ++i) {
        void* const line = l.at(record, i);
        const auto  id   = l.entity->id(line);
        void* const then = found(was, id);
        void* const last = found(now, id);
        if (then && last) take_over_fields(*l.entity, then, last, line);
    }
    const bool same = was.size() == now.size() && std::ranges::all_of(now, [&](const auto& line) { return was.contains(line.first); });
    if (!same) take_over_membership(l, was, now, current, record);
}

bool same_fields(const EntityDescription& e, const void* a, const void* b) {
    return std::ranges::all_of(e.fields, [&](const auto& f) { return f.equal(a, b); });
}

// Lines are compared in their order: one that was moved has changed nothing of the others, but costs no more than looking.
bool same(const EntityDescription& e, void* a, const void* b) {
    if (!same_fields(e, a, b)) return false;
    for (const auto& l : e.lines) {
        if (l.size(a) != l.size(b)) return false;
        for (std::size_t i = 0; i < l.size(a); ++i) {
            void* const mine = l.at(a, i);
            void* const that = l.at(const_cast<void*>(b), i);
            if (l.entity->id(mine) != l.entity->id(that) || !same_fields(*l.entity, mine, that)) return false;
        }
    }
    return true;
}

// As the database gives them: in the order of their ids.
void sort_lines(const LinesDescription& l, void* record) {
    bool sorted = true;
    for (std::size_t i = 1; i < l.size(record); ++i) sorted &= l.entity->id(l.at(record, i - 1)) < l.entity->id(l.at(record, i));
    if (sorted) return;
    std::vector<std::shared_ptr<void>> lines;
    for (std::size_t i = 0; i < l.size(record); ++i) lines.push_back(l.entity->copy(l.at(record, i)));
    std::ranges::sort(lines, {}, [&](const auto& line) { return l.entity->id(line.get()); });
    l.clear(record);
    for (const auto& line : lines) l.assign(l.append(record), line.get());
}

std::shared_ptr<void> copy(const EntityDescription& e, const void* record) {
    auto copied = e.copy(record);
    for (const auto& l : e.lines) sort_lines(l, copied.get());
    return copied;
}

}  // namespace held_records

HeldRecords::Record& HeldRecords::known(const EntityDescription& e, const void* record) {
    auto& k  = known_[{&e, e.id(const_cast<void*>(record))}];
    k.entity = &e;
    return k;
}

// Call before `current` is replaced: the holder of before had that.
void HeldRecords::hold(Record& k, const void* record) {
    std::erase_if(k.earlier, [&](const Holder& h) { return h.record == record; });
    if (k.holder && k.holder != record) {
        if (k.earlier.size() == held_records::holders_max) k.earlier.erase(k.earlier.begin());
        k.earlier.push_back({k.holder, k.current});
    }
    k.holder = record;
}

void HeldRecords::loaded(const EntityDescription& e, const void* record, const void* holder) {
    auto& k = known(e, record);
    hold(k, holder);
    k.current = k.written = e.copy(record);
    k.version             = 0;
    k.outdated            = false;
}

void HeldRecords::inserted(const EntityDescription& e, const void* record, const void* holder) {
    auto& k = known(e, record);
    hold(k, holder);
    k.current = held_records::copy(e, record);
    k.pending = true;
    pending_.push_back(&k);
    fresh_.push_back(&k);
}

void HeldRecords::saved(const EntityDescription& e, const void* record, const void* holder) {
    auto& k = known(e, record);
    hold(k, holder);
    if (held_records::same(e, k.current.get(), record)) return;
    k.current = held_records::copy(e, record);
    if (k.pending) return;
    k.pending = true;
    pending_.push_back(&k);
}

bool HeldRecords::fill(const EntityDescription& e, std::int64_t id, void* record, const void* holder, std::int64_t* version) {
    const auto it = known_.find({&e, id});
    if (it == known_.end() || it->second.outdated || !e.parent_field.empty()) return false;
    auto& k = it->second;
    if (version && (k.pending || !k.version)) return false;
    e.assign(record, k.current.get());
    hold(k, holder);
    if (version) *version = k.version;
    return true;
}

HeldRecords::Record* HeldRecords::find(const EntityDescription& e, std::int64_t id) {
    const auto it = known_.find({&e, id});
    return it == known_.end() ? nullptr : &it->second;
}

namespace held_records {

bool has_line_of(const EntityDescription& document, void* record, const EntityDescription& line, std::int64_t id) {
    return std::ranges::any_of(document.lines, [&](const auto& l) { return l.entity == &line && has_line(l, record, id); });
}

bool names(const EntityDescription& e, void* record, const HeldRecords::Record& other) {
    for (const auto& reference : e.references) {
        if (reference.entity != other.entity && reference.entity->parent_field.empty()) continue;
        const auto id = reference.field->number(record);
        if (!id) continue;
        if (reference.entity == other.entity ? other.entity->id(other.current.get()) == id
                                             : has_line_of(*other.entity, other.current.get(), *reference.entity, id))
            return true;
    }
    return false;
}

bool or_its_lines_name(const EntityDescription& e, void* record, const HeldRecords::Record& other) {
    if (names(e, record, other)) return true;
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record); ++i)
            if (names(*l.entity, l.at(record, i), other)) return true;
    return false;
}

}  // namespace held_records

HeldRecords::Record* HeldRecords::unwritten_reference(const EntityDescription& e, void* record) {
    for (auto* other : fresh_)
        if (!other->begun && held_records::or_its_lines_name(e, record, *other)) return other;
    return nullptr;
}

void HeldRecords::written(Record& record) {
    if (!record.written) std::erase(fresh_, &record);
    if (record.pending) std::erase(pending_, &record);
    record.written = record.current;
    record.pending = record.begun = record.refused = false;
}

std::vector<HeldRecords::Record*> HeldRecords::to_write(std::span<const EntityDescription* const> entities) {
    std::vector<Record*> found;
    const auto           is_left_out = [&](const Record* r) { return std::ranges::find(left_out_, Key{r->entity, r->entity->id(r->current.get())}) != left_out_.end(); };
    std::erase_if(pending_, [&](Record* record) {
        if (std::ranges::find(entities, record->entity) == entities.end() || is_left_out(record)) return false;
        record->pending = false;
        found.push_back(record);
        return true;
    });
    return found;
}

std::vector<HeldRecords::Record*> HeldRecords::to_write() {
    for (auto* record : pending_) record->pending = false;
    return std::exchange(pending_, {});
}

bool HeldRecords::another_waits(const Record& record) const {
    return std::ranges::any_of(pending_, [&](const Record* other) { return other != &record && other->entity == record.entity; });
}

void HeldRecords::wait_again(std::span<Record* const> records) {
    std::vector<Record*> waiting;
    for (auto* record : records)
        if (record->written != record->current && !std::exchange(record->pending, true)) waiting.push_back(record);
    pending_.insert(pending_.begin(), waiting.begin(), waiting.end());
}

void HeldRecords::removed(const EntityDescription& e, std::int64_t id) {
    const auto it = known_.find({&e, id});
    if (it == known_.end()) return;
    std::erase(pending_, &it->second);
    std::erase(fresh_, &it->second);
    known_.erase(it);
}

void HeldRecords::outdate(std::span<const EntityDescription* const> entities) {
    for (auto& [key, record] : known_)
        if (std::ranges::find(entities, key.entity) != entities.end()) record.outdated = true;
}

void HeldRecords::take_over(const EntityDescription& e, void* record, const void* holder) const {
    const auto it = known_.find({&e, e.id(record)});
    if (it == known_.end() || it->second.holder == holder) return;
    const auto& k       = it->second;
    const auto  earlier = std::ranges::find(k.earlier, holder, &Holder::record);
    if (earlier == k.earlier.end()) return;
    held_records::take_over_fields(e, earlier->as_loaded.get(), k.current.get(), record);
    for (const auto& l : e.lines) held_records::take_over_lines(l, earlier->as_loaded.get(), k.current.get(), record);
}

}  // namespace tessera
