// Where books and statistics meet.
#include "customer_base/estimates.h"

#include <charconv>
#include <cmath>
#include <map>

namespace crm {

namespace estimates {

// A multiple of `step`, as an integer of 10^-decimals.
std::optional<std::int64_t> rounded(double value, double step, int decimals) {
    const double multiple = std::round(value / step);
    if (!(std::abs(multiple * step) < 1e9)) return std::nullopt;
    return std::llround(multiple * step * static_cast<double>(tessera::power_of_ten(decimals)));
}

std::string text_of(std::initializer_list<std::pair<const char*, double>> parameters) {
    std::string text;
    for (const auto& [name, value] : parameters) text += fmt::format("{}{} {}", text.empty() ? "" : " ", name, value);
    return text;
}

std::map<std::string, double> parameters_of(std::string_view text) {
    std::map<std::string, double> parameters;
    while (!text.empty()) {
        const auto gap  = text.find(' ');
        const auto name = std::string(text.substr(0, gap));
        text.remove_prefix(std::min(text.size(), gap == std::string_view::npos ? gap : gap + 1));
        const auto end   = std::min(text.find(' '), text.size());
        double     value = 0;
        std::from_chars(text.data(), text.data() + end, value);
        parameters[name] = value;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parameters;
}

}  // namespace estimates

double weighed(Money amount) { return static_cast<double>(amount.minor()) / static_cast<double>(tessera::power_of_ten(amount.currency().decimals())); }

std::optional<Percent> percent_of_chance(double chance) {
    const auto units = estimates::rounded(chance * 100, 0.1, Percent::decimals);
    return units ? std::optional(Percent::raw(*units)) : std::nullopt;
}

std::optional<Quantity> purchases_estimate(double purchases) {
    const auto units = estimates::rounded(purchases, 0.01, Quantity::decimals);
    return units ? std::optional(Quantity::raw(*units)) : std::nullopt;
}

std::optional<Money> money_estimate(double amount, Currency currency) {
    const double whole = std::round(amount);
    if (!(std::abs(whole) < 1e11)) return std::nullopt;
    return Money{tessera::narrow(tessera::Wide{std::llround(whole)} * tessera::power_of_ten(currency.decimals())), currency};
}

std::string text_of(const bg_nbd::Parameters& p) { return estimates::text_of({{"r", p.r}, {"alpha", p.alpha}, {"a", p.a}, {"b", p.b}}); }
std::string text_of(const gamma_gamma::Parameters& p) { return estimates::text_of({{"p", p.p}, {"q", p.q}, {"v", p.v}}); }

std::optional<bg_nbd::Parameters> purchase_parameters_of(const ModelFit& fit) {
    if (fit.state != FitOutcome::fitted) return std::nullopt;
    auto p = estimates::parameters_of(fit.parameters);
    return bg_nbd::Parameters{p["r"], p["alpha"], p["a"], p["b"]};
}

std::optional<gamma_gamma::Parameters> spend_parameters_of(const ModelFit& fit) {
    if (fit.state != FitOutcome::fitted) return std::nullopt;
    auto p = estimates::parameters_of(fit.parameters);
    return gamma_gamma::Parameters{p["p"], p["q"], p["v"]};
}

std::optional<ModelFit> newest_fit(const Snapshot& tx, Model model) { return tx.first<ModelFit>("model = :model ORDER BY fit_number DESC LIMIT 1", model); }
std::optional<ModelFit> newest_fitted(const Snapshot& tx, Model model) {
    return tx.first<ModelFit>("model = :model AND state = 'fitted' ORDER BY fit_number DESC LIMIT 1", model);
}

}  // namespace crm
