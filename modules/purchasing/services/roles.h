#pragma once
// The account roles that purchasing posts to; those of its own are contributed by declare_roles().

namespace purchasing::roles {

inline constexpr const char* received_not_invoiced = "purchasing.received_not_invoiced";
inline constexpr const char* price_variance        = "purchasing.price_variance";
inline constexpr const char* freight               = "purchasing.freight";
inline constexpr const char* landed_cost_clearing  = "purchasing.landed_cost_clearing";
inline constexpr const char* expense               = "purchasing.expense";

inline constexpr const char* payable             = "financials.payable";
inline constexpr const char* input_tax           = "financials.input_tax";
inline constexpr const char* rounding            = "financials.rounding";
inline constexpr const char* exchange_difference = "financials.exchange_difference";

}  // namespace purchasing::roles
