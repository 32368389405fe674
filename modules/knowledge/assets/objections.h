#pragma once
// What people find wrong with assets.

#include <knowledge/revision.h>

namespace knowledge {

void note_objection(Transaction& tx, const Asset& asset, const std::string& text);
// Those that are open; whoever acts has settled them.
void settle_objections(Transaction& tx, Id<Asset> asset);

}  // namespace knowledge
