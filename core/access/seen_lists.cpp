#include "access/seen_lists.h"

namespace tessera::access {

namespace seen_lists {

constexpr std::size_t ids_max = 4 * SeenLists::longest, questions_max = 256;

}  // namespace seen_lists

SeenLists::Ids SeenLists::ids(const std::string& question, std::int64_t newest_entry,
                              const std::function<std::optional<std::vector<std::int64_t>>()>& read) {
    {
        const std::lock_guard lock(mutex_);
        if (lists_.size() >= seen_lists::questions_max) make_room(seen_lists::ids_max);
        auto& list = lists_[question];
        if (list.entry != newest_entry) {
            kept_ -= list.ids ? list.ids->size() : 0;
            list = {.entry = newest_entry};
            return {};
        }
        if (list.ids || list.too_long) return list.ids;
    }
    auto                  found = read();
    const std::lock_guard lock(mutex_);
    if (found) make_room(found->size());
    auto& list = lists_[question];
    if (list.ids) return list.entry == newest_entry ? list.ids : nullptr;      // another read it meanwhile
    list = {.entry = newest_entry, .too_long = !found};
    if (!found) return {};
    kept_ += found->size();
    return list.ids = std::make_shared<const std::vector<std::int64_t>>(std::move(*found));
}

void SeenLists::make_room(std::size_t coming) {
    if (kept_ + coming <= seen_lists::ids_max && lists_.size() < seen_lists::questions_max) return;
    lists_.clear();
    kept_ = 0;
}

}  // namespace tessera::access
