#pragma once
// TOML as people write it. The library asserts where it should refuse ("[&"), which ends the program: read like this, such a
// text is refused as others are.
//
//     const auto document = values::parse_toml(text, "tessera.toml");      // throws toml::parse_error, with its line

#include <optional>
#include <stdexcept>
#include <string_view>

namespace tessera::values::toml_text {

struct Assertion : std::logic_error {
    using std::logic_error::logic_error;
};

[[noreturn]] inline void give_up(const char* condition) { throw Assertion(condition); }

}  // namespace tessera::values::toml_text

#define TOML_ASSERT(condition) ((condition) ? void() : ::tessera::values::toml_text::give_up(#condition))
#include <toml++/toml.h>

namespace tessera::values {
namespace toml_text {

inline bool gives_up(std::string_view text) {
    try {
        static_cast<void>(toml::parse(text));
    } catch (const Assertion&) {
        return true;
    } catch (const toml::parse_error&) {
    }
    return false;
}

// Whether some letter is one of U+FB26 to U+FEFE: asked whether that is white space, the library runs off the end of a function.
inline bool runs_off_at(std::string_view letter) { return letter >= "\xEF\xAC\xA6" && letter <= "\xEF\xBB\xBE"; }

inline std::optional<toml::source_index> line_run_off(std::string_view text) {
    toml::source_index line = 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        line += text[i] == '\n';
        if (text[i] == '\xEF' && runs_off_at(text.substr(i, 3))) return line;
    }
    return {};
}

// The first line with which the library gives up on the text.
inline toml::source_index line_given_up(std::string_view text) {
    toml::source_index line = 1;
    for (auto end = text.find('\n'); end != text.npos && !gives_up(text.substr(0, end)); end = text.find('\n', end + 1)) ++line;
    return line;
}

}  // namespace toml_text

inline toml::table parse_toml(std::string_view text, std::string_view source) {
    if (const auto line = toml_text::line_run_off(text)) throw toml::parse_error("a letter between U+FB26 and U+FEFE cannot be read here", toml::source_position{*line, 1});
    try {
        return toml::parse(text, source);
    } catch (const toml_text::Assertion&) {
        throw toml::parse_error("this cannot be understood", toml::source_position{toml_text::line_given_up(text), 1});
    }
}

}  // namespace tessera::values
