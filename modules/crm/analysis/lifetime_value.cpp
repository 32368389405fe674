// Numbers here are statistics.
#include "analysis/lifetime_value.h"

#include <cmath>

namespace crm {

double lifetime_value(const bg_nbd::Parameters& parameters, const BuyingPattern& customer, double spend, const ValueQuestion& question) {
    double value = 0, before = 0, factor = 1;
    for (int i = 1; i <= question.steps; ++i) {
        const double until = bg_nbd::expected_purchases(parameters, customer, i * question.step);
        factor /= 1 + question.discount;
        value += (until - before) * factor;
        before = until;
    }
    return value * spend * question.margin;
}

double discount_of_step(double yearly, double steps_a_year) { return std::expm1(std::log1p(yearly) / steps_a_year); }

}  // namespace crm
