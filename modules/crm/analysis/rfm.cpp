// Numbers here are statistics.
#include "analysis/rfm.h"

#include <algorithm>

namespace crm::rfm {

std::vector<Summary> summarise(std::vector<Purchase> purchases, Date day) {
    std::erase_if(purchases, [&](const Purchase& p) { return p.day > day; });
    std::ranges::stable_sort(purchases, {}, &Purchase::customer);
    std::vector<Summary> all;
    Date                 last{};
    for (const auto& purchase : purchases) {
        if (all.empty() || all.back().customer != purchase.customer) all.push_back({.customer = purchase.customer}), last = purchase.day;
        auto& summary = all.back();
        last          = std::max(last, purchase.day);
        summary.recency = day - last;
        summary.frequency += 1;
        summary.monetary += purchase.amount;
    }
    return all;
}

double quantile(std::span<const double> sorted, double share) {
    const double at    = share * static_cast<double>(sorted.size() - 1);
    const auto   below = static_cast<std::size_t>(at);
    const auto   above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::array<double, 4> fifths(std::vector<double> values) {
    std::ranges::sort(values);
    std::array<double, 4> cuts{1, 1, 1, 1};
    for (std::size_t i = 0; i < cuts.size() && !values.empty(); ++i) cuts[i] = quantile(values, static_cast<double>(i + 1) / 5) + 1;
    return cuts;
}

Cuts cuts_of(const std::vector<Summary>& customers) {
    const auto all = [&](double Summary::* member) {
        std::vector<double> values;
        for (const auto& customer : customers) values.push_back(customer.*member);
        return values;
    };
    return {fifths(all(&Summary::recency)), fifths(all(&Summary::frequency)), fifths(all(&Summary::monetary))};
}

int cuts_reached(const std::array<double, 4>& cuts, double value) {
    return static_cast<int>(std::ranges::count_if(cuts, [&](double cut) { return cut <= value; }));
}

Scores score(const Cuts& cuts, const Summary& customer) {
    return {5 - cuts_reached(cuts.recency, customer.recency), 1 + cuts_reached(cuts.frequency, customer.frequency),
            1 + cuts_reached(cuts.monetary, customer.monetary)};
}

std::string segment_of(const Scores& scores, std::span<const Segment> segments) {
    const auto found = std::ranges::find_if(segments, [&](const Segment& s) {
        return s.recency.holds(scores.recency) && s.frequency.holds(scores.frequency) && s.monetary.holds(scores.monetary);
    });
    return found == segments.end() ? "Others" : found->name;
}

const std::vector<Segment>& standard_segments() {
    static const std::vector<Segment> all = {
        {"Champions",          {4, 5}, {4, 5}, {4, 5}},
        {"Loyal",              {2, 5}, {3, 5}, {3, 5}},
        {"Potential loyalist", {3, 5}, {1, 3}, {1, 3}},
        {"New",                {4, 5}, {1, 1}, {1, 1}},
        {"Promising",          {3, 4}, {1, 1}, {1, 1}},
        {"Needs attention",    {2, 3}, {2, 3}, {2, 3}},
        {"About to sleep",     {2, 3}, {1, 2}, {1, 2}},
        {"At risk",            {1, 2}, {2, 5}, {2, 5}},
        {"Cannot be lost",     {1, 1}, {4, 5}, {4, 5}},
        {"Lost",               {1, 2}, {1, 2}, {1, 2}},
    };
    return all;
}

}  // namespace crm::rfm
