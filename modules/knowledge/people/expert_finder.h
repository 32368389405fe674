#pragma once
// What everybody has done, by topic: read once, and asked of for one topic or for all. Scores are statistics.

#include <knowledge/people.h>

#include <map>

namespace knowledge {

struct Done {
    double       score = 0;               // what is left of the points
    std::int64_t evidence = 0;
    Date         last_on{};
};
// Of each topic, who has done what of it until the day.
using Experience = std::map<Id<Topic>, std::map<Id<Employee>, Done>>;
Experience experience_until(const Snapshot& tx, Date on);

// People as they can be asked on a day, without a score.
std::map<Id<Employee>, Expert> people_on(const Snapshot& tx, Date on, std::string_view language);

class ExpertFinderService : public ExpertFinder {
public:
    std::vector<Expert> of(const Snapshot& tx, Id<Topic> topic, Date on, std::string_view language) const override;
};

}  // namespace knowledge
