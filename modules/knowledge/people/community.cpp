#include <knowledge/people.h>

#include <set>

#include "people/declare.h"

namespace knowledge {

namespace community_entity {

using tessera::Refused;

void check_absence(Transaction&, Absence& absence) {
    if (!absence.starts_on.empty() && absence.ends_on.empty()) absence.ends_on = absence.starts_on;
    if (absence.ends_on < absence.starts_on)
        throw Refused("knowledge.dates_reversed", "To say when somebody is away, let it end on {} or later.", absence.starts_on).with_status(422).with_field("ends_on");
}

void complete(Transaction& tx, Community& community) {
    std::set<Id<Employee>> members;
    for (auto& member : community.members) {
        if (member.employee && !members.insert(member.employee).second)
            throw Refused("knowledge.member_twice", "To save the community, name each member once: {} is there twice.", tx.label_of(member.employee)).with_status(422).with_field("members");
        if (member.joined_on.empty()) member.joined_on = tx.today();
    }
}

}  // namespace community_entity

void declare_absence(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Absence>("knowledge.absence", "Absence")
        .help("When somebody cannot be asked: questions go to others")
        .field("employee", &Absence::employee, required, indexed)
        .field("starts_on", &Absence::starts_on, required)
        .field("ends_on", &Absence::ends_on, help("The last day; the first when left out"))
        .field("note", &Absence::note)
        .display("employee")
        .menu(Menu::master_data)
        .validate(community_entity::check_absence);
}

void declare_community(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<CommunityMember>("knowledge.community_member", "Member of a community")
        .part_of(&CommunityMember::community)
        .field("employee", &CommunityMember::employee, required, indexed)
        .field("joined_on", &CommunityMember::joined_on, help("Today when left out"));
    kernel.entity<Community>("knowledge.community", "Community")
        .plural("Communities")
        .path("communities")
        .help("People who work at the same thing, wherever they belong")
        .field("name", &Community::name, required, unique, searchable, longest(120))
        .field("topic", &Community::topic, indexed)
        .field("lead", &Community::lead)
        .field("purpose", &Community::purpose, multiline, searchable)
        .field("active", &Community::active)
        .lines("members", &Community::members)
        .display("name")
        .menu(Menu::master_data)
        .validate(community_entity::complete);
}

}  // namespace knowledge
