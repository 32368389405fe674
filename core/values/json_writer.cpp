#include <tessera/json.h>

#include <tessera/decimal.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace tessera {
namespace values::json_writer {

// For each byte: 0 when it stands for itself, 'u' for \u00XX, else the letter after the backslash.
constexpr auto escapes = [] {
    std::array<char, 256> letters{};
    for (std::size_t control = 0; control < 0x20; ++control) letters[control] = 'u';
    letters['\b'] = 'b';
    letters['\f'] = 'f';
    letters['\n'] = 'n';
    letters['\r'] = 'r';
    letters['\t'] = 't';
    letters['"']  = '"';
    letters['\\'] = '\\';
    letters[0x7F] = 'u';
    return letters;
}();

void append_escape(std::string& out, unsigned char byte) {
    out += '\\';
    out += escapes[byte];
    if (escapes[byte] != 'u') return;
    constexpr std::string_view digits = "0123456789abcdef";
    out.append("00");
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

}  // namespace values::json_writer

namespace values::json_writer {

// Eight bytes at a time: where the first may be that does not stand for itself, or what is left of less than eight.
const char* first_to_look_at(const char* at, const char* end) {
    constexpr std::uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    const auto              has_zero = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes & highs; };
    for (; end - at >= 8; at += 8) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, at, 8);
        const auto controls = (bytes - ones * 0x20) & ~bytes & highs;
        if (controls | has_zero(bytes ^ ones * '"') | has_zero(bytes ^ ones * '\\') | has_zero(bytes ^ ones * 0x7F)) break;
    }
    return at;
}

}  // namespace values::json_writer

void JsonWriter::append_text(std::string_view text) {
    namespace own = values::json_writer;
    out_ += '"';
    const char*       run = text.data();
    const char* const end = run + text.size();
    for (const char* at = own::first_to_look_at(run, end); at != end; ++at) {
        const auto byte = static_cast<unsigned char>(*at);
        if (own::escapes[byte] == 0) [[likely]]
            continue;
        out_.append(run, static_cast<std::size_t>(at - run));
        own::append_escape(out_, byte);
        run = at + 1;
    }
    out_.append(run, static_cast<std::size_t>(end - run));
    out_ += '"';
}

void JsonWriter::decimal(std::int64_t value, int decimals, int minimum_decimals) {
    before_value();
    out_ += '"';
    append_decimal(out_, value, decimals, minimum_decimals);
    out_ += '"';
}

}  // namespace tessera
