#include "services/mentions.h"

#include <string>
#include <vector>

namespace financials {
namespace mentions_search {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }
char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

struct Letter {
    char        character = 0;
    std::size_t at        = 0;
};

// Letters and digits alone, with where they stood.
std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> letters;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (is_digit(text[i]) || is_letter(text[i])) letters.push_back({capital(text[i]), i});
    return letters;
}

// Whether two neighbours in the text belong to one word or one number, so that it may not be cut between them.
bool belong_together(const Letter& left, const Letter& right) {
    if (right.at != left.at + 1) return false;
    return is_digit(left.character) == is_digit(right.character);
}

bool matches_at(const std::vector<Letter>& text, std::size_t start, const std::vector<Letter>& number) {
    for (std::size_t i = 0; i < number.size(); ++i)
        if (text[start + i].character != number[i].character) return false;
    const auto end = start + number.size();
    if (start > 0 && belong_together(text[start - 1], text[start])) return false;
    return end == text.size() || !belong_together(text[end - 1], text[end]);
}

}  // namespace mentions_search

bool mentions(std::string_view text, std::string_view number) {
    using namespace mentions_search;
    const auto in = letters_of(text), wanted = letters_of(number);
    if (wanted.empty()) return false;
    for (std::size_t start = 0; start + wanted.size() <= in.size(); ++start)
        if (matches_at(in, start, wanted)) return true;
    return false;
}

}  // namespace financials
