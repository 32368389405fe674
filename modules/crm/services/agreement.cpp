// What positions come to are statistics; the root alone is no exact number.
#include <crm/buying_centre.h>

#include <cmath>

namespace crm {

namespace agreement {

constexpr std::int64_t ten_thousand = 10'000;

Quantity to_four_decimals(std::int64_t ten_thousandths) { return Quantity::raw(ten_thousandths * (tessera::power_of_ten(Quantity::decimals) / ten_thousand)); }

}  // namespace agreement

// Σ w·(p − mean)² / Σ w = (Σ w · Σ w·p² − (Σ w·p)²) / (Σ w)²: whole numbers up to the root.
Agreement agreement_of(const std::vector<Judgement>& judgements) {
    std::int64_t weight = 0, first = 0, second = 0;
    for (const auto& j : judgements) {
        const auto w = j.influence * j.weight;
        weight += w;
        first += w * j.position;
        second += w * j.position * j.position;
    }
    if (weight == 0) return {};
    const auto spread = static_cast<double>(weight * second - first * first);
    return {weight, agreement::to_four_decimals(tessera::divide(tessera::Wide{first} * agreement::ten_thousand, weight)),
            agreement::to_four_decimals(std::llround(std::sqrt(spread) / static_cast<double>(weight) * agreement::ten_thousand))};
}

}  // namespace crm
