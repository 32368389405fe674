#pragma once
// Quantity, UnitPrice, Rate and Percent: the exact decimals that are not money.
//
//     Quantity   six decimals, in the unit its record names (pieces, kg, m); at most ±9,223,372,036,854
//     UnitPrice  six decimals, currency units per one unit of quantity, in the currency its document names
//     Rate       ten decimals, how many units of one currency buy one of another
//     Percent    six decimals, 8.25 means 8.25 %

#include <tessera/decimal.h>

namespace tessera {

using Quantity  = Fixed<struct QuantityTag, 6>;
using UnitPrice = Fixed<struct UnitPriceTag, 6>;
using Rate      = Fixed<struct RateTag, 10>;
using Percent   = Fixed<struct PercentTag, 6>;

// quantity * numerator / denominator, exact or refused with "kernel.inexact_conversion": how units of measure convert
// (1 box = 12 pieces; 1 m = 100 cm). `rounding` places what is not exact instead, when it is given.
TESSERA_API Quantity convert(Quantity quantity, std::int64_t numerator, std::int64_t denominator);
TESSERA_API Quantity convert(Quantity quantity, std::int64_t numerator, std::int64_t denominator, Rounding rounding);

}  // namespace tessera
