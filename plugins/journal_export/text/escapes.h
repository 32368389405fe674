#pragma once
// How a text of the books is written where a grammar leaves no room for it, and read back.
//
// hledger and ledger know no escapes: what would end or change a text there becomes % and two capital hexadecimal digits
// per byte, and a % that would read like one becomes %25. beancount has quoted strings with backslashes.
//
//     escaped("Tax; 50%", Place::description)      // "Tax%3B 50%"
//     unescaped("Tax%3B 50%")                      // "Tax; 50%"
//     quoted("He said \"no\"")                     // "\"He said \\\"no\\\"\""

#include <string>
#include <string_view>

namespace journal_export {

// Where in a transaction: its code in parentheses, its description, the value of a tag.
enum class Place { code, description, tag };

std::string escaped(std::string_view text, Place place);
std::string unescaped(std::string_view text);
std::string quoted(std::string_view text);

// "%3B"
std::string hexadecimal(unsigned char byte);
// The byte that two capital hexadecimal digits at `at` say, or -1.
int byte_at(std::string_view text, std::size_t at);

}  // namespace journal_export
