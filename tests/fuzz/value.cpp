// Numbers, amounts, days and moments: what is read is printed in one way, which is read as the same.

#include <tessera/field.h>

#include "harness.h"

namespace tessera::fuzz {
namespace {

// The shortest way to write a number that was accepted, found by its text alone.
std::string shortest(std::string_view text) {
    const bool negative = text.starts_with('-');
    auto       whole    = text.substr(negative, text.find('.') - negative);
    auto       fraction = text.find('.') == text.npos ? std::string_view() : text.substr(text.find('.') + 1);
    while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    auto number = std::string(whole.empty() ? "0" : whole);
    if (!fraction.empty()) number += "." + std::string(fraction);
    return negative && number != "0" ? "-" + number : number;
}

template <class Number>
void number(std::string_view text) {
    Number value;
    if (!accepts([&] { value = Number::parse(text); })) return;
    must(value.str() == shortest(text), "a number is printed as it was given, in its shortest form");
    must(Number::parse(value.str()) == value, "a number that is printed is read as what it was");
    must(Number::parse(value.str(2)) == value, "zeros at its end change nothing");
}

void amount(std::string_view text, Currency currency) {
    Money money;
    if (!accepts([&] { money = Money::parse(text, currency); })) return;
    must(shortest(money.str()) == shortest(text), "an amount is printed as it was given, with the decimals of its currency");
    must(Money::parse(money.str(), currency) == money, "an amount that is printed is read as what it was");
}

void day(std::string_view text) {
    Date date;
    if (!accepts([&] { date = Date::parse(text); })) return;
    must(!date.empty() && date.str() == text, "a day is printed as it was given");
    must(date.weekday() >= 1 && date.weekday() <= 7 && date.first_of_month() <= date && date <= date.last_of_month(), "a day lies in its week and month");
    accepts([&] { must(date.plus_days(1) - date == 1 && date.plus_days(1).plus_days(-1) == date, "the next day is one later"); });
    accepts([&] { must(date.plus_months(1).first_of_month() == date.last_of_month().plus_days(1), "a month later it is the next month"); });
}

void moment(std::string_view text) {
    Instant instant;
    if (!accepts([&] { instant = Instant::parse(text); })) return;
    if (instant.empty()) return;  // the start of 1970 stands for none
    must(Instant::parse(instant.str()) == instant && Instant::parse(instant.str()).str() == instant.str(), "a moment that is printed is read as what it was");
    must(instant.str().starts_with(instant.date().str()), "a moment lies in its day");
}

void field_value(std::string_view text) {
    const auto in = InputValue::of_text(text);
    accepts([&] { must(std::to_string(field::integer_from(in)) == shortest(text), "a whole number is what its digits say"); });
    accepts([&] { field::boolean_from(in); });
    accepts([&] { must(field::text_from(in) == text, "a text is kept as it is"); });
    accepts([&] { must(Currency::of(text).code() == text, "a currency is called by its code"); });
}

void try_value(std::string_view bytes) {
    number<Quantity>(bytes);
    number<UnitPrice>(bytes);
    number<Rate>(bytes);
    number<Percent>(bytes);
    for (const char* code : {"USD", "JPY", "KWD"}) amount(bytes, Currency::of(code));
    amount(bytes, Currency::of("EUR", 6));
    day(bytes);
    moment(bytes);
    field_value(bytes);
}
HARNESS(value)

}  // namespace
}  // namespace tessera::fuzz
