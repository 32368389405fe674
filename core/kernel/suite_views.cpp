// What is made of one record for whoever sees it: its views, and its files.
#include <tessera/text.h>

#include "access/narrowing.h"
#include "kernel/suite_state.h"
#include "metadata/record_commands.h"

namespace tessera {

std::string RunningSuite::record_view(const Actor& actor, std::string_view entity, std::int64_t id, std::string_view view) {
    const auto* v = kernel_.find_record_view(entity, view);
    if (!v) {
        std::string known = "related";
        for (const auto* one : kernel_.record_views_of(entity)) known += ", " + one->name;
        throw Refused("kernel.no_view", "To look at this, use a view the record has ({}); \"{}\" is none.", known, excerpt(view)).with_status(404);
    }
    std::string out;
    read(actor, [&](const Snapshot& tx) {
        JsonWriter json(out);
        access::require_seen(tx, metadata::entity_to_read(tx, entity), id);
        v->write(tx, id, json);
    });
    return out;
}

RecordFile RunningSuite::record_file(const Actor& actor, std::string_view entity, std::int64_t id, std::string_view file) {
    const auto* f = kernel_.find_record_file(entity, file);
    if (!f) throw Refused("kernel.no_file", "To have a file of this record, ask for one that is made of it; \"{}\" is none.", excerpt(file)).with_status(404);
    RecordFile made{.media_type = f->media_type};
    read(actor, [&](const Snapshot& tx) {
        access::require_seen(tx, metadata::entity_to_read(tx, entity), id);
        made.name  = fmt::format("{}.{}", tx.label_of(entity, id), f->ending);
        made.bytes = f->make(tx, id);
    });
    return made;
}

}  // namespace tessera
