#pragma once
// What somebody typed, as words to be looked for: plain words, "words side by side", and -words that must not be there.
//
//     const auto asked = read_query("rear \"loose cog\" -warranty", false);
//     // terms rear, loose, cog, of which loose cog stand side by side; without: warranty
//
// At most words_max words are looked for; what comes after is ignored.

#include "database/word_search.h"

#include <tessera/search.h>

namespace tessera::search {

inline constexpr std::size_t words_max = 32;

struct AskedWord {
    std::string word{};            // folded
    bool        unfinished = false;
};
struct Asked {
    std::vector<AskedWord>                words{};
    std::vector<std::vector<std::size_t>> phrases{};   // in quotes: side by side, they must be there
    std::vector<std::pair<std::size_t, std::size_t>> neighbours{};   // typed one after the other
    std::vector<std::string>              without{};
};

Asked read_query(std::string_view text, bool unfinished);

// The word that somebody wrote and that is nearest to one that nobody did; empty when none is near.
std::string nearest_word(const Snapshot& tx, const std::string& word);
// By how many letters left out, added, exchanged or swapped two words differ (Damerau and Levenshtein, next to each other); more than
// `most` is most + 1.
int letters_apart(std::string_view a, std::string_view b, int most);

// A passage of the text with the words in it, those between U+0002 and U+0003. The words are stems of `language`.
std::string excerpt_of(std::string_view text, const std::vector<std::string>& stems, std::string_view language, std::size_t length = 180);

}  // namespace tessera::search
