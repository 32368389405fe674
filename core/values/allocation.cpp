#include <tessera/money.h>

#include <algorithm>

namespace tessera {
namespace values::allocation {

struct Cut {
    Wide         remainder = 0;  // of the exact share, in units of 1/total of a minor unit
    std::int64_t weight    = 0;
    std::size_t  part      = 0;
};

bool cut_more(const Cut& a, const Cut& b) {
    if (a.remainder != b.remainder) return a.remainder > b.remainder;
    if (a.weight != b.weight) return a.weight > b.weight;
    return a.part < b.part;
}

Wide total_of(std::span<const std::int64_t> weights) {
    Wide total = 0;
    for (const auto weight : weights) {
        if (weight < 0) throw std::logic_error("allocate: a weight is negative");
        total += weight;
    }
    if (total == 0) throw std::logic_error("allocate: no weight is positive");
    return total;
}

}  // namespace values::allocation

std::vector<Money> allocate(Money whole, std::span<const std::int64_t> weights) {
    namespace own       = values::allocation;
    const Wide total    = own::total_of(weights);
    const bool negative = whole.is_negative();
    const Wide amount   = negative ? -Wide{whole.minor()} : Wide{whole.minor()};

    std::vector<Wide>     parts(weights.size());
    std::vector<own::Cut> cuts(weights.size());
    Wide                  residue = amount;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = amount * weights[i];
        parts[i]           = product / total;
        cuts[i]            = {product - parts[i] * total, weights[i], i};
        residue -= parts[i];
    }
    const auto receivers = cuts.begin() + static_cast<std::ptrdiff_t>(residue);
    std::nth_element(cuts.begin(), receivers, cuts.end(), own::cut_more);
    for (auto cut = cuts.begin(); cut != receivers; ++cut) parts[cut->part] += 1;

    std::vector<Money> allocated;
    allocated.reserve(parts.size());
    for (const Wide part : parts) allocated.emplace_back(narrow(negative ? -part : part), whole.currency());
    return allocated;
}

std::vector<Money> allocate(Money whole, std::initializer_list<std::int64_t> weights) {
    return allocate(whole, std::span<const std::int64_t>(weights.begin(), weights.size()));
}

}  // namespace tessera
