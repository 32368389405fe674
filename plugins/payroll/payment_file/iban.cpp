#include "payment_file/iban.h"

#include <algorithm>

namespace payroll {

namespace iban {

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_either(char c) { return is_letter(c) || is_digit(c); }

int remainder_after(int remainder, char c) {
    if (is_digit(c)) return (remainder * 10 + (c - '0')) % 97;
    return (remainder * 100 + (c - 'A' + 10)) % 97;
}

}  // namespace iban

std::string compact_iban(std::string_view written) {
    std::string compact;
    for (const char c : written)
        if (c != ' ') compact += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return compact;
}

bool iban_is_sound(std::string_view compact) {
    if (compact.size() < 15 || compact.size() > 34 || !std::ranges::all_of(compact, iban::is_either)) return false;
    if (!iban::is_letter(compact[0]) || !iban::is_letter(compact[1]) || !iban::is_digit(compact[2]) || !iban::is_digit(compact[3]))
        return false;
    int remainder = 0;
    for (const char c : compact.substr(4)) remainder = iban::remainder_after(remainder, c);
    for (const char c : compact.substr(0, 4)) remainder = iban::remainder_after(remainder, c);
    return remainder == 1;
}

bool bic_is_sound(std::string_view bic) {
    if (bic.size() != 8 && bic.size() != 11) return false;
    return std::ranges::all_of(bic.substr(0, 6), iban::is_letter) && std::ranges::all_of(bic.substr(6), iban::is_either);
}

}  // namespace payroll
