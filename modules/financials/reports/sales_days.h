#pragma once
// Days sales outstanding by the count-back method: the receivables at the end of a month are traced back through what was
// invoiced, the newest month first; whole months count all their days, the last one the share that is needed.
//
//     receivables 150.00; invoiced 100.00 in the 30 days of June, 200.00 in the 31 days of May:
//     30 + 31 × 50.00 / 200.00 = 37.75 days

#include <tessera/money.h>

#include <vector>

namespace financials {

struct InvoicedMonth {
    tessera::Money invoiced{};  // less credit notes
    int            days = 0;
};

// `months` newest first. A month of more credits than invoices makes the older ones answer for it. What no month explains
// counts no days. Rounded to two decimals.
tessera::Quantity days_sales_outstanding(tessera::Money receivables, const std::vector<InvoicedMonth>& months);

}  // namespace financials
