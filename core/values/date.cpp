#include <tessera/date.h>

#include <tessera/text.h>

#include "values/digits.h"

#include <algorithm>
#include <chrono>

namespace tessera {
namespace values::date {

struct Civil {
    int year  = 0;
    int month = 0;
    int day   = 0;
};

constexpr bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int days_in_month(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

// Howard Hinnant's days_from_civil: years begin in March, so that the leap day is their last.
constexpr std::int32_t days_from(Civil civil) {
    const int year        = civil.year - (civil.month <= 2 ? 1 : 0);
    const int era         = (year >= 0 ? year : year - 399) / 400;
    const int year_of_era = year - era * 400;
    const int day_of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
    const int day_of_era  = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

constexpr Civil civil_from(std::int32_t days) {
    const int shifted     = days + 719'468;
    const int era         = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const int day_of_era  = shifted - era * 146'097;
    const int year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month       = (5 * day_of_year + 2) / 153;
    const int civil_month = month < 10 ? month + 3 : month - 9;
    return {year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0), civil_month, day_of_year - (153 * month + 2) / 5 + 1};
}

constexpr std::int32_t first_day = days_from({1, 1, 1});
constexpr std::int32_t last_day  = days_from({9999, 12, 31});
static_assert(civil_from(first_day).year == 1 && civil_from(last_day).day == 31);

Civil civil_of(Date date) {
    if (date.days() < first_day || date.days() > last_day) throw std::logic_error("a date is used that is no day");
    return civil_from(date.days());
}

bool exists(Civil c) {
    return c.year >= 1 && c.year <= 9999 && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
           c.day <= days_in_month(c.year, c.month);
}

Date checked(std::int64_t days) {
    if (days < first_day || days > last_day)
        throw Refused("kernel.date_out_of_range", "To calculate a day, stay within the years 0001 to 9999.")
            .with_status(422);
    return Date::from_days(static_cast<std::int32_t>(days));
}

}  // namespace values::date

Date::Date(int year, int month, int day) {
    if (!values::date::exists({year, month, day}))
        throw Refused("kernel.malformed_date",
                      "To give a day, choose one of the calendar: there is no {:04}-{:02}-{:02}.", year, month, day)
            .with_status(422);
    days_ = values::date::days_from({year, month, day});
}

Date Date::parse(std::string_view iso) {
    namespace own = values::date;
    using values::digits::number_at;
    const bool shaped = iso.size() == 10 && iso[4] == '-' && iso[7] == '-';
    const auto civil =
        shaped ? own::Civil{number_at(iso, 0, 4), number_at(iso, 5, 2), number_at(iso, 8, 2)} : own::Civil{};
    if (!own::exists(civil))
        throw Refused("kernel.malformed_date",
                      "To give a day, write year, month and day as in 2026-01-31; \"{}\" is no day of the calendar.",
                      excerpt(iso))
            .with_status(422);
    return from_days(own::days_from(civil));
}

Date Date::today() {
    using namespace std::chrono;
    return from_days(
        static_cast<std::int32_t>(floor<std::chrono::days>(system_clock::now()).time_since_epoch().count()));
}

int Date::year() const { return values::date::civil_of(*this).year; }
int Date::month() const { return values::date::civil_of(*this).month; }
int Date::day() const { return values::date::civil_of(*this).day; }

int Date::weekday() const {
    values::date::civil_of(*this);
    return (days_ - values::date::first_day) % 7 + 1;  // 0001-01-01 was a Monday
}

std::string Date::str() const {
    std::string text;
    append_to(text);
    return text;
}

void Date::append_to(std::string& out) const {
    if (empty()) return;
    const auto civil = values::date::civil_of(*this);
    char       text[10];
    values::digits::print_two(text, civil.year / 100);
    values::digits::print_two(text + 2, civil.year % 100);
    text[4] = '-';
    values::digits::print_two(text + 5, civil.month);
    text[7] = '-';
    values::digits::print_two(text + 8, civil.day);
    out.append(text, sizeof text);
}

Date Date::plus_days(int days) const {
    values::date::civil_of(*this);
    return values::date::checked(std::int64_t{days_} + days);
}

Date Date::plus_months(int months) const {
    namespace own            = values::date;
    const auto         c     = own::civil_of(*this);
    const std::int64_t total = std::int64_t{c.year} * 12 + (c.month - 1) + months;
    if (total < 12 || total >= 10'000 * 12) return own::checked(INT64_MAX);
    const int year = static_cast<int>(total / 12), month = static_cast<int>(total % 12) + 1;
    return from_days(own::days_from({year, month, std::min(c.day, own::days_in_month(year, month))}));
}

Date Date::first_of_month() const { return from_days(days_ - values::date::civil_of(*this).day + 1); }

Date Date::last_of_month() const {
    const auto civil = values::date::civil_of(*this);
    return from_days(days_ - civil.day + values::date::days_in_month(civil.year, civil.month));
}

}  // namespace tessera
