#pragma once
// TOML as people write it. The library asserts where it should refuse ("[&"), which ends the program: read like this, such a
// text is refused as others are.
//
//     const auto document = values::parse_toml(text, "tessera.toml");      // throws toml::parse_error, with its line

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

// The first line with which the library gives up on the text.
inline toml::source_index line_given_up(std::string_view text) {
    toml::source_index line = 1;
    for (auto end = text.find('\n'); end != text.npos && !gives_up(text.substr(0, end)); end = text.find('\n', end + 1)) ++line;
    return line;
}

}  // namespace toml_text

inline toml::table parse_toml(std::string_view text, std::string_view source) {
    try {
        return toml::parse(text, source);
    } catch (const toml_text::Assertion&) {
        throw toml::parse_error("this cannot be understood", toml::source_position{toml_text::line_given_up(text), 1});
    }
}

}  // namespace tessera::values
