#pragma once
// A Ratio says how many of one unit another is, exactly: 1 BOX = 12/1 EA, 1 CM = 1/100 M. It is kept in lowest terms, so
// that a chain of conversions stays small and exact.

#include <cstdint>

namespace catalog {

struct Ratio {
    std::int64_t numerator   = 1;
    std::int64_t denominator = 1;
    Ratio        inverse() const { return {denominator, numerator}; }
    friend bool  operator==(const Ratio&, const Ratio&) = default;
};

// One after the other: BOX → EA → M. Refused "kernel.number_out_of_range" when the result does not fit.
Ratio operator*(Ratio first, Ratio second);

}  // namespace catalog
