// JSON as it is sent to the API: what is read is read in one way only, and nothing of it is lost.

#include <tessera/json.h>

#include "harness.h"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>

namespace tessera::fuzz {
namespace {

namespace json = boost::json;

// Of a number its digits without zeros around them, and the power of ten of the first: "-012.50e1" is "-", "125", 2.
struct Decimal {
    bool        negative = false;
    std::string digits{};
    long        power                                          = 0;
    friend bool operator==(const Decimal&, const Decimal&) = default;
};

Decimal decimal_of(std::string_view text) {
    Decimal    d{.negative = text.starts_with('-')};
    const auto e        = std::min(text.find_first_of("eE"), text.size());
    auto       mantissa = std::string(text.substr(d.negative, e - d.negative));
    auto       exponent = text.substr(std::min(e + 1, text.size()));
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), d.power);
    const auto point = std::min(mantissa.find('.'), mantissa.size());
    std::erase(mantissa, '.');
    const auto first = std::min(mantissa.find_first_not_of('0'), mantissa.size());
    d.digits         = mantissa.substr(first, mantissa.find_last_not_of('0') + 1 - first);
    if (d.digits.empty()) return {};
    d.power += static_cast<long>(point) - static_cast<long>(first) - 1;
    return d;
}

// The text once more, with other eyes: how many keys it gives, and its numbers in their order.
struct Scan {
    std::size_t          keys = 0;
    std::vector<Decimal> numbers{};
};

Scan scan(std::string_view text) {
    Scan found;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            for (++i; text[i] != '"'; ++i) i += text[i] == '\\';
        } else if (text[i] == ':') {
            ++found.keys;
        } else if (text[i] == '-' || (text[i] >= '0' && text[i] <= '9')) {
            const auto end = std::min(text.find_first_not_of("+-.0123456789eE", i), text.size());
            found.numbers.push_back(decimal_of(text.substr(i, end - i)));
            i = end - 1;
        }
    }
    return found;
}

void scan(const json::value& value, Scan& found) {
    if (value.is_number()) {
        found.numbers.push_back(decimal_of(json::serialize(value)));
    } else if (value.is_array()) {
        for (const auto& one : value.get_array()) scan(one, found);
    } else if (value.is_object()) {
        found.keys += value.get_object().size();
        for (const auto& [key, one] : value.get_object()) scan(one, found);
    }
}

void write(JsonWriter& writer, const json::value& value) {
    switch (value.kind()) {
        case json::kind::object:
            writer.begin_object();
            for (const auto& [key, one] : value.get_object()) {
                writer.key({key.data(), key.size()});
                write(writer, one);
            }
            return writer.end_object();
        case json::kind::array:
            writer.begin_array();
            for (const auto& one : value.get_array()) write(writer, one);
            return writer.end_array();
        case json::kind::string: return writer.value(std::string_view(value.get_string().data(), value.get_string().size()));
        case json::kind::int64: return writer.value(value.get_int64());
        case json::kind::bool_: return writer.value(value.get_bool());
        case json::kind::null: return writer.null();
        default: return writer.raw(json::serialize(value));
    }
}

void try_json(std::string_view bytes) {
    json::value value;
    if (!accepts([&] { value = parse_json(bytes); })) return;

    Scan       read;
    const auto sent = scan(bytes);
    scan(value, read);
    must(read.keys == sent.keys, "a key that is given twice is refused");
    must(read.numbers == sent.numbers, "a number is kept exactly or refused");

    std::string text;
    JsonWriter  writer(text);
    write(writer, value);
    must(parse_json(text) == value, "what is written is read as what it was");
    must(parse_json(json::serialize(value)) == value, "what a client writes is read as what it was");
}
HARNESS(json)

}  // namespace
}  // namespace tessera::fuzz
