#pragma once
// Letters to whoever sees to an asset.

#include <knowledge/asset.h>

namespace knowledge {

// Nothing where the asset has no owner, or they have no address.
void tell_owner(Transaction& tx, const Asset& asset, const std::string& subject, const std::string& text);

}  // namespace knowledge
