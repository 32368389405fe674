#include <crm/people.h>

#include "declare.h"
#include "services/party_merge.h"

namespace crm {

using tessera::Refused;

namespace merge_entity {

void check(Transaction& tx, Merge& merge) {
    if (merge.state != MergeState::draft) return;
    if (merge.survivor && merge.survivor == merge.duplicate)
        throw Refused("crm.same_party", "To merge two parties, name two: {} is given as both.", tx.label_of(merge.survivor)).with_status(422).with_field("duplicate");
    for (const auto& choice : merge.choices) require_choosable(tx, choice.field);
}

}  // namespace merge_entity

void declare_merge(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<MergeChoice>("crm.merge_choice", "Merge choice")
        .part_of(&MergeChoice::document)
        .field("field", &MergeChoice::field, required, longest(60), help("A field of the party, such as email"))
        .field("take", &MergeChoice::take, help("Whose value the survivor has"));
    kernel.entity<Merge>("crm.merge", "Merge of parties")
        .plural("Merges of parties")
        .field("state", &Merge::state, read_only)
        .field("survivor", &Merge::survivor, required, indexed, help("The party that goes on"))
        .field("duplicate", &Merge::duplicate, required, indexed, help("The party that goes out of use; what it has becomes the other's"))
        .field("reason", &Merge::reason)
        .field("merged_on", &Merge::merged_on, read_only)
        .lines("choices", &Merge::choices)
        .display("survivor")
        .help("Makes one party of two that are the same; look at the preview first, it cannot be undone")
        .menu(Menu::documents)
        .needs("crm.merge")
        .editable_while(MergeState::draft)
        .validate(merge_entity::check);
    kernel.event<PartiesMerged>("crm.parties_merged")
        .field("merge", &PartiesMerged::merge)
        .field("survivor", &PartiesMerged::survivor)
        .field("duplicate", &PartiesMerged::duplicate);
}

}  // namespace crm
