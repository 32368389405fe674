#include "bank/statement_text.h"

#include <tessera/text.h>

#include <algorithm>
#include <array>

namespace financials::bank {
namespace statement_text {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

// What Windows-1252 has where ISO 8859-1 has control characters.
char32_t of_1252(unsigned char byte) {
    static constexpr std::array<char32_t, 32> upper = {
        0x20AC, ' ',    0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, ' ', 0x017D, ' ',
        ' ',    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, ' ', 0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80u] : byte;
}

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

// Sign, whole digits and decimals as one text with a point.
Amount parsed(std::string_view sign, std::string_view whole, std::string_view decimals, std::string_view text, std::int64_t line) {
    while (decimals.size() > Amount::decimals && decimals.ends_with('0')) decimals.remove_suffix(1);
    if ((!all_digits(whole) && !(whole.empty() && !decimals.empty())) || (!decimals.empty() && !all_digits(decimals)) ||
        decimals.size() > Amount::decimals)
        refuse(line, "\"{}\" is no amount", tessera::excerpt(text));
    std::string plain(sign);
    plain += whole.empty() ? "0" : whole;
    if (!decimals.empty()) plain.append(".").append(decimals);
    return Amount::parse(plain);
}

// Digits in groups of three, divided by one kind of mark: "1.234.567" gives "1234567". Anything else gives "".
std::string ungrouped(std::string_view text, char mark) {
    std::string digits;
    std::size_t group = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != mark) {
            digits += text[i];
            ++group;
            continue;
        }
        if (group == 0 || group > 3 || (digits.size() != group && group != 3)) return {};
        group = 0;
    }
    return text.find(mark) == text.npos || group == 3 ? digits : std::string{};
}

std::string without_spaces(std::string_view text) {
    std::string bare;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("\xC2\xA0"))
            ++i;
        else if (text[i] != ' ' && text[i] != '\'' && text[i] != '\t')
            bare += text[i];
    }
    return bare;
}

std::string_view take_sign(std::string_view& text) {
    const bool minus = text.starts_with('-') || text.ends_with('-');
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    else if (text.ends_with('-'))
        text.remove_suffix(1);
    return minus ? "-" : "";
}

Date date_of(std::string_view year, std::string_view month, std::string_view day, std::string_view text, std::int64_t line) {
    if (!all_digits(year) || !all_digits(month) || !all_digits(day)) refuse(line, "\"{}\" is no day", tessera::excerpt(text));
    try {
        return Date::parse(fmt::format("{}-{}-{}", year, month, day));
    } catch (const tessera::Refused&) {
        refuse(line, "\"{}\" is no day of the calendar", tessera::excerpt(text));
    }
}

}  // namespace statement_text

using namespace statement_text;

Amount plain_amount_of(std::string_view text, std::int64_t line) {
    const auto whole_text = text;
    text                  = tessera::trim(text);
    const auto sign       = take_sign(text);
    const auto mark       = text.find_first_of(".,");
    if (mark == text.npos) return parsed(sign, text, {}, whole_text, line);
    return parsed(sign, text.substr(0, mark), text.substr(mark + 1), whole_text, line);
}

Amount amount_of(std::string_view text, std::int64_t line) {
    const auto bare_text = without_spaces(text);
    auto       bare      = std::string_view(bare_text);
    const auto sign      = take_sign(bare);
    const auto last      = bare.find_last_of(".,");
    if (last == bare.npos) return parsed(sign, bare, {}, text, line);
    const char mark  = bare[last];
    const char other = mark == '.' ? ',' : '.';
    const bool twice = std::ranges::count(bare, mark) > 1;
    if (!twice && bare.find(other) == bare.npos && bare.size() - last == 4 && last <= 3 && bare.front() != '0')
        refuse(line, "\"{}\" may be thousands or a part of one: write two decimals", tessera::excerpt(text));
    const auto whole = ungrouped(twice ? bare : bare.substr(0, last), twice ? mark : other);
    return parsed(sign, whole, twice ? std::string_view{} : bare.substr(last + 1), text, line);
}

Date day_of(std::string_view text, std::int64_t line) {
    text = tessera::trim(text);
    if (text.size() >= 10 && text[4] == '-' && text[7] == '-')
        return date_of(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2), text, line);
    if (text.size() == 10 && text[2] == '.' && text[5] == '.')
        return date_of(text.substr(6, 4), text.substr(3, 2), text.substr(0, 2), text, line);
    if (text.size() >= 8 && all_digits(text.substr(0, 8)))
        return date_of(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2), text, line);
    refuse(line, "\"{}\" is no day: write 2026-01-31 or 31.01.2026", tessera::excerpt(text));
}

Date short_day_of(std::string_view digits, std::int64_t line) {
    if (digits.size() != 6 || !all_digits(digits)) refuse(line, "\"{}\" is no day", tessera::excerpt(digits));
    const auto year = "20" + std::string(digits.substr(0, 2));
    if (digits.substr(2) == "0230" || digits.substr(2) == "0229") return Date::parse(year + "-02-01").last_of_month();
    return date_of(year, digits.substr(2, 2), digits.substr(4, 2), digits, line);
}

std::string utf8_of(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (tessera::valid_utf8(bytes)) return std::string(bytes);
    std::string text;
    for (const char c : bytes) append_utf8(text, of_1252(static_cast<unsigned char>(c)));
    return text;
}

std::string clean(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool space = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
        if (!space)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    while (result.ends_with(' ')) result.pop_back();
    return utf8_of(result);
}

std::int64_t line_at(std::string_view text, std::size_t offset) {
    return 1 + std::ranges::count(text.substr(0, std::min(offset, text.size())), '\n');
}

void append(std::string& text, std::string_view more, std::string_view between) {
    if (more.empty()) return;
    if (!text.empty()) text += between;
    text += more;
}

}  // namespace financials::bank
