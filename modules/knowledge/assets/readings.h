#pragma once
// Who has read an asset and understood it.

#include <knowledge/use.h>

namespace knowledge {

// Refused knowledge.quiz_first (422) where its questions have not been answered well enough.
void note_reading(Transaction& tx, Asset& asset);
// The reading of this revision by whoever acts, made or brought up to date.
void keep_reading(Transaction& tx, const Asset& asset, bool understood, std::optional<std::int64_t> score);

}  // namespace knowledge
