// Numbers here are statistics.
#include "analysis/purchase_history.h"

#include <algorithm>

namespace crm {

namespace purchase_history {

// 1970-01-01 was a Thursday: three days on, the weeks begin on Mondays.
std::int32_t number_of(Date day, PurchasePeriod period) {
    if (period == PurchasePeriod::day) return day.days();
    const auto shifted = day.days() + 3;
    return shifted >= 0 ? shifted / 7 : -((6 - shifted) / 7);
}

using Purchases = std::vector<Purchase>::const_iterator;

// The purchases of one customer, in the order of their days.
PurchaseHistory history_of(Purchases from, Purchases to, const HistoryQuestion& question) {
    PurchaseHistory history{.customer = from->customer, .first = from->day};
    const auto      first = number_of(from->day, question.period);
    double          spent = 0;
    auto            last  = first;
    for (auto at = from; at != to;) {
        const auto period = number_of(at->day, question.period);
        double     amount = 0;
        bool       known = false, held = false;
        Date       day{};
        for (; at != to && number_of(at->day, question.period) == period; ++at) {
            if (at->day <= question.calibration_end) known = true, amount += at->amount, day = at->day;
            else if (!question.holdout_end.empty() && at->day <= question.holdout_end) held = true;
        }
        if (held) ++history.holdout;
        if (!known) continue;
        last         = period;
        history.last = day;
        if (period != first) history.pattern.frequency += 1, spent += amount;
    }
    history.pattern.recency = (last - first) / question.periods_per_unit;
    history.pattern.age     = (number_of(question.calibration_end, question.period) - first) / question.periods_per_unit;
    if (history.pattern.frequency > 0) history.monetary = spent / history.pattern.frequency;
    return history;
}

}  // namespace purchase_history

std::vector<PurchaseHistory> purchase_histories(std::vector<Purchase> purchases, const HistoryQuestion& question) {
    std::ranges::stable_sort(purchases, [](const Purchase& a, const Purchase& b) {
        return a.customer != b.customer ? a.customer < b.customer : a.day < b.day;
    });
    std::vector<PurchaseHistory> histories;
    for (auto from = purchases.cbegin(); from != purchases.cend();) {
        const auto to = std::find_if(from, purchases.cend(), [&](const Purchase& p) { return p.customer != from->customer; });
        if (from->day <= question.calibration_end) histories.push_back(purchase_history::history_of(from, to, question));
        from = to;
    }
    return histories;
}

}  // namespace crm
