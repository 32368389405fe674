#pragma once
// Which topics a record belongs to: those that name it as their subject; of a product those too that name its category, or one above it;
// of an asset and a question their own; and of all of these, those above them.
//
//     const TopicMap map(tx);
//     for (const auto topic : map.topics_of("catalog.product", 17)) …

#include <catalog/records.h>
#include <knowledge/topic.h>

#include <map>
#include <set>

namespace knowledge {

class TopicMap {
public:
    explicit TopicMap(const Snapshot& tx);

    using Topics = std::set<Id<Topic>>;
    const Topics& topics_of(const std::string& entity, std::int64_t record) const;
    // The records of a kind by which each topic stands: its subjects and those of the topics below it; products by their category too.
    std::map<Id<Topic>, std::set<std::int64_t>> records(std::string_view entity) const;

private:
    using Record = std::pair<std::string, std::int64_t>;

    void   read_topics(const Snapshot& tx);
    void   read_products(const Snapshot& tx);
    void   add(const Record& record, Id<Topic> topic);

    std::map<Id<Topic>, Id<Topic>> parents_{};
    std::map<Record, Topics>       topics_{};
};

}  // namespace knowledge
