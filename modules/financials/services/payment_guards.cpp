#include "services/payment_guards.h"

#include <algorithm>

namespace financials {
namespace payment_guards {

using tessera::Refused;

void check_open(const OpenItem& item, const PaidLine& line) {
    const bool credit = item.amount.is_negative();
    if (line.settled().is_zero())
        throw Refused("financials.nothing_to_pay", "To pay {}, give an amount; {} is open.", item.document, item.open_amount);
    if (credit && !(line.discount.is_zero() && line.write_off.is_zero() && line.bank_fee.is_zero()))
        throw Refused("financials.settles_too_much", "To take {} into account, give it no discount and no write-off: it is a credit.",
                      item.document);
    if (line.settled().is_negative() != credit || line.settled().magnitude() > item.open_amount.magnitude())
        throw Refused("financials.settles_too_much", "To settle {}, pay at most what is open: {}; this is {}.", item.document,
                      item.open_amount, line.settled());
}

void check_held(const OpenItem& item, const PaidLine& line) {
    const auto available = std::max(item.open_amount - item.held_amount, Money{0, item.currency});
    if (item.amount.is_negative() || line.settled() <= available) return;
    throw Refused("financials.item_held", "To pay {}, pay at most {} or have the hold of {} released; this is {}.", item.document,
                  available, item.held_amount, line.settled());
}

}  // namespace payment_guards

using tessera::Refused;

void check_paid_line(const PaymentFacts& payment, const OpenItem& item, const PaidLine& line) {
    payment_guards::check_open(item, line);
    if (payment.side == ItemSide::payable) return payment_guards::check_held(item, line);
    if (item.date > payment.date)
        throw Refused("financials.settled_before",
                      "To settle {} on {}, choose {} or later, or keep the money on account: it is of that day.", item.document,
                      payment.date, item.date);
}

void check_settled(const PaymentFacts& payment, Money settled) {
    if (payment.refund && !settled.is_negative())
        throw Refused("financials.nothing_to_pay", "To take money back, take credits that come to what was received: the total is {}.",
                      settled);
    if (!settled.is_negative()) return;
    if (payment.side == ItemSide::payable && !payment.refund)
        throw Refused("financials.nothing_to_pay",
                      "To take these credits into account, pay invoices of at least as much, or say that the supplier pays back "
                      "(refund): the total is {}.",
                      settled);
    if (!payment.on_account.is_zero())
        throw Refused("financials.nothing_to_pay", "To settle {} by a refund, keep nothing on account: {} would be.", -settled,
                      payment.on_account);
}

void check_unused(const PaymentFacts& payment, const OpenItem& own) {
    if (own.open_amount == -payment.on_account) return;
    throw Refused("financials.used_elsewhere", "To reverse {}, undo first what has used it since: {} of the {} on account is left.",
                  payment.number, own.open_amount.magnitude(), payment.on_account);
}

}  // namespace financials
