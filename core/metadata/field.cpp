#include <tessera/field.h>
#include <tessera/text.h>

#include <charconv>

namespace tessera::field {

std::int64_t integer_from(const InputValue& in) {
    if (in.kind == InputValue::Kind::integer) return in.integer;
    std::int64_t value = 0;
    const auto   end   = in.text.data() + in.text.size();
    const auto [rest, error] = std::from_chars(in.text.data(), end, value);
    if (in.kind != InputValue::Kind::text || error != std::errc{} || rest != end)
        throw Refused("kernel.malformed_number", "To set this, give a whole number; \"{}\" is none.", excerpt(in.text)).with_status(422);
    return value;
}

bool boolean_from(const InputValue& in) {
    if (in.kind == InputValue::Kind::boolean) return in.boolean;
    if (in.kind == InputValue::Kind::integer && (in.integer == 0 || in.integer == 1)) return in.integer == 1;
    if (in.text == "true" || in.text == "yes" || in.text == "1") return true;
    if (in.text == "false" || in.text == "no" || in.text == "0") return false;
    throw Refused("kernel.malformed_flag", "To set this, give true or false; \"{}\" is neither.", excerpt(in.text)).with_status(422);
}

std::string text_from(const InputValue& in) {
    if (in.kind != InputValue::Kind::text) throw Refused("kernel.wrong_type", "To set this, give text.").with_status(422);
    if (!valid_utf8(in.text)) throw Refused("kernel.malformed_text", "To set this, give valid UTF-8 text.").with_status(422);
    for (const char c : in.text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
            throw Refused("kernel.malformed_text", "To set this, leave out control characters.").with_status(422);
    return std::string(in.text);
}

std::int64_t decimal_from(const InputValue& in, int decimals) {
    if (in.kind == InputValue::Kind::integer) return narrow(Wide{in.integer} * power_of_ten(decimals));
    if (in.kind != InputValue::Kind::text) throw Refused("kernel.wrong_type", "To set this, give a number as text (\"12.50\").").with_status(422);
    return parse_decimal(in.text, decimals);
}

Date date_from(const InputValue& in) {
    if (in.kind != InputValue::Kind::text) throw Refused("kernel.malformed_date", "To set this, give a day such as 2026-01-31.").with_status(422);
    return Date::parse(in.text);
}

Instant instant_from(const InputValue& in) {
    if (in.kind != InputValue::Kind::text) throw Refused("kernel.malformed_date", "To set this, give a moment such as 2026-01-31T10:15:00Z.").with_status(422);
    return Instant::parse(in.text);
}

}  // namespace tessera::field
