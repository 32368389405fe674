#pragma once
// What the readers of bank files share: refusals that name the line, amounts and days as banks write them, clean texts.

#include "bank/statement_file.h"

#include <tessera/refused.h>

#include <string>
#include <string_view>

namespace financials::bank {

template <class... Arguments>
[[noreturn]] void refuse(std::int64_t line, fmt::format_string<Arguments...> what, Arguments&&... arguments) {
    throw tessera::Refused("financials.statement_unreadable", "To read this statement, have the bank write it again: line {}: {}.", line,
                           fmt::format(what, std::forward<Arguments>(arguments)...))
        .with_status(422);
}

// "1234,5", "-0.50", "1 234,56", "1.234,56", "1,234.56". What could be a thousand or a decimal ("1,234") is refused.
Amount amount_of(std::string_view text, std::int64_t line);
// Digits with one mark before the decimals, "." or ",": no thousands, as formats of banks have it.
Amount plain_amount_of(std::string_view text, std::int64_t line);
// "2026-01-31…", "20260131…", "31.01.2026".
Date   day_of(std::string_view text, std::int64_t line);
// Year, month and day as digits "260131"; the 29th and 30th of February, which
// calendars of interest have in every year, are its last day.
Date   short_day_of(std::string_view digits, std::int64_t line);

// UTF-8, one space for any run of white space and control characters. What is no UTF-8 is taken as Windows-1252.
std::string clean(std::string_view text);
std::string utf8_of(std::string_view bytes);

std::int64_t line_at(std::string_view text, std::size_t offset);
void         append(std::string& text, std::string_view more, std::string_view between = " ");

}  // namespace financials::bank
