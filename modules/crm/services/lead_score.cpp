#include <crm/lead_score.h>

#include <algorithm>

namespace crm {

namespace lead_score {

constexpr double smoothing = 0.1;   // of these statistics, as published

}  // namespace lead_score

void ScoreModel::learn(Decided decided, std::int64_t stage, const FactorValues& values, std::int64_t times) {
    const bool won = decided == Decided::won;
    const auto add = [&](Count& count) { (won ? count.won : count.lost) += times; };
    add(cases_);
    for (std::int64_t s = 1; s <= (won ? stages_ : std::clamp<std::int64_t>(stage, 1, stages_)); ++s) add(stage_counts_[s]);
    for (const auto& [name, value] : values)
        if (!value.empty()) add(factors_[name][value]);
}

ScoreFactor ScoreModel::factor_of(const std::string& name, const std::string& value, const Counts& counts) {
    ScoreFactor factor{.name = name, .value = value};
    for (const auto& [known, count] : counts) {
        factor.won_total += static_cast<double>(count.won) + lead_score::smoothing;
        factor.lost_total += static_cast<double>(count.lost) + lead_score::smoothing;
    }
    const auto& count = counts.at(value);
    factor.won        = static_cast<double>(count.won) + lead_score::smoothing;
    factor.lost       = static_cast<double>(count.lost) + lead_score::smoothing;
    return factor;
}

Score ScoreModel::score(std::int64_t stage, const FactorValues& values) const {
    Score score{.known = cases_.won > 0 && cases_.lost > 0};
    if (!score.known) return score;
    const auto start = [](std::int64_t count) { return static_cast<double>(count) + lead_score::smoothing; };
    const auto won = start(cases_.won), lost = start(cases_.lost);   // every case has been at the first stage
    score.won  = score.won_start  = won / (won + lost);
    score.lost = score.lost_start = lost / (won + lost);
    if (const auto at = stage_counts_.find(stage); at != stage_counts_.end())
        score.factors.push_back({"stage", std::to_string(stage), start(at->second.won), won, start(at->second.lost), lost});
    for (const auto& [name, value] : values)
        if (const auto known = factors_.find(name); known != factors_.end() && known->second.contains(value)) score.factors.push_back(factor_of(name, value, known->second));
    for (const auto& factor : score.factors) {
        score.won *= factor.won / factor.won_total;
        score.lost *= factor.lost / factor.lost_total;
    }
    score.percent = std::clamp(100 * score.won / (score.won + score.lost), 0.01, 99.99);
    return score;
}

}  // namespace crm
