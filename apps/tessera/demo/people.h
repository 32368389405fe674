#pragma once
// Who does what in the demo company, by the name they sign in with:
//
//     books.create(accountant, "financials.manual_entry", …);

#include <string_view>

namespace tessera::demo {

inline constexpr std::string_view accountant = "hweber", payables = "tnguyen", director = "ffennimore";
inline constexpr std::string_view buyer = "mlopez", warehouse = "joakley";
inline constexpr std::string_view sales = "dmarsh", credit = "ffennimore";

}  // namespace tessera::demo
