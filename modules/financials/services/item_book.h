#pragma once
// What the open part of an item is worth in the books. It is a function of the open amount alone, so part payments, in
// whatever order and also undone, always release the whole book amount and never a cent more.

#include <tessera/money.h>

namespace financials {

// Book value of `open`, the still open part of an item that was booked with `book_amount` for `amount`.
inline tessera::Money book_value(tessera::Money book_amount, tessera::Money amount, tessera::Money open) {
    if (amount.is_zero()) return {0, book_amount.currency()};
    const auto settled  = tessera::Wide{amount.minor()} - open.minor();
    const auto released = tessera::divide(tessera::Wide{book_amount.minor()} * settled, amount.minor());
    return book_amount - tessera::Money{released, book_amount.currency()};
}

}  // namespace financials
