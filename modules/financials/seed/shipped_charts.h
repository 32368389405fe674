#pragma once
// The charts of accounts that come with the product: charts/*.csv, built into the library.

#include <span>
#include <string_view>

namespace financials {

struct ShippedChart {
    std::string_view name{};  // "general"
    std::string_view csv{};
};
std::span<const ShippedChart> shipped_charts();

}  // namespace financials
