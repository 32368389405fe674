#include <knowledge/review.h>

#include "lessons/declare.h"
#include "named_record.h"

namespace knowledge {

namespace preparation_entity {

using tessera::Refused;

void complete(Transaction& tx, Preparation& preparation) {
    if (preparation.entity.empty() || !preparation.lesson || !preparation.prepared_by.empty()) return;
    require_named(tx, "prepare for a record", {preparation.entity, preparation.record}, {});
    if (tx.load(preparation.lesson).state == AssetState::retired)
        throw Refused("knowledge.lesson_retired", "To prepare, go through lessons that hold: {} is retired.", tx.label_of(preparation.lesson)).with_status(422).with_field("lesson");
    preparation.prepared_by = tx.user().name;
    preparation.prepared_at = tx.now();
}

}  // namespace preparation_entity

void declare_preparation(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Preparation>("knowledge.preparation", "Preparation")
        .help("Somebody has gone through a lesson before they began with a record")
        .field("entity", &Preparation::entity, required, help("The kind of record that is prepared for: crm.opportunity"))
        .field("record", &Preparation::record, required)
        .field("lesson", &Preparation::lesson, required, indexed)
        .field("prepared_by", &Preparation::prepared_by, read_only)
        .field("prepared_at", &Preparation::prepared_at, read_only)
        .unique_together({"entity", "record", "lesson", "prepared_by"})
        .display("lesson")
        .belongs_to(&Preparation::entity, &Preparation::record)
        .validate(preparation_entity::complete);
}

}  // namespace knowledge
