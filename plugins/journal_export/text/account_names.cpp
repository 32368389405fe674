#include "text/account_names.h"

#include "text/escapes.h"

#include <tessera/text.h>

#include <algorithm>

namespace journal_export {
namespace account_names {

constexpr std::array<std::string_view, 5> roots    = {"Assets", "Liabilities", "Equity", "Income", "Expenses"};
constexpr std::string_view                harmless = "-_./&'()+,";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alphanumeric(char c) { return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z'); }

std::string root_of(Syntax syntax, financials::Kind kind) {
    const auto root = roots[static_cast<std::size_t>(kind)];
    return syntax == Syntax::beancount ? std::string(root) : tessera::lower_ascii(root);
}

// The bytes of the character that begins at `at`.
std::size_t length_of(std::string_view text, std::size_t at) {
    const auto        c     = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return std::min(bytes, text.size() - at);
}

// Some readers take every space of Unicode for one that ends or divides a name.
bool is_wide_space(std::string_view character) {
    constexpr std::string_view single[] = {"\u0085", "\u00A0", "\u1680", "\u180E", "\u202F",
                                           "\u205F", "\u3000", "\uFEFF", "\u2028", "\u2029"};
    return std::ranges::find(single, character) != std::end(single) ||
           (character >= "\u2000" && character <= "\u200F" && character.size() == 3);
}

// Latin and Cyrillic letters, which beancount takes as they are.
bool is_known_letter(std::string_view character) {
    if (character.size() != 2) return false;
    const int code = (static_cast<unsigned char>(character[0]) & 0x1f) << 6 | (static_cast<unsigned char>(character[1]) & 0x3f);
    return (code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7) || (code >= 0x400 && code <= 0x481) ||
           (code >= 0x48a && code <= 0x52f);
}

std::string all_escaped(std::string_view mark, std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        out += mark;
        out += hexadecimal(static_cast<unsigned char>(c));
    }
    return out;
}

// ---- hledger and ledger

std::string plain_part(std::string_view text, bool spaces) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto character = text.substr(i, length_of(text, i));
        const bool single    = character == " " && spaces && i > 0 && i + 1 < text.size() && out.back() != ' ';
        const bool kept      = character.size() == 1
                                   ? is_alphanumeric(character[0]) || harmless.find(character[0]) != std::string_view::npos || single
                                   : !is_wide_space(character);
        out += kept ? std::string(character) : all_escaped("%", character);
        i += character.size();
    }
    return out;
}

std::optional<NamedAccount> read_plain(std::string_view rest) {
    const auto space = rest.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    return NamedAccount{.code = unescaped(rest.substr(0, space)), .name = unescaped(rest.substr(space + 1))};
}

// ---- beancount

std::string capital_part(std::string_view text, bool first, bool spaces) {
    std::string out;
    const bool  fine = !text.empty() && text[0] != 'X' && (first ? is_digit(text[0]) || is_capital(text[0]) : is_alphanumeric(text[0]));
    if (!fine) out += 'X';
    for (std::size_t i = 0; i < text.size();) {
        const auto character = text.substr(i, length_of(text, i));
        const bool hyphen    = character == " " && spaces && i > 0 && i + 1 < text.size() && is_alphanumeric(text[i + 1]);
        if (hyphen)
            out += '-';
        else if (character.size() == 1 ? is_alphanumeric(character[0]) : is_known_letter(character))
            out += character;
        else
            out += all_escaped("--", character);
        i += character.size();
    }
    return out;
}

std::optional<std::string> read_capital_part(std::string_view text) {
    if (text.starts_with('X')) text.remove_prefix(1);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '-') {
            out += text[i];
        } else if (text.substr(i).starts_with("--")) {
            const int byte = byte_at(text, i + 2);
            if (byte < 0) return std::nullopt;
            out += static_cast<char>(byte);
            i += 3;
        } else {
            out += ' ';
        }
    }
    return out;
}

std::optional<NamedAccount> read_capital(std::string_view rest) {
    std::size_t hyphen = 0;
    while (hyphen < rest.size() && (rest[hyphen] != '-' || rest.substr(hyphen).starts_with("--"))) hyphen += rest[hyphen] == '-' ? 4 : 1;
    if (hyphen >= rest.size()) return std::nullopt;
    const auto code = read_capital_part(rest.substr(0, hyphen)), name = read_capital_part(rest.substr(hyphen + 1));
    if (!code || !name) return std::nullopt;
    return NamedAccount{.code = *code, .name = *name};
}

}  // namespace account_names

std::string account_name(Syntax syntax, financials::Kind kind, std::string_view code, std::string_view name) {
    using namespace account_names;
    const auto root = root_of(syntax, kind) + ':';
    if (syntax == Syntax::beancount) return root + capital_part(code, true, false) + '-' + capital_part(name, false, true);
    return root + plain_part(code, false) + ' ' + plain_part(name, true);
}

std::optional<NamedAccount> read_account_name(Syntax syntax, std::string_view text) {
    using namespace account_names;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const auto kind = static_cast<financials::Kind>(i);
        const auto root = root_of(syntax, kind) + ':';
        if (!text.starts_with(root)) continue;
        auto found = syntax == Syntax::beancount ? read_capital(text.substr(root.size())) : read_plain(text.substr(root.size()));
        if (!found) return std::nullopt;
        found->kind = kind;
        if (account_name(syntax, kind, found->code, found->name) != text) return std::nullopt;
        return found;
    }
    return std::nullopt;
}

}  // namespace journal_export
