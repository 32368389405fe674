#include "services/buying_matrix.h"

#include <algorithm>

namespace crm {

Agreement BuyingMatrix::agreement(Id<Criterion> criterion) const {
    std::vector<Judgement> judgements;
    for (const auto& cell : cells) {
        if (cell.criterion != criterion) continue;
        const auto member = std::ranges::find(members, cell.member, &BuyingMember::id);
        if (member != members.end()) judgements.push_back({member->influence, cell.weight, cell.position});
    }
    return agreement_of(judgements);
}

BuyingMatrix buying_matrix(const Snapshot& tx, Id<Opportunity> opportunity, Date as_of) {
    BuyingMatrix matrix;
    matrix.members  = tx.select<BuyingMember>("opportunity = :opportunity ORDER BY influence DESC, id", opportunity);
    matrix.criteria = tx.select<Criterion>("opportunity = :opportunity ORDER BY id", opportunity);
    matrix.cells    = tx.rows<MatrixCell>(R"sql(
        SELECT e.member, e.criterion, e.weight, e.position, e.date
          FROM crm_criterion_weight_entry e
         WHERE e.id IN (SELECT max(b.id) FROM crm_criterion_weight_entry b JOIN crm_criterion c ON c.id = b.criterion
                         WHERE c.opportunity = :opportunity AND b.date <= :as_of GROUP BY b.criterion, b.member)
           AND e.weight > 0
         ORDER BY e.criterion, e.member)sql",
                                       opportunity, as_of);
    return matrix;
}

}  // namespace crm
