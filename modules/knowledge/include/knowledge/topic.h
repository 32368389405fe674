#pragma once
// A topic is what knowledge is about. It stands for records of whatever module: a category of products, a reason of complaints, a
// supplier. So what was done about those records says who knows the topic:
//
//     Topic t{.name = "Rear shocks", .subjects = {{.entity = "catalog.category", .record = 12}}};

#include <directory/records.h>

namespace knowledge {

using directory::Employee;
using tessera::Currency;
using tessera::Date;
using tessera::Id;
using tessera::Instant;
using tessera::Money;
using tessera::Snapshot;
using tessera::Transaction;

struct Topic;

struct TopicSubject {                     // knowledge.topic_subject
    Id<TopicSubject> id{};
    Id<Topic>        topic{};
    std::string      entity{};            // "catalog.product"
    std::int64_t     record = 0;
};

struct Topic {                            // knowledge.topic
    Id<Topic>                 id{};
    std::string               name{};
    Id<Topic>                 parent{};
    Id<Employee>              lead{};     // who sees to it
    std::string               description{};
    bool                      active = true;
    std::vector<TopicSubject> subjects{};
};

}  // namespace knowledge
