#pragma once
// Keeping what an asset has said.

#include <knowledge/revision.h>

namespace knowledge {

std::optional<Revision> last_revision(const Snapshot& tx, Id<Asset> asset);
bool                    says_the_same(const Revision& revision, const Asset& asset);
// Refused what Markdown refuses (tessera/markdown.h), of the field "body".
void                    check_text(const Asset& asset);
// At the end of the command, as the asset reads then.
void                    keep_revision(Transaction& tx, const Asset& asset);

}  // namespace knowledge
