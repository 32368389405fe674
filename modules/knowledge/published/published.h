#pragma once
// Keeps what customers read in step with its asset, at the end of each command that saved one.
//
//     keep_published(tx, asset);        // from the asset's own validation

#include <knowledge/published.h>

namespace knowledge {

void keep_published(Transaction& tx, const Asset& asset);

}  // namespace knowledge
