#include "mail/address.h"

#include <tessera/text.h>

#include <algorithm>

namespace tessera::mail {
namespace address {

constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~";

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

template <class Fits>
bool parts_between_dots(std::string_view text, Fits fits) {
    while (true) {
        const auto dot = text.find('.');
        if (!fits(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_atom(std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos; });
}

bool is_label(std::string_view part) {
    return !part.empty() && part.size() <= 63 && !part.starts_with('-') && !part.ends_with('-') &&
           std::ranges::all_of(part, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

std::string without_quotes(std::string_view name) {
    if (name.size() < 2 || !name.starts_with('"') || !name.ends_with('"')) return std::string(name);
    std::string plain;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        if (name[i] == '\\' && i + 2 < name.size()) ++i;
        plain += name[i];
    }
    return plain;
}

}  // namespace address

bool is_address(std::string_view text) {
    const auto at = text.rfind('@');
    return text.size() <= 254 && at != std::string_view::npos && at <= 64 && address::parts_between_dots(text.substr(0, at), address::is_atom) &&
           address::parts_between_dots(text.substr(at + 1), address::is_label);
}

std::optional<Mailbox> mailbox(std::string_view text) {
    text = trim(text);
    Mailbox    found{.address = std::string(text)};
    const auto open = text.rfind('<');
    if (text.ends_with('>') && open != std::string_view::npos)
        found = {.name = address::without_quotes(trim(text.substr(0, open))), .address = std::string(text.substr(open + 1, text.size() - open - 2))};
    const bool is_line = valid_utf8(text) && std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
    if (!is_line || !is_address(found.address)) return std::nullopt;
    return found;
}

}  // namespace tessera::mail
