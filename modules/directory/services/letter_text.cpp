#include "services/letter_text.h"

#include <tessera/text.h>

namespace directory {

namespace letter_text {

constexpr std::string_view open = "{{", close = "}}";

// Calls `text` with what stands between the fields, and `field` with each.
template <class Text, class Field>
void walk(std::string_view letter, Place place, const Text& text, const Field& field) {
    while (!letter.empty()) {
        const auto at = letter.find(open);
        text(letter.substr(0, at));
        if (at == std::string_view::npos) return;
        const auto end = letter.find(close, at);
        if (end == std::string_view::npos)
            throw tessera::Refused("directory.malformed_letter", "To write the {}, end every {{{{ by }}}}: that before \"{}\" has no end.",
                                   tessera::name_of(place), tessera::excerpt(letter.substr(at + 2), 30))
                .with_status(422)
                .with_field(std::string(tessera::name_of(place)));
        field(tessera::trim(letter.substr(at + 2, end - at - 2)));
        letter.remove_prefix(end + 2);
    }
}

std::string safe(std::string_view value, Place place) {
    std::string text(value);
    for (auto& c : text)
        if (static_cast<unsigned char>(c) < 0x20 && (place == Place::subject || c != '\n')) c = ' ';
    return text;
}

}  // namespace letter_text

std::vector<std::string> fields_in(std::string_view letter, Place place) {
    std::vector<std::string> fields;
    letter_text::walk(letter, place, [](std::string_view) {}, [&](std::string_view field) { fields.emplace_back(field); });
    return fields;
}

std::string filled(std::string_view letter, const LetterValues& values, Place place) {
    std::string out;
    letter_text::walk(letter, place, [&](std::string_view text) { out += letter_text::safe(text, place); },
                      [&](std::string_view field) {
                          if (const auto value = values.find(field); value != values.end()) out += letter_text::safe(value->second, place);
                      });
    return out;
}

}  // namespace directory
