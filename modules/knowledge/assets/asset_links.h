#pragma once
// What an asset is linked to: records that are there and that whoever links them sees.

#include <knowledge/asset.h>

namespace knowledge {

// Of links that `before` does not have. Refused (422): knowledge.unknown_kind, knowledge.no_such_record, knowledge.links_to_itself,
// knowledge.link_of_asset.
void check_links(const Transaction& tx, const Asset& asset, const std::optional<Asset>& before);

}  // namespace knowledge
