#include "text/escapes.h"

namespace journal_export {
namespace escapes {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool must_be_escaped(std::string_view text, std::size_t at, Place place) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c == 0x7f) return true;
    if (c == ' ') return at == 0 || at + 1 == text.size();
    if (c == '%') return byte_at(text, at + 1) >= 0;
    switch (place) {
        case Place::code: return c == '(' || c == ')' || c == ';';
        case Place::description: return c == ';';
        case Place::tag: return c == ',' || c == '[';  // a comma ends a tag, a bracket may begin a date
    }
    return false;
}

}  // namespace escapes

std::string hexadecimal(unsigned char byte) {
    constexpr char digits[] = "0123456789ABCDEF";
    return {digits[byte >> 4], digits[byte & 15]};
}

int byte_at(std::string_view text, std::size_t at) {
    if (at + 2 > text.size()) return -1;
    const int high = escapes::digit(text[at]), low = escapes::digit(text[at + 1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string escaped(std::string_view text, Place place) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (escapes::must_be_escaped(text, i, place))
            out += '%' + hexadecimal(static_cast<unsigned char>(text[i]));
        else
            out += text[i];
    }
    return out;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int byte = text[i] == '%' ? byte_at(text, i + 1) : -1;
        out += byte < 0 ? text[i] : static_cast<char>(byte);
        if (byte >= 0) i += 2;
    }
    return out;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\t': out += "\\t"; break;
            case '\r': out += "\\r"; break;
            default: out += c;
        }
    }
    return out + '"';
}

}  // namespace journal_export
