#pragma once
// Who holds which topic, and what depends on it.

#include <knowledge/people.h>
#include <knowledge/transfer.h>

#include <map>

namespace knowledge {

struct Holder {
    Id<Employee>      employee{};
    tessera::Quantity score{};
    Date              leaves_on{};
    bool stays() const { return leaves_on.empty(); }
};
struct HeldTopic {
    Id<Topic>           topic{};
    std::string         name{};
    std::vector<Holder> holders{};        // still there on the day, from `held_from` on; the highest score first
    tessera::Quantity   whole{};          // of all scores of who is still there, holders or not
    Money               revenue{};        // of the twelve months before, in the books' currency
};
// Every active topic, those first on which the most depends; of equals by name.
std::vector<HeldTopic> held_topics(const Snapshot& tx, Date on, tessera::Quantity from);

}  // namespace knowledge
