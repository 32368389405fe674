#include <knowledge/topic.h>

#include "declare.h"

namespace knowledge {

void declare_topic(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<TopicSubject>("knowledge.topic_subject", "What a topic stands for")
        .part_of(&TopicSubject::topic)
        .field("entity", &TopicSubject::entity, required, help("The kind of record: catalog.product, crm.complaint_reason"))
        .field("record", &TopicSubject::record, required)
        .index({"entity", "record"});
    kernel.entity<Topic>("knowledge.topic", "Topic")
        .help("What knowledge is about, and which records of other modules belong to it")
        .field("name", &Topic::name, required, unique, searchable, longest(120))
        .field("parent", &Topic::parent, indexed)
        .field("lead", &Topic::lead, help("Who sees to it"))
        .field("description", &Topic::description, multiline, searchable)
        .field("active", &Topic::active)
        .lines("subjects", &Topic::subjects)
        .display("name")
        .needs("knowledge.manage")
        .menu(Menu::master_data);
}

}  // namespace knowledge
