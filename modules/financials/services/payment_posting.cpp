#include "services/payment_posting.h"

#include "services/item_book.h"

namespace financials {
namespace payment_posting {

// The tax in a part of an invoice: part × tax / whole, both in the books.
Money tax_in(Money part, const PaidItem& item) {
    if (item.book_amount.is_zero() || part.is_zero()) return {0, part.currency()};
    return {tessera::divide(tessera::Wide{part.minor()} * item.deducted_tax.minor(), item.book_amount.minor()),
            part.currency()};
}

Money released(const PaidItem& item) {
    return book_value(item.book_amount, item.whole, item.open) -
           book_value(item.book_amount, item.whole, item.open - item.settled());
}

}  // namespace payment_posting

PaymentBooks books_of(const std::vector<PaidItem>& items, const PaymentTotals& totals,
                      const std::function<Money(Money)>& in_books) {
    PaymentBooks result{.bank = in_books(totals.total)};
    for (const auto& item : items) {
        result.payables += payment_posting::released(item);
        const auto discount = in_books(item.discount), write_off = in_books(item.write_off);
        const auto discount_tax  = payment_posting::tax_in(discount, item),
                   write_off_tax = payment_posting::tax_in(write_off, item);
        result.discount += discount - discount_tax;
        result.discount_tax += discount_tax;
        result.write_off += write_off - write_off_tax;
        result.write_off_tax += write_off_tax;
    }
    result.payables -= book_value(totals.item_book, totals.item_amount, -totals.on_account);
    result.exchange_difference =
        result.bank + result.discount + result.discount_tax + result.write_off + result.write_off_tax - result.payables;
    return result;
}

}  // namespace financials
