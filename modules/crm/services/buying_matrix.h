#pragma once
// The buying centre of an opportunity as it was on a day: its members, its criteria, and what each counted for whom.

#include <crm/buying_centre.h>

namespace crm {

struct MatrixCell {
    Id<BuyingMember> member{};
    Id<Criterion>    criterion{};
    std::int64_t     weight = 0, position = 0;
    Date             since{};
};

struct BuyingMatrix {
    std::vector<BuyingMember> members{};
    std::vector<Criterion>    criteria{};
    std::vector<MatrixCell>   cells{};

    Agreement agreement(Id<Criterion> criterion) const;
};

BuyingMatrix buying_matrix(const Snapshot& tx, Id<Opportunity> opportunity, Date as_of);

}  // namespace crm
