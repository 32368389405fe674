#pragma once
// Open items of one side as they stood at the end of a day: what is open now, with the settlements dated or recorded later
// taken back. The cost is what is open plus what has happened since, never the length of history.

#include "services/known_at.h"

#include <financials/open_items.h>

namespace financials {

struct ItemAt {
    Id<OpenItem>         id{};
    Id<directory::Party> party{};
    std::string          number{};  // of the party
    std::string          name{};
    ItemKind             kind = ItemKind::invoice;
    std::string          document{};
    std::string          reference{};
    Date                 date{};
    Date                 due_on{};
    Money                book_amount{};
    Currency             currency{};
    Money                amount{};
    Money                open{};
    Money                held{};
    std::string          source_entity{};
    std::int64_t         source_id = 0;
    Money                open_in_books() const;
};

// In the order of parties, due dates and ids; only items that were open then.
std::vector<ItemAt> items_at(const Snapshot& snapshot, ItemSide side, Date day, const KnownAt& known, Id<directory::Party> party);

}  // namespace financials
