// Numbers here are statistics.
#include "analysis/model_fit.h"

#include <nlopt.h>

#include <cmath>
#include <memory>

namespace crm {

namespace model_fit {

constexpr double limit             = 12;
constexpr double steepest          = 1e-6;
constexpr int    evaluations_max   = 2000;
constexpr double relative_progress = 1e-15;

// NLopt calls through C: what the likelihood throws is kept and thrown again behind it.
struct Search {
    const LogLikelihood& log_likelihood;
    double               customers;
    std::size_t          size;
    std::exception_ptr   thrown{};
    nlopt_opt            optimiser{};
};

double evaluate(unsigned size, const double* at, double* gradient, void* data) {
    auto&               search = *static_cast<Search*>(data);
    std::vector<double> slope(size);
    try {
        const double value = search.log_likelihood({at, size}, slope) / search.customers;
        if (gradient)
            for (unsigned i = 0; i < size; ++i) gradient[i] = slope[i] / search.customers;
        return std::isfinite(value) ? value : -1e10;
    } catch (...) {
        search.thrown = std::current_exception();
        nlopt_force_stop(search.optimiser);
        return 0;
    }
}

void climb(Search& search, nlopt_algorithm algorithm, std::vector<double>& at) {
    const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> optimiser(nlopt_create(algorithm, static_cast<unsigned>(search.size)), nlopt_destroy);
    search.optimiser = optimiser.get();
    nlopt_set_max_objective(optimiser.get(), evaluate, &search);
    nlopt_set_lower_bounds1(optimiser.get(), -limit);
    nlopt_set_upper_bounds1(optimiser.get(), limit);
    nlopt_set_ftol_rel(optimiser.get(), relative_progress);
    nlopt_set_maxeval(optimiser.get(), evaluations_max);
    auto   reached = at;
    double value   = 0;
    nlopt_optimize(optimiser.get(), reached.data(), &value);  // how it ended matters less than where: the slope there is judged
    if (search.thrown) std::rethrow_exception(search.thrown);
    at = reached;
}

bool is_level(const Search& search, const std::vector<double>& at, double& value) {
    std::vector<double> slope(at.size());
    value = search.log_likelihood(at, slope);
    if (!std::isfinite(value)) return false;
    for (std::size_t i = 0; i < at.size(); ++i) {
        const bool outward = (at[i] >= limit && slope[i] > 0) || (at[i] <= -limit && slope[i] < 0);
        if (!outward && !(std::abs(slope[i]) / search.customers <= steepest)) return false;
    }
    return true;
}

}  // namespace model_fit

Maximum maximise(const LogLikelihood& log_likelihood, std::vector<double> start, double customers) {
    model_fit::Search search{log_likelihood, customers, start.size()};
    Maximum           maximum{.logarithms = std::move(start)};
    for (const auto algorithm : {NLOPT_LD_LBFGS, NLOPT_LD_SLSQP, NLOPT_LD_LBFGS}) {
        model_fit::climb(search, algorithm, maximum.logarithms);
        maximum.converged = model_fit::is_level(search, maximum.logarithms, maximum.value);
        if (maximum.converged) break;
    }
    return maximum;
}

}  // namespace crm
