#pragma once
// The same bill twice is the commonest way to pay too much. A supplier's number is given once a year to one invoice
// that stands ("purchasing.duplicate_invoice"); one that only looks the same is held until a person has looked at it.

#include <purchasing/records.h>

namespace purchasing {

// The supplier's number as it is compared: letters and digits alone, in capitals, numbers without zeros in
// front and apart from each other. "INV-0042/a" and "inv 42A" are writings of "INV42A", "2026/007" of "2026-7".
std::string normalised_number(std::string_view number);
void        refuse_duplicate(const tessera::Snapshot& tx, const VendorInvoice& invoice);
// The number of a posted invoice of the same supplier, day and total, for one of the orders or for none.
std::optional<std::string> looks_like(const tessera::Snapshot& tx, const VendorInvoice& invoice, std::span<const Id<Order>> orders);

}  // namespace purchasing
