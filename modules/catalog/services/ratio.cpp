#include "services/ratio.h"

#include <tessera/decimal.h>

namespace catalog {

namespace ratio {

tessera::Wide common_divisor(tessera::Wide a, tessera::Wide b) { return b == 0 ? a : common_divisor(b, a % b); }

}  // namespace ratio

Ratio operator*(Ratio first, Ratio second) {
    const auto numerator   = tessera::Wide{first.numerator} * second.numerator;
    const auto denominator = tessera::Wide{first.denominator} * second.denominator;
    const auto common      = ratio::common_divisor(numerator, denominator);
    return {tessera::narrow(numerator / common), tessera::narrow(denominator / common)};
}

}  // namespace catalog
