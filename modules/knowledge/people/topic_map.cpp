#include "people/topic_map.h"

namespace knowledge {

namespace topic_map {

struct Parent {
    std::int64_t id = 0, parent = 0;
};
struct Subject {
    Id<Topic>    topic{};
    std::string  entity{};
    std::int64_t record = 0;
};

const TopicMap::Topics none{};

}  // namespace topic_map

using topic_map::Parent;
using topic_map::Subject;

TopicMap::TopicMap(const Snapshot& tx) {
    read_topics(tx);
    read_products(tx);
}

void TopicMap::add(const Record& record, Id<Topic> topic) {
    auto& topics = topics_[record];
    for (auto one = topic; one && topics.insert(one).second;) {
        const auto above = parents_.find(one);
        one              = above == parents_.end() ? Id<Topic>{} : above->second;
    }
}

void TopicMap::read_topics(const Snapshot& tx) {
    tx.each<Parent>("SELECT id, parent FROM knowledge_topic", [&](const Parent& row) { parents_[Id<Topic>{row.id}] = Id<Topic>{row.parent}; });
    for (const auto* sql : {"SELECT document, entity, record FROM knowledge_topic_subject", "SELECT topic, 'knowledge.asset', document FROM knowledge_asset_topic",
                            "SELECT topic, 'knowledge.question', id FROM knowledge_question WHERE topic IS NOT NULL"})
        tx.each<Subject>(sql, [&](const Subject& row) { add({row.entity, row.record}, row.topic); });
}

// A product takes the topics of its category, and a category those of the one it is in.
void TopicMap::read_products(const Snapshot& tx) {
    std::map<std::int64_t, std::int64_t> above;
    tx.each<Parent>("SELECT id, parent FROM catalog_category", [&](const Parent& row) { above[row.id] = row.parent; });
    tx.each<Parent>("SELECT id, category FROM catalog_product WHERE category IS NOT NULL", [&](const Parent& product) {
        std::size_t steps = 0;
        for (auto category = product.parent; category && steps <= above.size(); category = above[category], ++steps)
            if (const auto found = topics_.find({"catalog.category", category}); found != topics_.end())
                for (const auto topic : found->second) add({"catalog.product", product.id}, topic);
    });
}

const TopicMap::Topics& TopicMap::topics_of(const std::string& entity, std::int64_t record) const {
    const auto found = topics_.find({entity, record});
    return found == topics_.end() ? topic_map::none : found->second;
}

std::map<Id<Topic>, std::set<std::int64_t>> TopicMap::records(std::string_view entity) const {
    std::map<Id<Topic>, std::set<std::int64_t>> all;
    for (const auto& [record, topics] : topics_)
        if (record.first == entity)
            for (const auto topic : topics) all[topic].insert(record.second);
    return all;
}

}  // namespace knowledge
