// How the chance that a customer still buys went since their first purchase: month by month, under the newest fit: statistics, no amounts.
#include "customer_base/declare.h"
#include "customer_base/estimates.h"

#include <algorithm>
#include <set>

namespace crm {

namespace alive_path {

using tessera::Parameters;

struct Row {
    Date                    day{};
    std::int64_t            purchases = 0;
    std::optional<Percent>  alive{};
    std::optional<Quantity> next_90_days{};
};

BuyingPattern pattern_on(const std::set<Date>& days, Date day) {
    const auto behind = days.upper_bound(day);
    const auto first = *days.begin(), last = *std::prev(behind);
    return {static_cast<double>(std::distance(days.begin(), behind) - 1), (last - first) / 7.0, (day - first) / 7.0};
}

Row row_on(const bg_nbd::Parameters& fit, const std::set<Date>& days, Date day) {
    const auto pattern = pattern_on(days, day);
    return {day, static_cast<std::int64_t>(pattern.frequency) + 1, percent_of_chance(bg_nbd::probability_alive(fit, pattern)),
            purchases_estimate(bg_nbd::expected_purchases(fit, pattern, 90 / 7.0))};
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto     as_of = parameters.date("as_of");
    const auto     fit   = newest_fitted(tx, Model::bg_nbd);
    std::set<Date> days;
    tx.service<PurchaseLog>().each(tx, {.party = parameters.reference<Party>("party"), .until = as_of}, [&](const PurchaseFact& fact) { days.insert(fact.day); });
    if (!fit || days.empty()) return;
    const auto known = *purchase_parameters_of(*fit);
    for (auto day = days.begin()->last_of_month(); day < as_of; day = day.plus_days(1).last_of_month()) emit(row_on(known, days, day));
    emit(row_on(known, days, as_of));
}

}  // namespace alive_path

void declare_alive_path(tessera::Kernel& kernel) {
    using namespace tessera;
    using alive_path::Row;
    kernel.report<Row>("crm.alive_path", "Path of a customer")
        .help("The chance that a customer still buys, month by month since the first purchase, under the newest fit. Empty without a fit or a purchase")
        .parameter<Id<Party>>("party", required)
        .parameter<Date>("as_of", by_default("today"))
        .column("day", &Row::day)
        .column("purchases", &Row::purchases, meaning("Days with a purchase until then"))
        .column("alive", &Row::alive, titled("Still buys"), meaning("Chance in percent"))
        .column("next_90_days", &Row::next_90_days, meaning("Purchases expected"))
        .run(alive_path::answer);
    kernel.panel("crm.alive_path", "directory.party", "Still buys", chart_view("crm.alive_path", ChartShape::line, "day", {"alive"}, {{"party", "=id"}}));
}

}  // namespace crm
