#pragma once
// What people opened after they had looked for something. Once two of them opened the same record after the same words, the words lead to
// it for everybody, as if they were keywords of the record:
//
//     note_choice(tx, {.text = "postpone", .record = {"knowledge.asset", 17}}, "ada");
//     note_choice(tx, {.text = "postpone", .record = {"knowledge.asset", 17}}, "bob");
//     words_leading_to(tx, "knowledge.asset", 17);          // "postpone"
//
// One person alone moves nothing, however often. Who it was is kept only as a digest, to know one from another. Of people nothing is
// learned: whoever is erased is found by no words, whosever they were.

#include <tessera/kernel.h>
#include <tessera/search.h>

namespace tessera::search {

inline constexpr int people_it_takes = 2;

void declare_choices(Kernel& kernel);

// Nothing is kept of what has no words, of records that search does not know, and of those with personal fields.
void        note_choice(Transaction& tx, const Opened& opened, std::string_view by);
std::string words_leading_to(const Snapshot& tx, const std::string& entity, std::int64_t record);

}  // namespace tessera::search
