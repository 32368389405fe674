#include "named_record.h"

#include <tessera/access.h>
#include <tessera/kernel.h>

namespace knowledge {

using tessera::Refused;

std::string named(const tessera::Snapshot& tx, const tessera::Source& record) {
    return fmt::format("{} {}", tx.kernel().find_entity(record.entity)->title, tx.label_of(record.entity, record.id));
}

void require_named(const tessera::Transaction& tx, std::string_view goal, const tessera::Source& record, const std::string& place) {
    if (!tx.kernel().find_entity(record.entity))
        throw Refused("knowledge.unknown_kind", "To {}, name a kind of record such as catalog.product; \"{}\" is none.", goal, record.entity).with_status(422).with_field(place + "entity");
    if (!tessera::access::sees(tx, record.entity, record.id))
        throw Refused("knowledge.no_such_record", "To {}, choose one that exists and that you see: {} {} is none.", goal, record.entity, record.id).with_status(422).with_field(place + "record");
}

}  // namespace knowledge
