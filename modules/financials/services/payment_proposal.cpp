#include "services/payment_proposal.h"

#include <algorithm>
#include <iterator>

namespace financials {
namespace payment_proposal {

PaidLine part_of(const CollectedItem& item, Money amount) {
    const Money zero{0, amount.currency()};
    return {item.item, amount, zero, zero, zero};
}

// What `available` does to one item. `last`: nothing follows that an excess could pay.
PaidLine pay(const CollectedItem& item, Money available, Money discount, bool last) {
    const auto due  = item.open - discount;
    const auto miss = due - available;
    if (miss > item.tolerance) return part_of(item, available);
    auto line     = part_of(item, due);
    line.discount = discount;
    if (miss > Money{0, miss.currency()} || (last && -miss <= item.tolerance)) {
        line.amount    = available;
        line.write_off = miss;
    }
    return line;
}

std::vector<PaidLine> credits(const std::vector<CollectedItem>& items, Money most) {
    std::vector<PaidLine> lines;
    auto                  left = most;
    for (const auto& item : items) {
        if (!item.open.is_negative() || left.is_zero()) continue;
        const auto used = std::min(left, -item.open);
        lines.push_back(part_of(item, -used));
        left -= used;
    }
    return lines;
}

Money sum_of(const std::vector<PaidLine>& lines, Money zero) {
    for (const auto& line : lines) zero += line.amount;
    return zero;
}

Money credit_in(const std::vector<CollectedItem>& items, Money zero) {
    for (const auto& item : items)
        if (item.open.is_negative()) zero -= item.open;
    return zero;
}

std::vector<CollectedItem> claims_of(const std::vector<CollectedItem>& items) {
    auto claims = items;
    std::erase_if(claims, [](const CollectedItem& item) { return item.open.is_negative(); });
    return claims;
}

}  // namespace payment_proposal

Money discount_on(const CollectedItem& item, Date day, LateDiscount late) {
    const auto until = late == LateDiscount::accepted ? std::max(item.discount_until, item.discount_grace_until) : item.discount_until;
    if (item.discount_until.empty() || day > until || item.open.is_negative()) return {0, item.open.currency()};
    return std::min(item.discount, item.open);
}

ProposedPayment propose_payment(const std::vector<CollectedItem>& items, Money received, Date day, LateDiscount late) {
    using namespace payment_proposal;
    const Money zero{0, received.currency()};
    if (received.is_negative()) {
        ProposedPayment refund{.lines = credits(items, -received)};
        refund.left = received - sum_of(refund.lines, zero);
        return refund;
    }
    ProposedPayment result;
    const auto      claims = claims_of(items);
    const auto      credit = credit_in(items, zero);
    auto            left   = received + credit;
    for (std::size_t i = 0; i < claims.size() && left > zero; ++i) {
        result.lines.push_back(pay(claims[i], left, discount_on(claims[i], day, late), i + 1 == claims.size()));
        left -= result.lines.back().amount;
    }
    const auto unused = std::min(left, credit);
    std::ranges::copy(credits(items, credit - unused), std::back_inserter(result.lines));
    result.left = left - unused;
    return result;
}

}  // namespace financials
