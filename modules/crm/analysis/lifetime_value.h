#pragma once
// What a customer is still worth: the purchases expected of them (bg_nbd.h), at the spend expected a purchase (gamma_gamma.h), less
// what keeping and serving leaves, discounted to today. The horizon is cut into equal steps; what is bought in step i is discounted
// over i steps:
//
//     value = margin · E[M] · Σ_i (E[Y(i·s)] − E[Y((i−1)·s)]) / (1 + d)^i
//
//     lifetime_value(fit.parameters, pattern, 35.22, {.steps = 12, .step = 4.345, .discount = 0.01})    // a year, in months of weeks
//
// Source: P. Fader, B. Hardie, K. L. Lee, "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing
// Research 42 (2005) 415-430, in discrete steps as in the package lifetimes. The numbers are statistics.

#include "analysis/bg_nbd.h"

namespace crm {

struct ValueQuestion {
    int    steps    = 12;
    double step     = 365.0 / 12 / 7;  // in the unit of the histories: a month in weeks
    double discount = 0.01;            // a step
    double margin   = 1;               // of the spend that is left
};
double lifetime_value(const bg_nbd::Parameters& parameters, const BuyingPattern& customer, double spend, const ValueQuestion& question);

// The discount of a step that makes up a yearly one: (1+y)^(1/steps a year) − 1.
double discount_of_step(double yearly, double steps_a_year);

}  // namespace crm
