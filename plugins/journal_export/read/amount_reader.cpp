#include "read/amount_reader.h"

#include <tessera/text.h>

#include <algorithm>

namespace journal_export {
namespace amount_reader {

using tessera::trim;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Parts {
    bool             negative = false;
    std::string_view number{};
    std::string      commodity{};
};

void skip_spaces(std::string_view& rest) {
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\t')) rest.remove_prefix(1);
}

bool take_sign(std::string_view& rest, Parts& parts) {
    skip_spaces(rest);
    if (rest.empty() || (rest[0] != '-' && rest[0] != '+')) return true;
    if (parts.negative) return false;
    parts.negative = rest[0] == '-';
    rest.remove_prefix(1);
    skip_spaces(rest);
    return true;
}

bool take_commodity(std::string_view& rest, Parts& parts) {
    skip_spaces(rest);
    if (rest.empty() || is_digit(rest[0]) || rest[0] == '-' || rest[0] == '+' || rest[0] == '.' || rest[0] == ',') return true;
    if (!parts.commodity.empty()) return false;
    std::size_t end = 0;
    if (rest[0] == '"') {
        end = rest.find('"', 1);
        if (end == std::string_view::npos || end == 1) return false;
        parts.commodity = rest.substr(1, end - 1);
        ++end;
    } else {
        constexpr std::string_view never = " \t-+.,;:?!*/^&|=<>(){}[]@\"0123456789";
        end                              = std::min(rest.find_first_of(never), rest.size());
        if (end == 0) return false;
        parts.commodity = rest.substr(0, end);
    }
    rest.remove_prefix(end);
    return true;
}

bool take_number(std::string_view& rest, Parts& parts) {
    const auto end = std::min(rest.find_first_not_of("0123456789.,"), rest.size());
    parts.number   = rest.substr(0, end);
    rest.remove_prefix(end);
    return std::ranges::any_of(parts.number, is_digit);
}

std::optional<Parts> split(std::string_view text) {
    Parts parts;
    auto  rest = trim(text);
    if (!take_sign(rest, parts) || !take_commodity(rest, parts) || !take_sign(rest, parts) || !take_number(rest, parts) ||
        !take_commodity(rest, parts))
        return std::nullopt;
    skip_spaces(rest);
    if (!rest.empty()) return std::nullopt;
    return parts;
}

// The decimal mark that a number shows by itself: '\0' when it has none, '?' when one cannot tell.
char own_mark(std::string_view number) {
    const auto commas = std::ranges::count(number, ','), points = std::ranges::count(number, '.');
    if (commas == 0 && points == 0) return '\0';
    if (commas > 0 && points > 0) return number[number.find_last_of(".,")];
    const char mark = commas > 0 ? ',' : '.';
    if (commas + points > 1) return '\0';
    const auto before = number.find(mark), after = number.size() - before - 1;
    if (after == 3 && before >= 1 && before <= 3 && number[0] != '0') return '?';
    return mark;
}

// Digits in groups of three after the first: "1,234,567".
bool well_grouped(std::string_view whole, char separator) {
    if (whole.find(separator) == std::string_view::npos) return true;
    std::size_t group = 0;
    bool        first = true;
    for (const char c : whole) {
        if (c != separator) {
            ++group;
            continue;
        }
        if (first ? group == 0 || group > 3 : group != 3) return false;
        first = false;
        group = 0;
    }
    return group == 3;
}

std::optional<Amount> value_of(const Parts& parts, char mark) {
    const auto point    = mark ? parts.number.find(mark) : std::string_view::npos;
    const auto whole    = parts.number.substr(0, point);
    const auto fraction = point == std::string_view::npos ? std::string_view{} : parts.number.substr(point + 1);
    if (fraction.find_first_of(".,") != std::string_view::npos) return std::nullopt;
    const char separator = mark == ',' ? '.' : mark == '.' ? ',' : whole.find(',') != std::string_view::npos ? ',' : '.';
    if (!well_grouped(whole, separator)) return std::nullopt;
    std::string digits;
    for (const char c : whole)
        if (is_digit(c)) digits += c;
    digits += fraction;
    const auto significant = digits.find_first_not_of('0');
    if (fraction.size() > 12 || (significant != std::string::npos && digits.size() - significant > 17)) return std::nullopt;
    Amount amount{.decimals = static_cast<int>(fraction.size()), .commodity = parts.commodity};
    for (const char c : digits) amount.units = amount.units * 10 + (c - '0');
    if (parts.negative) amount.units = -amount.units;
    return amount;
}

}  // namespace amount_reader

void AmountReader::declare(const std::string& commodity, std::string_view number) {
    using namespace amount_reader;
    const auto last = number.find_last_of(".,");
    if (last == std::string_view::npos) return;
    const char mark = number[last];
    // "1,000,000" has separators alone.
    marks_[commodity] = std::ranges::count(number, mark) > 1 ? (mark == ',' ? '.' : ',') : mark;
}

bool AmountReader::declare(std::string_view sample) {
    const auto parts = amount_reader::split(sample);
    if (!parts) return false;
    declare(parts->commodity, parts->number);
    return true;
}

ReadAmount AmountReader::read(std::string_view text) const {
    using namespace amount_reader;
    const auto parts = split(text);
    if (!parts) return {};
    const auto declared = marks_.find(parts->commodity);
    char       mark     = declared != marks_.end() ? declared->second : mark_;
    if (!mark) {
        mark = own_mark(parts->number);
        if (mark == '?') return {.fault = Fault::ambiguous};
    }
    return {.amount = value_of(*parts, mark)};
}

}  // namespace journal_export
