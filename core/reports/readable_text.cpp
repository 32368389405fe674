#include "reports/readable_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tessera::reports {
namespace readable_text {

struct CodePoint {
    char32_t    value = 0;
    std::size_t bytes = 1;
    bool        valid = false;
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

CodePoint first_code_point(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
    char32_t value = lead & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if (!is_continuation(text[i])) return {};
        value = value << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool                        surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest[bytes] || value > 0x10FFFF || surrogate) return {};
    return {value, bytes, true};
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

struct Range {
    char32_t first, last;
};
constexpr std::array<Range, 11> no_width{{{0x0300, 0x036F},
                                          {0x0483, 0x0489},
                                          {0x0591, 0x05BD},
                                          {0x064B, 0x065F},
                                          {0x1AB0, 0x1AFF},
                                          {0x1DC0, 0x1DFF},
                                          {0x200B, 0x200F},
                                          {0x202A, 0x202E},
                                          {0x20D0, 0x20FF},
                                          {0xFE00, 0xFE0F},
                                          {0xFE20, 0xFE2F}}};
constexpr std::array<Range, 13> double_width{{{0x1100, 0x115F},
                                              {0x2E80, 0x303E},
                                              {0x3041, 0x33FF},
                                              {0x3400, 0x4DBF},
                                              {0x4E00, 0x9FFF},
                                              {0xA000, 0xA4CF},
                                              {0xAC00, 0xD7A3},
                                              {0xF900, 0xFAFF},
                                              {0xFE30, 0xFE6F},
                                              {0xFF00, 0xFF60},
                                              {0xFFE0, 0xFFE6},
                                              {0x1F300, 0x1FAFF},
                                              {0x20000, 0x3FFFD}}};

template <std::size_t N>
bool lies_in(char32_t c, const std::array<Range, N>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

int cells(const CodePoint& point) {
    if (point.value < 0x300) return 1;
    if (lies_in(point.value, no_width)) return 0;
    return lies_in(point.value, double_width) ? 2 : 1;
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

}  // namespace readable_text

std::string readable(std::string_view text, LineBreaks breaks) {
    using namespace readable_text;
    if (is_plain_ascii(text)) return std::string(text);
    std::string fit;
    fit.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (!point.valid) {
            fit += "\xEF\xBF\xBD";
        } else if (point.value == '\n' && breaks == LineBreaks::keep) {
            fit += '\n';
        } else if (is_control(point.value)) {
            fit += ' ';
        } else {
            fit += text.substr(0, point.bytes);
        }
        text.remove_prefix(point.bytes);
    }
    return fit;
}

int display_width(std::string_view text) {
    using namespace readable_text;
    if (is_plain_ascii(text)) return static_cast<int>(text.size());
    int width = 0;
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        width += cells(point);
        text.remove_prefix(point.bytes);
    }
    return width;
}

std::string shortened(std::string_view text, int width_max) {
    using namespace readable_text;
    if (display_width(text) <= width_max) return std::string(text);
    std::size_t kept  = 0;
    int         width = 0;
    while (true) {
        const CodePoint point = first_code_point(text.substr(kept));
        width += cells(point);
        if (width > width_max - 1) break;
        kept += point.bytes;
    }
    return std::string(text.substr(0, kept)) + "…";
}

}  // namespace tessera::reports
