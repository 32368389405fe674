#include "kernel/literal.h"

#include <fmt/format.h>

#include <charconv>

namespace tessera {

// In quotes it takes the type of what it is compared with, which may be a boolean.
void LiteralTexts::bind(int i, std::int64_t value) { texts_.at(static_cast<std::size_t>(i - 1)) = fmt::format("'{}'", value); }
void LiteralTexts::bind(int i, double value) { texts_.at(static_cast<std::size_t>(i - 1)) = fmt::format("{}", value); }
void LiteralTexts::bind_null(int i) { texts_.at(static_cast<std::size_t>(i - 1)) = "NULL"; }
void LiteralTexts::bind_blob(int i, std::string_view) { bind_null(i); }

// A quote is doubled; nothing else means anything inside quotes. No text of a record holds a zero byte.
void LiteralTexts::bind(int i, std::string_view text) {
    std::string quoted = "'";
    for (const char c : text.substr(0, text.find('\0'))) {
        if (c == '\'') quoted += '\'';
        quoted += c;
    }
    texts_.at(static_cast<std::size_t>(i - 1)) = quoted + "'";
}

std::string LiteralTexts::put_into(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t number = 0;
        const auto* digits = text.data() + at + 2;
        const bool  named  = text.substr(at).starts_with(":p");
        const auto  result = named ? std::from_chars(digits, text.data() + text.size(), number) : std::from_chars_result{};
        if (!named || result.ptr == digits) {
            out += text[at++];
            continue;
        }
        out += texts_.at(number - 1);
        at = static_cast<std::size_t>(result.ptr - text.data());
    }
    return out;
}

}  // namespace tessera
