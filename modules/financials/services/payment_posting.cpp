#include "services/payment_posting.h"

#include "services/item_book.h"

namespace financials {
namespace payment_posting {

// The tax in a part of a document: part × tax / whole, both in the books.
Money tax_in(Money part, const PaidItem& item) {
    if (item.book_amount.is_zero() || part.is_zero()) return {0, part.currency()};
    return {tessera::divide(tessera::Wide{part.minor()} * item.tax.minor(), item.book_amount.minor()), part.currency()};
}

Money released(const PaidItem& item) {
    return book_value(item.book_amount, item.whole, item.open) - book_value(item.book_amount, item.whole, item.open - item.line.settled());
}

}  // namespace payment_posting

PaymentBooks books_of(const std::vector<PaidItem>& items, const PaymentTotals& totals, const std::function<Money(Money)>& in_books) {
    PaymentBooks result{.bank = in_books(totals.total)};
    for (const auto& item : items) {
        result.control += payment_posting::released(item);
        const auto discount = in_books(item.line.discount), write_off = in_books(item.line.write_off);
        const auto discount_tax = payment_posting::tax_in(discount, item), write_off_tax = payment_posting::tax_in(write_off, item);
        result.discount += discount - discount_tax;
        result.write_off += write_off - write_off_tax;
        result.tax += discount_tax + write_off_tax;
        result.bank_fee += in_books(item.line.bank_fee);
    }
    result.control -= book_value(totals.item_book, totals.item_amount, -totals.on_account);
    result.exchange_difference = result.bank + result.discount + result.write_off + result.tax + result.bank_fee - result.control;
    return result;
}

}  // namespace financials
