#include "services/price_choice.h"

#include <algorithm>
#include <tuple>

namespace sales {
namespace price_choice {

std::string outside(Date from, Date to, Date on) {
    if (!from.empty() && on < from) return "begins on " + from.str();
    if (!to.empty() && on > to) return "ended on " + to.str();
    return {};
}

std::string unfit(const PriceCandidate& candidate, const PriceQuestion& question) {
    if (!candidate.currency.none() && candidate.currency != question.currency)
        return fmt::format("is in {}", candidate.currency.code());
    if (question.quantity < candidate.minimum_quantity) return fmt::format("from {} on", candidate.minimum_quantity);
    if (candidate.price.is_zero()) return "has no price";
    return outside(candidate.valid_from, candidate.valid_to, question.on);
}

std::string unfit(const OfferCandidate& candidate, const PriceQuestion& question) {
    if (!candidate.fits) return "is for others";
    if (question.quantity < candidate.minimum_quantity) return fmt::format("from {} on", candidate.minimum_quantity);
    if (!candidate.maximum_quantity.is_zero() && question.quantity > candidate.maximum_quantity)
        return fmt::format("up to {}", candidate.maximum_quantity);
    return outside(candidate.valid_from, candidate.valid_to, question.on);
}

bool better(const PriceCandidate& a, const PriceCandidate& b) {
    return std::tuple(-static_cast<int>(a.source), a.minimum_quantity, a.valid_from) >
           std::tuple(-static_cast<int>(b.source), b.minimum_quantity, b.valid_from);
}
bool better(const OfferCandidate& a, const OfferCandidate& b) { return a.discount > b.discount; }

template <class Candidate>
std::vector<Verdict> choose(const std::vector<Candidate>& candidates, const PriceQuestion& question, const char* reason) {
    std::vector<Verdict> verdicts;
    std::size_t          best = candidates.size();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        verdicts.push_back({false, unfit(candidates[i], question)});
        if (!verdicts[i].why.empty()) continue;
        if (best == candidates.size() || better(candidates[i], candidates[best])) best = i;
    }
    for (auto& verdict : verdicts)
        if (verdict.why.empty()) verdict.why = "gives way to a better one";
    if (best < candidates.size()) verdicts[best] = {true, reason};
    return verdicts;
}

}  // namespace price_choice

std::vector<Verdict> choose_price(const std::vector<PriceCandidate>& candidates, const PriceQuestion& question) {
    return price_choice::choose(candidates, question, "the most specific that fits");
}

std::vector<Verdict> choose_offer(const std::vector<OfferCandidate>& candidates, const PriceQuestion& question) {
    return price_choice::choose(candidates, question, "the largest discount that fits");
}

}  // namespace sales
