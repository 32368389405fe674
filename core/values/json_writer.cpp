#include <tessera/json.h>

#include <tessera/decimal.h>

#include <array>

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

void JsonWriter::append_text(std::string_view text) {
    namespace own = values::json_writer;
    out_ += '"';
    const char*       run = text.data();
    const char* const end = run + text.size();
    for (const char* at = run; at != end; ++at) {
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
