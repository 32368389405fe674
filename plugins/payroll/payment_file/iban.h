#pragma once
// An IBAN proves itself: two letters of the country, two check digits, up to 30 letters and digits of the bank. Moved to the end, with
// letters as 10 to 35, the number leaves 1 when divided by 97 (ISO 13616).
//
//     compact_iban("de89 3704 0044 0532 0130 00")      // "DE89370400440532013000"
//     iban_is_sound("DE89370400440532013000")          // true; one digit changed: false
//
// A BIC has four letters of the bank, two of the country, two letters or digits of the place, and three of the branch or none.

#include <string>
#include <string_view>

namespace payroll {

std::string compact_iban(std::string_view written);
bool        iban_is_sound(std::string_view compact);
bool        bic_is_sound(std::string_view bic);

}  // namespace payroll
