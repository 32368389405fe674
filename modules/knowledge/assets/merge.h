#pragma once
// Two assets that say the same become one.

#include <knowledge/asset.h>

namespace knowledge {

struct MergeTarget {
    Id<Asset>   target{};
    static void describe(tessera::Fields<MergeTarget>& fields) { fields.field("target", &MergeTarget::target, tessera::required, tessera::help("Which one stays")); }
};

void merge_into(Transaction& tx, Asset& asset, const MergeTarget& input);

}  // namespace knowledge
