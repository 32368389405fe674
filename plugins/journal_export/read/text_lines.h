#pragma once
// The lines of a file with their numbers, without line ends and byte order mark. A line that is not text (invalid UTF-8,
// control characters, much too long) is told once and handed out as damaged, without its bytes.
//
//     TextLines lines(text, problems);
//     while (lines.next()) read(lines.line(), lines.number());

#include "read/problems.h"

#include <tessera/date.h>

namespace journal_export {

class TextLines {
public:
    TextLines(std::string_view text, Problems& problems);
    bool             next();
    std::string_view line() const { return line_; }
    std::int64_t     number() const { return number_; }
    bool             damaged() const { return damaged_; }
    bool             indented() const { return !line_.empty() && (line_[0] == ' ' || line_[0] == '\t'); }

private:
    std::string_view rest_;
    std::string_view line_{};
    std::int64_t     number_  = 0;
    bool             damaged_ = false;
    Problems&        problems_;
};

// A day as 2026-01-31, 2026/1/31 or 2026.01.31; nothing when there is no such day.
std::optional<tessera::Date> read_date(std::string_view text);
// The characters up to the first space or tab; they are taken from the rest, and the spaces behind them.
std::string_view take_word(std::string_view& rest);

}  // namespace journal_export
