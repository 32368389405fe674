#pragma once
// What search keeps as records: synonyms, and what was looked for and not found.
//
//     search::note_miss(tx, "rear derailleur noise", "ada");      // the same words again are counted

#include <tessera/kernel.h>
#include <tessera/search.h>

namespace tessera::search {

inline constexpr std::string_view manage = "search.manage";

void declare(Kernel& kernel);

// What a miss is known by: its stems, sorted; empty where nothing that is asked for is a word.
std::string words_of_miss(std::string_view text);
void        note_miss(Transaction& tx, std::string_view text, std::string_view by);

// The answer of GET /api/search.
std::string json_of(const Kernel& kernel, const Found& found);

}  // namespace tessera::search
