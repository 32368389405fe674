#include "access/seen_lists.h"

#include <atomic>

namespace tessera::access {

namespace seen_lists {

constexpr std::size_t ids_max = 20 * SeenLists::longest, questions_max = 256;

std::atomic<std::size_t> kept_by_all{0};

}  // namespace seen_lists

SeenLists::Ids SeenLists::ids(const std::string& question, std::int64_t newest_entry,
                              const std::function<std::optional<std::vector<std::int64_t>>()>& read) {
    {
        const std::lock_guard lock(mutex_);
        if (lists_.size() >= seen_lists::questions_max) forget();
        auto& list = lists_[question];
        if (list.entry != newest_entry) {
            const auto outdated = list.ids ? list.ids->size() : 0;
            kept_ -= outdated;
            seen_lists::kept_by_all -= outdated;
            list = {.entry = newest_entry};
            return {};
        }
        if (list.ids || list.too_long) return list.ids;
    }
    auto                  found = read();
    const std::lock_guard lock(mutex_);
    auto&                 list = lists_[question];
    if (list.ids) return list.entry == newest_entry ? list.ids : nullptr;      // another read it meanwhile
    list = {.entry = newest_entry, .too_long = !found};
    if (!found) return {};
    const auto ids = std::make_shared<const std::vector<std::int64_t>>(std::move(*found));
    if (seen_lists::kept_by_all + ids->size() > seen_lists::ids_max) forget();      // of what others keep, nothing is taken
    if (seen_lists::kept_by_all + ids->size() > seen_lists::ids_max) return ids;
    kept_ += ids->size();
    seen_lists::kept_by_all += ids->size();
    lists_[question] = {.entry = newest_entry, .ids = ids};
    return ids;
}

void SeenLists::forget() {
    lists_.clear();
    seen_lists::kept_by_all -= kept_;
    kept_ = 0;
}

SeenLists::~SeenLists() { seen_lists::kept_by_all -= kept_; }

}  // namespace tessera::access
