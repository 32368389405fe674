#include "payment_file/latin_text.h"

#include <algorithm>
#include <array>

namespace payroll {

namespace latin_text_of {

struct Letters {
    std::string_view accented{};
    std::string_view plain{};
};

// The letters of the Latin alphabets of Europe, by the plain letter they become.
constexpr std::array<Letters, 61> letters = {{
    {"ÀÁÂÃÄÅĀĂĄ", "A"},  {"àáâãäåāăą", "a"},  {"ÇĆĈĊČ", "C"}, {"çćĉċč", "c"}, {"ĎĐÐ", "D"},       {"ďđð", "d"},
    {"ÈÉÊËĒĔĖĘĚ", "E"},  {"èéêëēĕėęě", "e"},  {"ĜĞĠĢ", "G"},  {"ĝğġģ", "g"},  {"ĤĦ", "H"},        {"ĥħ", "h"},
    {"ÌÍÎÏĨĪĬĮİ", "I"},  {"ìíîïĩīĭįı", "i"},  {"Ĵ", "J"},     {"ĵ", "j"},     {"Ķ", "K"},         {"ķ", "k"},
    {"ĹĻĽŁ", "L"},       {"ĺļľł", "l"},       {"ÑŃŅŇ", "N"},  {"ñńņň", "n"},  {"ÒÓÔÕÖØŌŎŐ", "O"}, {"òóôõöøōŏő", "o"},
    {"ŔŖŘ", "R"},        {"ŕŗř", "r"},        {"ŚŜŞŠȘ", "S"}, {"śŝşšș", "s"}, {"ŢŤȚ", "T"},       {"ţťț", "t"},
    {"ÙÚÛÜŨŪŬŮŰŲ", "U"}, {"ùúûüũūŭůűų", "u"}, {"Ŵ", "W"},     {"ŵ", "w"},     {"ÝŶŸ", "Y"},       {"ýŷÿ", "y"},
    {"ŹŻŽ", "Z"},        {"źżž", "z"},        {"Æ", "AE"},    {"æ", "ae"},    {"Œ", "OE"},        {"œ", "oe"},
    {"ß", "ss"},         {"Þ", "Th"},         {"þ", "th"},    {"Ĳ", "IJ"},    {"ĳ", "ij"},        {"’‘`´", "'"},
    {"–—_", "-"},        {"&", "+"},          {"\"“”„", "'"}, {";", ","},     {"!", "."},         {"[{<", "("},
    {"]}>", ")"},        {"\\|", "-"},        {"@", "(at)"},  {"º", "o"},     {"ª", "a"},         {"*#%=~^$€", "."},
    {"\t\n\r", " "},
}};

bool is_taken(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" -?:().,'+").find(c) != std::string_view::npos;
}

std::size_t length_of(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4; }

std::optional<std::string_view> plain_of(std::string_view character) {
    if (character == "/") return "-";  // two of them, and one at either end, are not taken
    for (const auto& one : letters)
        for (std::size_t i = 0; i < one.accented.size(); i += length_of(static_cast<unsigned char>(one.accented[i])))
            if (one.accented.substr(i, length_of(static_cast<unsigned char>(one.accented[i]))) == character) return one.plain;
    return std::nullopt;
}

}  // namespace latin_text_of

std::optional<std::string> latin_text(std::string_view text, std::size_t longest) {
    std::string latin;
    while (!text.empty()) {
        const auto character = text.substr(0, latin_text_of::length_of(static_cast<unsigned char>(text[0])));
        if (latin_text_of::is_taken(text[0])) latin += text[0];
        else if (const auto plain = latin_text_of::plain_of(character)) latin += *plain;
        else return std::nullopt;
        text.remove_prefix(std::min(character.size(), text.size()));
    }
    latin.resize(std::min(latin.size(), longest));
    while (latin.ends_with(' ')) latin.pop_back();
    return latin;
}

}  // namespace payroll
