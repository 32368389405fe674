#include "services/iban.h"

#include <algorithm>

namespace directory {

namespace iban {

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace iban

std::string compact_account_number(std::string_view written) {
    std::string compact;
    for (char c : written) {
        if (c == ' ') continue;
        compact += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return compact;
}

bool looks_like_iban(std::string_view written) {
    const auto number = compact_account_number(written);
    return number.size() >= 15 && number.size() <= 34 && iban::is_letter(number[0]) && iban::is_letter(number[1]) &&
           iban::is_digit(number[2]) && iban::is_digit(number[3]) &&
           std::ranges::all_of(number, [](char c) { return iban::is_letter(c) || iban::is_digit(c); });
}

bool iban_is_sound(std::string_view compact) {
    const auto rotated = std::string(compact.substr(4)) + std::string(compact.substr(0, 4));
    int        rest    = 0;
    for (char c : rotated) rest = iban::is_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    return rest == 1;
}

}  // namespace directory
