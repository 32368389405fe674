#include "services/disputes_service.h"

namespace financials {

Id<Dispute> DisputesService::open(Transaction& tx, Id<OpenItem> item, std::string reason, const Source& source) {
    const auto open = tx.value<Id<Dispute>>(
        "SELECT id FROM financials_dispute WHERE item = :item AND source_entity = :entity AND source_id = :id AND state = 'open' ORDER BY id LIMIT 1", item, source.entity,
        source.id);
    if (open) return *open;
    return tx.insert(Dispute{.item = item, .reason = std::move(reason), .source_entity = source.entity, .source_id = source.id});
}

void DisputesService::resolve(Transaction& tx, const Source& source, const std::string& outcome) {
    for (auto& dispute : tx.select<Dispute>("source_entity = :entity AND source_id = :id AND state = 'open' ORDER BY id", source.entity, source.id)) {
        dispute.state       = DisputeState::resolved;
        dispute.resolved_on = tx.today();
        dispute.outcome     = outcome;
        tx.save(dispute);
    }
}

}  // namespace financials
