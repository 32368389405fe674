#pragma once
// How alike two names are, and what of a name, a number or an address counts when two are compared. (These are statistics of text.)
//
//     jaro("MARTHA", "MARHTA")              // 0.9444
//     jaro_winkler("MARTHA", "MARHTA")      // 0.9611
//     name_key("The Müller & Söhne GmbH")   // "muller sohne"
//
// Jaro, M. A. (1989), Advances in record-linkage methodology, Journal of the American Statistical Association 84: with m characters that
// match within half the longer length, less one, and t half the matches in another order, (m/|a| + m/|b| + (m − t)/m) / 3. Winkler,
// W. E. (1990), String comparator metrics and enhanced decision rules: adds 0.1 × common prefix (at most 4) × (1 − jaro). Characters are those of Unicode.

#include <string>
#include <string_view>

namespace crm {

// What stands behind this many characters is not compared.
inline constexpr std::size_t longest_compared = 128;

double jaro(std::string_view a, std::string_view b);
double jaro_winkler(std::string_view a, std::string_view b);
// The same of words whose characters are known already.
std::u32string characters(std::string_view text);
double         jaro_winkler(std::u32string_view a, std::u32string_view b);

// Small letters without accents, signs and words of the legal form; words divided by one space.
std::string name_key(std::string_view name);
// The last nine digits; empty when there are fewer than seven.
std::string phone_key(std::string_view phone);
std::string email_key(std::string_view email);
// Letters and digits alone, large; empty when fewer than five.
std::string tax_number_key(std::string_view number);
std::string postal_code_key(std::string_view code);

}  // namespace crm
