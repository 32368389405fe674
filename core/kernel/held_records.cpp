#include "kernel/held_records.h"

#include <algorithm>

namespace tessera {

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

}  // namespace held_records

void HeldRecords::loaded(const EntityDescription& e, const void* record) {
    auto& k = known_[{&e, e.id(const_cast<void*>(record))}];
    std::erase_if(k.earlier, [&](const Holder& h) { return h.record == record; });
    if (k.holder && k.holder != record) {
        if (k.earlier.size() == held_records::holders_max) k.earlier.erase(k.earlier.begin());
        k.earlier.push_back({k.holder, std::move(k.current)});
    }
    k.current = e.copy(record);
    k.holder  = record;
}

std::shared_ptr<void> HeldRecords::current(const EntityDescription& e, std::int64_t id) const {
    const auto it = known_.find({&e, id});
    return it == known_.end() ? nullptr : it->second.current;
}

void HeldRecords::take_over(const EntityDescription& e, void* record) const {
    const auto it = known_.find({&e, e.id(record)});
    if (it == known_.end() || it->second.holder == record) return;
    const auto& k      = it->second;
    const auto  holder = std::ranges::find(k.earlier, record, &Holder::record);
    if (holder == k.earlier.end()) return;
    held_records::take_over_fields(e, holder->as_loaded.get(), k.current.get(), record);
    for (const auto& l : e.lines) held_records::take_over_lines(l, holder->as_loaded.get(), k.current.get(), record);
}

}  // namespace tessera
