// Records from CSV: the first line names the kind, the file follows. What was taken over, exported and taken over again is
// the same.

#include "metadata/record_views.h"
#include "shop.h"

namespace tessera::fuzz {
namespace {

std::string exported(const Snapshot& tx, const EntityDescription& entity) {
    std::string csv;
    metadata::export_csv(tx, entity, {}, [&](std::string_view part) { csv += part; });
    return csv;
}

void try_import(std::string_view bytes) {
    static Shop shop(Secrets::kept);
    const auto* entity = shop.kernel().find_entity("shop." + std::string(take_until(bytes, '\n')));
    if (!entity) return;

    shop.change([&](Transaction& tx) {
        if (!accepts([&] { metadata::import_csv(tx, *entity, bytes); })) return;
        const auto    csv = exported(tx, *entity);
        ImportOutcome outcome;
        must(accepts([&] { outcome = metadata::import_csv(tx, *entity, csv); }), "what is exported can be imported");
        must(outcome.created == 0, "what is exported is found again");
        must(exported(tx, *entity) == csv, "what is exported and imported stays what it is");
    });
}
HARNESS(import)

}  // namespace
}  // namespace tessera::fuzz
