#pragma once
// Lists of somebody who does not see all: which records there are, in which order, kept as long as nothing is committed. A rule
// has to look at every record to count those that are seen and to skip to a later page; who pages through a list, or comes back
// to it, should not pay for that each time.
//
//     const auto ids = lists.ids(question, newest_entry, [&] { return read_all(); });      // nothing: ask as others do
//
// What was kept is the answer for the newest entry of the audit trail that was seen with it, and for no other: every command leaves
// an entry. A list is read as a whole when it is asked for the second time. May be used from every thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tessera::access {

class SeenLists {
public:
    using Ids = std::shared_ptr<const std::vector<std::int64_t>>;
    static constexpr std::size_t longest = 200'000;      // longer ones are not kept, nor more than twenty of these by all users together

    ~SeenLists();

    // `read` gives nothing when the list is longer.
    Ids ids(const std::string& question, std::int64_t newest_entry, const std::function<std::optional<std::vector<std::int64_t>>()>& read);

private:
    struct List {
        std::int64_t entry = 0;      // it was asked for when this was the newest
        bool         too_long = false;
        Ids          ids{};
    };
    void forget();

    std::mutex                            mutex_;
    std::unordered_map<std::string, List> lists_;
    std::size_t                           kept_ = 0;      // ids of all lists
};

}  // namespace tessera::access
