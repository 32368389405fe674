#include <tessera/text.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace tessera {
namespace values::text {

// The length of the UTF-8 character at the start of `text`, 0 when it is malformed (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text) {
    const auto byte    = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i, int low, int high) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const int first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first < 0xE0) return follows(1, 0x80, 0xBF) ? 2 : 0;
    if (first < 0xF0) {
        const int low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
        return follows(1, low, high) && follows(2, 0x80, 0xBF) ? 3 : 0;
    }
    const int low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
}

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
    for (const auto ending : endings)
        if (word.ends_with(ending)) return true;
    return false;
}

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

// Where the last word begins: after the last space, underscore or hyphen.
std::size_t last_word(std::string_view noun) {
    const auto separator = noun.find_last_of(" _-");
    return separator == std::string_view::npos ? 0 : separator + 1;
}

constexpr std::array irregular{
    std::pair<std::string_view, std::string_view>{"person", "people"},
    std::pair<std::string_view, std::string_view>{"child", "children"},
    std::pair<std::string_view, std::string_view>{"criterion", "criteria"},
    std::pair<std::string_view, std::string_view>{"series", "series"},
    std::pair<std::string_view, std::string_view>{"equipment", "equipment"},
    std::pair<std::string_view, std::string_view>{"staff", "staff"},
};

}  // namespace values::text

bool valid_utf8(std::string_view text) {
    while (!text.empty()) {
        if (text.size() >= 8) {
            std::uint64_t eight;
            std::memcpy(&eight, text.data(), 8);
            if ((eight & 0x8080808080808080u) == 0) {
                text.remove_prefix(8);
                continue;
            }
        }
        const auto length = values::text::character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string lower_ascii(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n\v\f";
    const auto                 first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string humanise(std::string_view name) {
    std::string label(name);
    for (char& c : label)
        if (c == '_') c = ' ';
    if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 'a' + 'A');
    return label;
}

std::string pluralise(std::string_view noun) {
    std::string            plural(noun);
    const auto             start   = values::text::last_word(noun);
    const std::string      lowered = lower_ascii(noun.substr(start));
    const std::string_view word    = lowered;
    if (word.empty()) return plural;
    for (const auto& [one, many] : values::text::irregular)
        if (word == one) return plural.replace(start + 1, std::string::npos, many.substr(1));
    if (word.ends_with("sis")) return plural.replace(plural.size() - 2, 2, "es");
    if (word.size() > 1 && word.back() == 'y' && !values::text::is_vowel(word[word.size() - 2]))
        return plural.replace(plural.size() - 1, 1, "ies");
    if (values::text::ends_with_any(word, {"s", "x", "z", "ch", "sh"})) return plural + "es";
    return plural + "s";
}

std::string excerpt(std::string_view text, std::size_t longest) {
    std::string shown;
    while (!text.empty()) {
        const auto length = values::text::character_length(text);
        if (shown.size() + (length == 0 ? 1 : length) > longest) return shown + "…";
        const auto first   = static_cast<unsigned char>(text[0]);
        const bool control = first < 0x20 || first == 0x7F;
        if (length == 0 || control)
            shown += '?';
        else
            shown.append(text.substr(0, length));
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return shown;
}

}  // namespace tessera
