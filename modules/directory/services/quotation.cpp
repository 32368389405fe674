#include "services/quotation.h"

namespace directory {

using tessera::Rate;
using tessera::Wide;

namespace quotation {

constexpr int decimals = Rate::decimals;

Wide one() { return tessera::power_of_ten(decimals); }

}  // namespace quotation

Rate rate_of(Quotation q) {
    if (!q.backwards) return q.rate;
    return Rate::raw(tessera::divide(quotation::one() * quotation::one(), q.rate.raw()));
}

Rate across(Quotation first, Quotation second) {
    const Wide a = first.rate.raw(), b = second.rate.raw(), one = quotation::one();
    if (!first.backwards && !second.backwards) return Rate::raw(tessera::divide(a * b, one));
    if (first.backwards && !second.backwards) return Rate::raw(tessera::divide(b * one, a));
    if (!first.backwards) return Rate::raw(tessera::divide(a * one, b));
    return rate_of({Rate::raw(tessera::divide(a * b, one)), true});
}

tessera::Money convert(tessera::Money amount, Quotation q, tessera::Currency to) {
    if (!q.backwards) return tessera::convert(amount, q.rate, to);
    const int finer  = to.decimals() - amount.currency().decimals();
    Wide      scaled = Wide{amount.minor()} * tessera::power_of_ten(quotation::decimals + std::max(finer, 0));
    return {tessera::divide(scaled, Wide{q.rate.raw()} * tessera::power_of_ten(std::max(-finer, 0))), to};
}

}  // namespace directory
