#pragma once
// An IBAN is an account number that proves itself: two letters of the country, two check digits, up to 30 characters of
// the bank. Moved to the end, with letters as 10 to 35, the number must leave 1 when divided by 97 (ISO 13616).
//
//     looks_like_iban("DE89 3704 0044 0532 0130 00");     // true
//     iban_is_sound("DE89370400440532013000");            // true; one digit changed: false
//
// A domestic account number does not begin with two letters and two digits, and is left alone.

#include <string>
#include <string_view>

namespace directory {

// The number in the form it is kept in: without spaces, letters raised.
std::string compact_account_number(std::string_view written);
bool        looks_like_iban(std::string_view written);
bool        iban_is_sound(std::string_view compact);

}  // namespace directory
