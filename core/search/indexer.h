#pragma once
// Keeps the index up with the audit trail, some hundred records to a command, so that who writes waits for none of it:
//
//     Indexer indexer(kernel, {.read = …, .write = …});
//     while (indexer.advance()) {}                 // true: there may be more
//
// On several servers each may try: whoever finds that the index has moved on meanwhile leaves its part to the other.

#include "search/index.h"

#include <functional>

namespace tessera::search {

class Indexer {
public:
    struct Door {
        std::function<void(const std::function<void(const Snapshot&)>&)> read{};    // as the system
        std::function<void(const std::function<void(Transaction&)>&)>    write{};   // leaves nothing in the audit trail
    };
    Indexer(const Kernel& kernel, Door door) : kernel_(kernel), door_(std::move(door)) {}

    bool advance();

private:
    struct Change {
        std::string               entity{};
        std::int64_t              id = 0;
        std::optional<RecordText> text{};
    };
    struct Part {
        std::int64_t        begin = 0, end = 0;   // entries of the audit trail
        std::vector<Change> changes{};
        bool                erased = false;
    };

    Part next_part(const Snapshot& tx) const;
    void make(std::int64_t upto);
    bool make_of(const EntityDescription& entity, std::int64_t& last);
    void write(const Part& part);

    const Kernel& kernel_;
    Door          door_;
};

}  // namespace tessera::search
