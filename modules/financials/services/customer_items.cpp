#include "services/customer_items.h"

#include "services/mentions.h"

#include <algorithm>

namespace financials {
namespace customer_items_search {

// The discount of an item that no posted payment has granted yet.
Money discount_left(const Snapshot& snapshot, const OpenItem& item) {
    if (item.discount.is_zero()) return item.discount;
    const auto granted = snapshot.value<std::int64_t>(R"sql(
        SELECT sum(l.discount) FROM financials_customer_payment_line l JOIN financials_customer_payment p ON p.id = l.document
        WHERE l.item = :item AND p.state = 'posted')sql",
                                                      item.id);
    return std::max(item.discount - Money{granted.value_or(0), item.currency}, Money{0, item.currency});
}

}  // namespace customer_items_search

CollectedItem collected(const Snapshot& snapshot, const OpenItem& item) {
    return {.item                 = item.id,
            .open                 = item.open_amount,
            .discount             = customer_items_search::discount_left(snapshot, item),
            .discount_until       = item.discount_until,
            .discount_grace_until = item.discount_grace_until,
            .tolerance            = item.tolerance};
}

std::vector<CustomerItem> customer_items(const Snapshot& snapshot, Id<directory::Party> party, Currency currency, Date day) {
    std::vector<CustomerItem> result;
    for (auto& item : snapshot.select<OpenItem>(
             "party = :party AND side = 'receivable' AND open_amount <> 0 AND date <= :day ORDER BY coalesce(due_on, date), id", party,
             day))
        if (item.currency == currency) result.push_back({item, collected(snapshot, item)});
    return result;
}

std::vector<CollectedItem> collected_for(const std::vector<CustomerItem>& items, std::string_view reference, Money received) {
    std::vector<CollectedItem> named, owed;
    for (const auto& [item, collected] : items) {
        if (mentions(reference, item.document) || mentions(reference, item.reference)) named.push_back(collected);
        if (item.open_amount.is_negative() == received.is_negative()) owed.push_back(collected);
    }
    return named.empty() ? owed : named;
}

}  // namespace financials
