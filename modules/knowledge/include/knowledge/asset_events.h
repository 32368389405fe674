#pragma once
// What happens to assets, told in the transaction that does it.

#include <knowledge/use.h>

namespace knowledge {

struct AssetVerified {                    // knowledge.asset_verified
    Id<Asset>    asset{};
    std::int64_t revision = 0;
    Date         review_on{};
};
struct AssetNeedsReview {                 // knowledge.asset_needs_review: its day has come, or somebody objects
    Id<Asset>   asset{};
    std::string why{};
};
struct AssetUsed {                        // knowledge.asset_used
    Id<Asset>    asset{};
    std::string  entity{};
    std::int64_t record  = 0;
    Helpful      helpful = Helpful::unsaid;
};
struct AssetRetired {                     // knowledge.asset_retired
    Id<Asset> asset{}, replaced_by{};
};

}  // namespace knowledge
