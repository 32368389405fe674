#include <tessera/date.h>

#include <tessera/text.h>

#include "values/digits.h"

#include <chrono>

namespace tessera {
namespace values::instant {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour   = 60 * minute;
constexpr std::int64_t day    = 24 * hour;

[[noreturn]] void refuse(std::string_view iso) {
    throw Refused(
        "kernel.malformed_date",
        "To give a moment, write it as in 2026-01-31T10:15:30Z or 2026-01-31T10:15:30+02:00; \"{}\" is not one.",
        excerpt(iso))
        .with_status(422);
}

std::int64_t floor_days(std::int64_t microseconds) { return microseconds / day - (microseconds % day < 0 ? 1 : 0); }

// "10:15:30" at the start of `text`, -1 when it is no time of day.
std::int64_t time_of_day(std::string_view text) {
    using digits::number_at;
    if (text.size() < 8 || text[2] != ':' || text[5] != ':') return -1;
    const int hours = number_at(text, 0, 2), minutes = number_at(text, 3, 2), seconds = number_at(text, 6, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return -1;
    return hours * hour + minutes * minute + seconds * second;
}

// Takes ".123456" off the front of `text`; what lies beyond the microsecond must be zeros. -1 when malformed.
std::int64_t take_fraction(std::string_view& text) {
    if (!text.starts_with('.')) return 0;
    text.remove_prefix(1);
    std::int64_t microseconds = 0;
    std::size_t  count        = 0;
    for (; count < text.size() && digits::is_digit(text[count]); ++count) {
        if (count < 6)
            microseconds = microseconds * 10 + (text[count] - '0');
        else if (text[count] != '0')
            return -1;
    }
    if (count == 0) return -1;
    text.remove_prefix(count);
    for (; count < 6; ++count) microseconds *= 10;
    return microseconds;
}

// "Z", "+02:00" or "-09:30" as what to add to UTC; nothing when malformed.
std::optional<std::int64_t> offset(std::string_view text) {
    if (text == "Z") return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const int hours = digits::number_at(text, 1, 2), minutes = digits::number_at(text, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    const auto distance = hours * hour + minutes * minute;
    return text[0] == '-' ? -distance : distance;
}

Date date_before(std::string_view iso, std::size_t size) {
    try {
        return Date::parse(iso.substr(0, size));
    } catch (const Refused&) {
        refuse(iso);
    }
}

}  // namespace values::instant

Instant Instant::now() {
    using namespace std::chrono;
    return from_microseconds(duration_cast<std::chrono::microseconds>(system_clock::now().time_since_epoch()).count());
}

Instant Instant::parse(std::string_view iso) {
    namespace own    = values::instant;
    const auto start = own::date_before(iso, 10).days() * own::day;
    if (iso.size() == 10) return from_microseconds(start + own::day - 1);
    if (iso[10] != 'T') own::refuse(iso);
    auto       rest = iso.substr(11);
    const auto time = own::time_of_day(rest);
    if (time < 0) own::refuse(iso);
    rest.remove_prefix(8);
    const auto fraction = own::take_fraction(rest);
    const auto offset   = own::offset(rest);
    if (fraction < 0 || !offset) own::refuse(iso);
    const auto        moment = from_microseconds(start + time + fraction - *offset);
    static const auto first = Date(1, 1, 1).days(), last = Date(9999, 12, 31).days();
    const auto        days = own::floor_days(moment.microseconds());
    if (days < first || days > last) own::refuse(iso);
    return moment;
}

Date Instant::date() const {
    return Date::from_days(static_cast<std::int32_t>(values::instant::floor_days(microseconds_)));
}

std::string Instant::str() const {
    namespace own = values::instant;
    using values::digits::print_two;
    if (empty()) return {};
    const auto  days     = own::floor_days(microseconds_);
    const auto  within   = microseconds_ - days * own::day;
    const auto  fraction = static_cast<int>(within % own::second);
    std::string text;
    text.reserve(27);
    date().append_to(text);
    char time[] = "T00:00:00.000000Z";
    print_two(time + 1, static_cast<int>(within / own::hour));
    print_two(time + 4, static_cast<int>(within / own::minute % 60));
    print_two(time + 7, static_cast<int>(within / own::second % 60));
    print_two(time + 10, fraction / 10'000);
    print_two(time + 12, fraction / 100 % 100);
    print_two(time + 14, fraction % 100);
    return text.append(time, sizeof time - 1);
}

}  // namespace tessera
