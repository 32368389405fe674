// Likenesses and chances are statistics.
#include "services/similarity.h"

#include <tessera/text.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <vector>

namespace crm {

std::u32string characters(std::string_view text) {
    std::u32string all;
    for (const char byte : text) {
        const auto b = static_cast<unsigned char>(byte);
        if ((b & 0xC0) != 0x80) all.push_back(b < 0x80 ? b : b < 0xE0 ? b & 0x1F : b < 0xF0 ? b & 0x0F : b & 0x07);
        else if (!all.empty()) all.back() = (all.back() << 6) | (b & 0x3F);
    }
    return all;
}

namespace similarity {

struct Matches {
    std::size_t count = 0, out_of_order = 0;
};

using Places = std::bitset<longest_compared>;

// Of both words the places of the letters that match, each letter of the first with the first free one near its place.
std::pair<Places, Places> matching_places(std::u32string_view a, std::u32string_view b) {
    const auto window = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
    Places     of_a, of_b;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (auto k = i > window ? i - window : 0; k < std::min(b.size(), i + window + 1); ++k) {
            if (a[i] != b[k] || of_b[k]) continue;
            of_a[i] = of_b[k] = true;
            break;
        }
    return {of_a, of_b};
}

Matches matches(std::u32string_view a, std::u32string_view b) {
    const auto [of_a, of_b] = matching_places(a, b);
    Matches found{.count = of_a.count()};
    for (std::size_t i = 0, k = 0; i < a.size(); ++i) {
        if (!of_a[i]) continue;
        while (!of_b[k]) ++k;
        found.out_of_order += a[i] != b[k++];
    }
    return found;
}

double jaro(std::u32string_view a, std::u32string_view b) {
    a = a.substr(0, longest_compared);
    b = b.substr(0, longest_compared);
    if (a.empty() && b.empty()) return 1;
    const auto found = matches(a, b);
    if (!found.count) return 0;
    const auto m = static_cast<double>(found.count), t = static_cast<double>(found.out_of_order / 2);
    return (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) + (m - t) / m) / 3;
}

// Latin letters of U+00C0 to U+017F without what is above and below them; two letters where one stands for two.
std::string_view plain_letter(char32_t c) {
    static constexpr std::array<std::string_view, 64> latin_1 = {
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss",
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y"};
    static constexpr std::string_view extended =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    if (c >= 0xC0 && c <= 0xFF) return latin_1[c - 0xC0];
    if (c >= 0x100 && c < 0x100 + extended.size()) return extended.substr(c - 0x100, 1);
    return {};
}

bool is_legal_form(std::string_view word) {
    static constexpr std::array words = {"the", "and", "inc", "incorporated", "ltd", "limited", "llc", "llp", "lp", "plc", "corp", "corporation", "co", "company",
                                         "gmbh", "mbh", "ag", "kg", "ohg", "ug", "se", "sa", "sas", "sarl", "spa", "srl", "bv", "nv", "ab", "as", "oy", "aps", "und", "et", "y"};
    return std::ranges::find(words, word) != words.end();
}

std::string letters_and_digits(std::string_view text) {
    std::string kept;
    for (const char32_t c : characters(text)) {
        if (c < 0x80) {
            const auto small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c);
            kept += (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9') ? small : ' ';
        } else {
            kept += plain_letter(c);
        }
    }
    return kept;
}

std::string compact(std::string_view text) {
    auto kept = letters_and_digits(text);
    std::erase(kept, ' ');
    return kept;
}

}  // namespace similarity

double jaro(std::string_view a, std::string_view b) { return similarity::jaro(characters(a), characters(b)); }
double jaro_winkler(std::string_view a, std::string_view b) { return jaro_winkler(characters(a), characters(b)); }

double jaro_winkler(std::u32string_view a, std::u32string_view b) {
    const auto  like   = similarity::jaro(a, b);
    std::size_t prefix = 0;
    while (prefix < std::min({a.size(), b.size(), std::size_t{4}}) && a[prefix] == b[prefix]) ++prefix;
    return like + 0.1 * static_cast<double>(prefix) * (1 - like);
}

std::string name_key(std::string_view name) {
    std::string key;
    const auto  text = similarity::letters_and_digits(name);
    for (std::size_t from = 0; from < text.size();) {
        const auto to   = std::min(text.find(' ', from), text.size());
        const auto word = std::string_view(text).substr(from, to - from);
        if (!word.empty() && !similarity::is_legal_form(word)) key.append(key.empty() ? "" : " ").append(word);
        from = to + 1;
    }
    return key.empty() ? std::string(tessera::trim(text)) : key;
}

std::string phone_key(std::string_view phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    return digits.size() < 7 ? std::string() : digits.substr(digits.size() - std::min<std::size_t>(digits.size(), 9));
}

std::string email_key(std::string_view email) { return tessera::lower_ascii(tessera::trim(email)); }

std::string tax_number_key(std::string_view number) {
    auto key = similarity::compact(number);
    return key.size() < 5 ? std::string() : key;
}

std::string postal_code_key(std::string_view code) { return similarity::compact(code); }

}  // namespace crm
