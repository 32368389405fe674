#pragma once
// How likely a lead is to be won, learnt from those that were decided, in a way that can be followed by hand: naive Bayes, as
// published with its figures for Odoo's predictive lead scoring. (These are statistics, estimates and no amounts.)
//
//     ScoreModel model(3);                                             // stages
//     model.learn(Decided::lost, 1, {{"country", "Germany"}, {"source", "Web"}});
//     model.learn(Decided::won, 3, {{"country", "France"}, {"source", "Fair"}});
//     model.score(2, {{"country", "Germany"}, {"source", "Fair"}}).percent
//
// Each value of each factor counts the won and the lost cases that had it, and so does each stage: a lost case counts at every stage up
// to the one it reached, a won case at all of them. 0.1 is added to both counts of each value that was seen. Then
//
//     won  = (w / (w + l)) × Π won(value) / won(factor)        lost = (l / (w + l)) × Π lost(value) / lost(factor)
//     score = 100 × won / (won + lost)
//
// where w and l are the counts of the first stage, won(factor) the sum over the factor's values, and for the stage w and l themselves.
// A value that was never seen, and a factor without any, says nothing. Between 0.01 and 99.99, as nothing is certain.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace crm {

enum class Decided { lost, won };

using FactorValues = std::vector<std::pair<std::string, std::string>>;   // empty values are left out

struct ScoreFactor {
    std::string name{}, value{};         // "stage", "2"; "country", "Germany"
    double      won = 0, won_total = 0;  // with 0.1 added for each value
    double      lost = 0, lost_total = 0;
};

struct Score {
    bool                     known = false;   // false: nothing was won yet, or nothing lost
    double                   percent = 0;
    double                   won_start = 0, lost_start = 0;   // w / (w + l), l / (w + l)
    double                   won = 0, lost = 0;               // the two products
    std::vector<ScoreFactor> factors{};
};

class ScoreModel {
public:
    explicit ScoreModel(std::int64_t stages) : stages_(stages) {}

    // `stage` is the highest reached, from 1; `times` is how many such cases there are.
    void  learn(Decided decided, std::int64_t stage, const FactorValues& values, std::int64_t times = 1);
    Score score(std::int64_t stage, const FactorValues& values) const;

private:
    struct Count { std::int64_t won = 0, lost = 0; };
    using Counts = std::map<std::string, Count>;

    static ScoreFactor factor_of(const std::string& name, const std::string& value, const Counts& counts);

    std::int64_t                  stages_;
    std::map<std::string, Counts> factors_{};
    std::map<std::int64_t, Count> stage_counts_{};
    Count                         cases_{};
};

}  // namespace crm
