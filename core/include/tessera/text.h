#pragma once
// Small verbs on text: is it valid UTF-8, how does it read to people, what is its plural. Bytes that are not ASCII pass
// through unchanged; nothing here uses the locale.
//
//     humanise("estimated_cost");                  // "Estimated cost"
//     pluralise("company");                        // "companies"
//     excerpt(input);                              // what a refusal may repeat of what a user wrote

#include <tessera/refused.h>

#include <string>
#include <string_view>

namespace tessera {

// True for well-formed UTF-8: nothing overlong, no surrogates, nothing above U+10FFFF. NUL is a valid character.
TESSERA_API bool valid_utf8(std::string_view text);
// Lowers A to Z and leaves everything else alone.
TESSERA_API std::string lower_ascii(std::string_view text);
// The text without the spaces, tabs and line breaks around it; a view into the same bytes.
TESSERA_API std::string_view trim(std::string_view text);
// "estimated_cost" -> "Estimated cost": underscores become spaces and the first letter is raised.
TESSERA_API std::string humanise(std::string_view name);
// The English plural of the last word: "journal_entry" -> "journal_entries", "Purchase order" -> "Purchase orders".
TESSERA_API std::string pluralise(std::string_view noun);
// At most `longest` bytes of the text, cut between two characters and then ended by "…"; control characters and bytes
// that are not UTF-8 become "?". Always safe to print.
TESSERA_API std::string excerpt(std::string_view text, std::size_t longest = 60);

}  // namespace tessera
