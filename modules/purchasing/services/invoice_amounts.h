#pragma once
// What an invoice's printed amounts are in the books. The printed totals stand; what cannot be deducted of the tax is
// cost of the lines it was paid on, and what the total differs from its parts by is a rounding difference.

#include <purchasing/records.h>

namespace purchasing {

struct BookedAmounts {           // in the books' currency, signed as the document
    std::vector<Money> lines{};  // one per line, with the tax on it that cannot be deducted
    Money              freight{};
    Money              deductible_tax{};
    Money              total{};
    Money              rounding{};  // total − all of the above
};

// Goods and price corrections concern an order line; freight and charges do not.
inline bool is_of_goods(const VendorInvoiceLine& line) {
    return line.kind == InvoiceLineKind::goods || line.kind == InvoiceLineKind::price_correction;
}
// Tax of the lines by their codes, in the document's currency; zero without codes.
Money         tax_by_codes(const tessera::Snapshot& tx, const VendorInvoice& invoice);
BookedAmounts booked_amounts(const tessera::Snapshot& tx, const VendorInvoice& invoice);
// Refused "purchasing.total_differs" when the printed total is further from its parts than the tolerance for totals
// allows (0.05 unless the company says otherwise).
void check_difference(const tessera::Snapshot& tx, const VendorInvoice& invoice);

}  // namespace purchasing
