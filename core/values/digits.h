#pragma once
// Reading and printing the fixed-width digits of dates and times, and the table of digit pairs all printing uses.

#include <array>
#include <cstring>
#include <string_view>

namespace tessera::values::digits {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The two digits of each of 00 to 99.
inline constexpr auto pairs = [] {
    std::array<char, 200> all{};
    for (std::size_t i = 0; i < 100; ++i) {
        all[2 * i]     = static_cast<char>('0' + i / 10);
        all[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return all;
}();

inline void print_two(char* to, int value) { std::memcpy(to, &pairs[2 * static_cast<std::size_t>(value)], 2); }

// The number of `count` digits from `at` on, -1 when one of them is no digit or missing.
constexpr int number_at(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return -1;
    int number = 0;
    for (const char c : text.substr(at, count)) {
        if (!is_digit(c)) return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

}  // namespace tessera::values::digits
