#pragma once
// What stands behind an account in a posting: an amount, its cost, an assertion.
//
//     -100.00 EUR @@ 110.00 USD = 300.00 EUR

#include "read/amount_reader.h"
#include "read/problems.h"

namespace journal_export {

// Fills the posting's amount, cost and assertion; false when a problem was added instead.
bool read_posting_amounts(std::string_view text, const AmountReader& reader, Posting& posting, Problems& problems);

}  // namespace journal_export
