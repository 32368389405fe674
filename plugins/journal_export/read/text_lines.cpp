#include "read/text_lines.h"

#include "read/journal_reader.h"

#include <algorithm>
#include <charconv>

namespace journal_export {
namespace text_lines {

bool is_text(std::string_view line) {
    const auto control = [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; };
    return tessera::valid_utf8(line) && std::ranges::none_of(line, control);
}

std::optional<int> number(std::string_view text, std::size_t longest) {
    int        value = 0;
    const auto end   = text.data() + text.size();
    if (text.empty() || text.size() > longest || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    if (std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
    return value;
}

bool is_day(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1) return false;
    return day <= tessera::Date(year, month, 1).last_of_month().day();
}

}  // namespace text_lines

TextLines::TextLines(std::string_view text, Problems& problems) : rest_(text), problems_(problems) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
}

bool TextLines::next() {
    if (rest_.empty()) return false;
    const auto end = std::min(rest_.find('\n'), rest_.size());
    line_          = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    ++number_;
    damaged_ = true;
    if (line_.size() > line_bytes_max) {
        problems_.add(number_, "journal_export.unreadable_text", "To read this line, shorten it to {} bytes: it has {}.", line_bytes_max,
                      line_.size());
    } else if (!text_lines::is_text(line_)) {
        problems_.add(number_, "journal_export.unreadable_text",
                      "To read this line, save the file as UTF-8 text without control characters.");
    } else {
        damaged_ = false;
    }
    if (damaged_) line_ = {};
    return true;
}

std::optional<tessera::Date> read_date(std::string_view text) {
    const auto first = text.find_first_of("-/.");
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = text.find(text[first], first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto year  = text_lines::number(text.substr(0, first), 4),
               month = text_lines::number(text.substr(first + 1, second - first - 1), 2),
               day   = text_lines::number(text.substr(second + 1), 2);
    if (first != 4 || !year || !month || !day || !text_lines::is_day(*year, *month, *day)) return std::nullopt;
    return tessera::Date(*year, *month, *day);
}

std::string_view take_word(std::string_view& rest) {
    const auto end  = std::min(rest.find_first_of(" \t"), rest.size());
    const auto word = rest.substr(0, end);
    rest            = rest.substr(std::min(rest.find_first_not_of(" \t", end), rest.size()));
    return word;
}

}  // namespace journal_export
