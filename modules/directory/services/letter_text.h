#pragma once
// The grammar of letters: text with {{field}}, and nothing else.
//
//     fields_in("Dear {{contact.name}}")                                     // {"contact.name"}
//     filled("Dear {{contact.name}}", {{"contact.name", "Ben"}}, Place::text)   // "Dear Ben"

#include <directory/letters.h>

namespace directory {

enum class Place { subject, text };
constexpr auto names_of(Place) { return tessera::names("subject", "text"); }

// Refused directory.malformed_letter (422).
std::vector<std::string> fields_in(std::string_view letter, Place place);
std::string              filled(std::string_view letter, const LetterValues& values, Place place);

}  // namespace directory
