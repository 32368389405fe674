#pragma once
// Between the books and the statistics: amounts as floating-point numbers on the way in, and on the way out estimates rounded to what
// they can tell. What is not a number, or too large for one, is no estimate.
//
//     weighed(usd("29.33"))                 // 29.33
//     percent_of_chance(0.72661)            // 72.7
//     purchases_estimate(1.22591)           // 1.23
//     money_estimate(1239.62, usd)          // 1240.00
//
// A fit keeps its parameters as text, so that they can be read again to the last digit: text_of and parameters_of are inverse.

#include "analysis/bg_nbd.h"
#include "analysis/gamma_gamma.h"

#include <crm/customer_value.h>

namespace crm {

double weighed(Money amount);

std::optional<Percent>  percent_of_chance(double chance);
std::optional<Quantity> purchases_estimate(double purchases);
std::optional<Money>    money_estimate(double amount, Currency currency);

std::string                            text_of(const bg_nbd::Parameters& parameters);
std::string                            text_of(const gamma_gamma::Parameters& parameters);
std::optional<bg_nbd::Parameters>      purchase_parameters_of(const ModelFit& fit);  // nothing unless it is fitted
std::optional<gamma_gamma::Parameters> spend_parameters_of(const ModelFit& fit);

// The newest fit of a model, fitted or not; the newest that is fitted.
std::optional<ModelFit> newest_fit(const Snapshot& tx, Model model);
std::optional<ModelFit> newest_fitted(const Snapshot& tx, Model model);

}  // namespace crm
