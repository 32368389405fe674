#pragma once
// Date is a civil day of the proleptic Gregorian calendar, years 0001 to 9999; Instant a moment in UTC to the
// microsecond. A Date never carries a time zone and an Instant never loses one. Parsing is strict: "2026-02-30",
// "2026-2-3" and " 2026-02-03" are refused with "kernel.malformed_date".
//
//     const Date due = Date::parse("2026-01-31").plus_months(1);        // 2026-02-28: the last day when it is missing
//     const Instant now = Instant::now();   now.str();                   // "2026-01-31T10:15:30.123456Z"
//
// The database keeps a Date as its ISO text and an Instant as its microseconds since 1970.

#include <tessera/refused.h>

#include <compare>
#include <cstdint>
#include <optional>

namespace tessera {

class TESSERA_API Date {
public:
    constexpr Date() = default;                                        // "no day": empty() is true, printed as ""
    Date(int year, int month, int day);                                // Refused when there is no such day
    static Date parse(std::string_view iso);
    static Date from_days(std::int32_t days_since_1970) { Date d; d.days_ = days_since_1970; return d; }
    static Date today();                                               // of the machine's clock, in UTC

    constexpr bool         empty() const { return days_ == none; }
    constexpr std::int32_t days() const { return days_; }              // since 1970-01-01
    int                    year() const;
    int                    month() const;
    int                    day() const;
    int                    weekday() const;                            // 1 Monday to 7 Sunday
    std::string            str() const;
    void                   append_to(std::string& out) const;
    Date                   plus_days(int days) const;
    Date                   plus_months(int months) const;
    Date                   first_of_month() const;
    Date                   last_of_month() const;

    friend constexpr auto operator<=>(Date, Date) = default;
    friend int            operator-(Date a, Date b) { return a.days_ - b.days_; }

private:
    static constexpr std::int32_t none  = INT32_MIN;
    std::int32_t                  days_ = none;
};

class TESSERA_API Instant {
public:
    constexpr Instant() = default;
    static Instant           now();
    static Instant           parse(std::string_view iso);              // "2026-01-31T10:15:30Z", "…30.5Z", "…+02:00", or a plain day: its last microsecond
    static constexpr Instant from_microseconds(std::int64_t value) { Instant i; i.microseconds_ = value; return i; }
    constexpr std::int64_t   microseconds() const { return microseconds_; }
    constexpr bool           empty() const { return microseconds_ == 0; }
    Date                     date() const;                             // the day in UTC
    std::string              str() const;
    friend constexpr auto    operator<=>(Instant, Instant) = default;

private:
    std::int64_t microseconds_ = 0;
};

inline namespace literals {
inline Date operator""_date(const char* text, std::size_t size) { return Date::parse({text, size}); }
}  // namespace literals

}  // namespace tessera

template <>
struct fmt::formatter<tessera::Date> : fmt::formatter<std::string> {
    template <class Context>
    auto format(const tessera::Date& date, Context& context) const {
        return fmt::formatter<std::string>::format(date.str(), context);
    }
};
template <>
struct fmt::formatter<tessera::Instant> : fmt::formatter<std::string> {
    template <class Context>
    auto format(const tessera::Instant& instant, Context& context) const {
        return fmt::formatter<std::string>::format(instant.str(), context);
    }
};
