#pragma once
// The words of a text in the one form in which they are looked for: small letters, without accents, and the stem of the form they stand in.
//
//     stems_of("The gears' Schaltwerk is noisy", "en")          // "the gear schaltwerk is noisi"
//     for (const Word& word : words_of(text)) …                 // word.folded "gears", and where it stands in the text
//
// A word is letters and digits; of words joined by a hyphen ("e-document") the whole ("edocument") is one too. Stems are those of Snowball
// (Porter, 2001); languages without one, and words with digits, stay as they are. From every thread.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::search {

struct Word {
    std::string folded{};
    std::size_t begin = 0, end = 0;   // bytes of the text
    bool        joined = false;       // made of the words before it
};

std::vector<Word> words_of(std::string_view text);
std::string       stem_of(const std::string& folded, std::string_view language);
std::string       stems_of(std::string_view text, std::string_view language);

}  // namespace tessera::search
