#include "reports/sales_days.h"

namespace financials {

tessera::Quantity days_sales_outstanding(tessera::Money receivables, const std::vector<InvoicedMonth>& months) {
    const tessera::Money zero{0, receivables.currency()};
    auto                 left = receivables;
    auto                 days = tessera::Quantity{};
    for (const auto& month : months) {
        if (left <= zero) break;
        if (month.invoiced > left) {
            const auto hundredths = tessera::divide(tessera::Wide{month.days} * left.minor() * 100, month.invoiced.minor());
            return days + tessera::Quantity::raw(tessera::narrow(tessera::Wide{hundredths} * 10'000));
        }
        left -= month.invoiced;
        days += tessera::Quantity::of(month.days);
    }
    return days;
}

}  // namespace financials
