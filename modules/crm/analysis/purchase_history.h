#pragma once
// What the purchases of a customer say to the models of statistics: how often, how recently, for how long, how much.
//
//     frequency   x     purchases after the first
//     recency     t_x   time from the first purchase to the last; 0 without a repeat
//     age         T     time from the first purchase to the end of the calibration
//     monetary    m     mean of the repeat purchases; the first is left out, because it says nothing of repeating
//
// Purchases of one customer within a period (a day or a calendar week, Monday to Sunday) are one purchase. Times are counted in
// periods and then divided by `periods_per_unit`: days / 7 are the fractional weeks of the literature, whole calendar weeks are
// PurchasePeriod::week with 1.
//
//     const auto histories = purchase_histories(purchases, {.calibration_end = "1997-09-30"_date, .holdout_end = "1998-06-30"_date,
//                                                           .periods_per_unit = 7});
//
// Whoever bought nothing until the end of the calibration has no history. Purchases after it are counted in `holdout`, up to
// holdout_end: with them a fit proves what it foretold. Source of the definitions: P. Fader, B. Hardie, K. L. Lee, "Counting Your
// Customers the Easy Way", Marketing Science 24 (2005), section 3; the calendar periods are those of the package lifetimes.

#include <tessera/date.h>

#include <cstdint>
#include <vector>

namespace crm {

using tessera::Date;

struct Purchase {
    std::int64_t  customer = 0;
    Date         day{};
    double       amount = 0;
};

// Sufficient for whether and when a customer buys again.
struct BuyingPattern {
    double frequency = 0, recency = 0, age = 0;
};

struct PurchaseHistory {
    std::int64_t  customer = 0;
    BuyingPattern pattern{};
    double       monetary = 0;  // 0 without a repeat
    std::int64_t holdout  = 0;  // periods with a purchase after the calibration
    Date         first{}, last{};
};

enum class PurchasePeriod { day, week };

struct HistoryQuestion {
    Date           calibration_end{};
    Date           holdout_end{};  // empty: nothing is held out
    PurchasePeriod period           = PurchasePeriod::day;
    double         periods_per_unit = 1;
};

// In the order of the customers; the purchases may come in any order.
std::vector<PurchaseHistory> purchase_histories(std::vector<Purchase> purchases, const HistoryQuestion& question);

}  // namespace crm
