#pragma once
// Text as banks take it in a credit transfer: letters, digits, space and / - ? : ( ) . , ' + alone.
//
//     latin_text("Zoë Müller & Søn", 70)     // "Zoe Muller + Son"
//     latin_text("Ωmega", 70)                // nothing: no letter stands for Ω
//
// Letters with accents become plain ones; what is too long is cut.

#include <optional>
#include <string>
#include <string_view>

namespace payroll {

std::optional<std::string> latin_text(std::string_view text, std::size_t longest);

}  // namespace payroll
