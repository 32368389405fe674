#pragma once
// Whether a text that somebody typed names a document, whatever is between the parts of its number:
//
//     mentions("Inv. si 2026/00007, thanks", "SI-2026-00007")      true
//     mentions("SI-2026-000071", "SI-2026-00007")                   false: the number goes on

#include <string_view>

namespace financials {

bool mentions(std::string_view text, std::string_view number);

}  // namespace financials
