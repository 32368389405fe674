#pragma once
// RFM: customers scored by how recently they bought, how often, and how much, each by fifths of all customers, and put into segments by
// ranges of the three scores.
//
//     const auto all    = rfm::summarise(purchases, "2006-12-31"_date);
//     const auto cuts   = rfm::cuts_of(all);                             // recency 115 181 297.4 482, …
//     const auto scores = rfm::score(cuts, all[0]);                      // 205 days, 6 orders, 472 spent: 3 4 3
//     rfm::segment_of(scores, rfm::standard_segments());                 // "Loyal"
//
// A cut is the quantile of a fifth (type 7 of R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American
// Statistician 50 (1996): linear between order statistics) and one more; a value at a cut belongs above it. For frequency and money
// more is better; for recency, in days since the last purchase, less is. Every purchase counts, also several of a day.
//
// Source: J. R. Bult, T. Wansbeek, "Optimal Selection for Direct Mail", Marketing Science 14 (1995); scores and segments as in the
// package rfm for R. The numbers are statistics.

#include "analysis/purchase_history.h"

#include <array>
#include <span>
#include <string>

namespace crm::rfm {

struct Summary {
    std::int64_t customer = 0;
    double       recency  = 0;  // days from the last purchase to the day of the analysis
    double       frequency = 0;
    double       monetary  = 0;
};
// In the order of the customers; purchases after the day do not count.
std::vector<Summary> summarise(std::vector<Purchase> purchases, Date day);

// The quantile of sorted values at a share from 0 to 1; there must be a value.
double quantile(std::span<const double> sorted, double share);

struct Cuts {
    std::array<double, 4> recency{}, frequency{}, monetary{};
};
Cuts cuts_of(const std::vector<Summary>& customers);  // all 1 without customers

struct Scores {
    int         recency = 0, frequency = 0, monetary = 0;  // 1 to 5; 0: not scored
    std::string text() const { return recency ? std::to_string(recency * 100 + frequency * 10 + monetary) : std::string(); }
    friend bool operator==(const Scores&, const Scores&) = default;
};
Scores score(const Cuts& cuts, const Summary& customer);

struct Range {
    int  low = 1, high = 5;
    bool holds(int score) const { return low <= score && score <= high; }
};
struct Segment {
    std::string name{};
    Range       recency{}, frequency{}, monetary{};
};
// Of several that fit the first; "Others" when none does.
std::string segment_of(const Scores& scores, std::span<const Segment> segments);
// The ten segments that are usual, from Champions to Lost.
const std::vector<Segment>& standard_segments();

}  // namespace crm::rfm
