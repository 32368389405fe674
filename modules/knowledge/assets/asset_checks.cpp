// Proven from the revisions up: an asset says what its newest revision says.
#include <knowledge/revision.h>

#include "assets/declare.h"

namespace knowledge {

namespace asset_checks {

using tessera::Finding;

struct Differing {
    std::string                 number{};
    std::int64_t                revision = 0;
    std::optional<std::int64_t> newest{};
};

void revisions(const Snapshot& tx, const std::function<void(Finding)>& found) {
    tx.each<Differing>(R"sql(
        SELECT a.number, a.revision, (SELECT max(r.number) FROM knowledge_revision r WHERE r.asset = a.id)
          FROM knowledge_asset a
         WHERE NOT EXISTS (SELECT 1 FROM knowledge_revision r
                            WHERE r.asset = a.id AND r.number = a.revision AND r.title = a.title
                              AND coalesce(r.summary, '') = coalesce(a.summary, '') AND coalesce(r.body, '') = coalesce(a.body, '')
                              AND r.number = (SELECT max(n.number) FROM knowledge_revision n WHERE n.asset = a.id))
         ORDER BY a.id)sql",
                       [&](const Differing& one) {
                           const auto newest = one.newest ? fmt::format("its revision {}", *one.newest) : std::string("no revision");
                           found({"asset " + one.number, newest, fmt::format("another text, numbered {}", one.revision)});
                       });
}

}  // namespace asset_checks

void declare_asset_checks(tessera::Kernel& kernel) { kernel.check("knowledge.revisions", "Every asset says what its newest revision says", asset_checks::revisions); }

}  // namespace knowledge
