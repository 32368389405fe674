#pragma once
// How a model of statistics is fitted: the parameters under which what was observed is most likely. The parameters are positive, so
// the search runs over their logarithms, with the gradient of the log-likelihood, by a quasi-Newton method (L-BFGS of the library
// NLopt); what that leaves unsettled a sequential quadratic method settles from where it stood.
//
//     const auto maximum = maximise(log_likelihood, {0, 1, 0, 1}, customers);
//     if (!maximum.converged) …                      // said to whoever looks; never a figure that looks like one
//
// It has converged when no logarithm of a parameter would change the log-likelihood by more than a millionth per customer. A
// parameter may come to lie at the limit of the search (e⁻¹² or e¹²), where customers are all alike: that is the edge of the model and
// a fit.

#include <tessera/names.h>

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace crm {

enum class FitState { fitted, too_few_customers, not_converged };
constexpr auto names_of(FitState) { return tessera::names("fitted", "too_few_customers", "not_converged"); }
constexpr std::string_view sentence_of(FitState state) {
    switch (state) {
        case FitState::fitted: return "fitted";
        case FitState::too_few_customers: return "too few customers to say anything";
        case FitState::not_converged: return "no most likely parameters were found";
    }
    return "";
}

// The log-likelihood at these logarithms of the parameters, and its gradient by them.
using LogLikelihood = std::function<double(std::span<const double> logarithms, std::span<double> gradient)>;

struct Maximum {
    std::vector<double> logarithms{};
    double              value     = 0;
    bool                converged = false;
};
Maximum maximise(const LogLikelihood& log_likelihood, std::vector<double> start, double customers);

}  // namespace crm
