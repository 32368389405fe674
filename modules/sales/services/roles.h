#pragma once
// The account roles that sales posts to; those of its own are contributed by declare_roles().

namespace sales::roles {

inline constexpr const char* revenue          = "sales.revenue";
inline constexpr const char* freight_revenue  = "sales.freight_revenue";
inline constexpr const char* cost_of_sales    = "sales.cost_of_sales";
inline constexpr const char* deferred_revenue = "sales.deferred_revenue";
inline constexpr const char* shipped_not_invoiced = "sales.shipped_not_invoiced";

inline constexpr const char* receivable        = "financials.receivable";
inline constexpr const char* output_tax        = "financials.output_tax";
inline constexpr const char* rounding          = "financials.rounding";

}  // namespace sales::roles
