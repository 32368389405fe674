#include "services/credit.h"

namespace sales {

using tessera::Snapshot;

namespace credit {

struct Sum {
    Currency     currency{};
    std::int64_t minor = 0;
};

Money in_books(const Snapshot& tx, const std::vector<Sum>& sums) {
    auto whole = tx.books().zero();
    for (const auto& sum : sums) {
        const auto currency = sum.currency.none() ? tx.books().currency : sum.currency;
        whole += currency == tx.books().currency
                     ? Money{sum.minor, currency}
                     : tx.service<directory::ExchangeRates>().convert(tx, Money{sum.minor, currency}, tx.books().currency, tx.today());
    }
    return whole;
}

std::optional<std::int64_t> longest_overdue(const Snapshot& tx, Id<directory::Party> customer, Date on) {
    const auto due = tx.value<Date>(R"sql(
        SELECT min(due_on) FROM financials_open_item
         WHERE party = :customer AND open_amount > 0 AND side = 'receivable' AND due_on < :today)sql",
                                    customer, on);
    if (!due) return std::nullopt;
    return on - *due;
}

}  // namespace credit

Exposure exposure_of(const Snapshot& tx, Id<directory::Party> customer) {
    return {credit::in_books(tx, tx.rows<credit::Sum>(R"sql(
                SELECT currency, sum(open_amount) FROM financials_open_item
                 WHERE party = :customer AND open_amount <> 0 AND side = 'receivable' GROUP BY currency)sql",
                                                      customer)),
            credit::in_books(tx, tx.rows<credit::Sum>(R"sql(
                SELECT currency, sum(unbilled) FROM sales_order
                 WHERE customer = :customer AND state IN ('confirmed', 'part_shipped', 'shipped') GROUP BY currency)sql",
                                                      customer))};
}

std::string credit_objection(const Snapshot& tx, const Order& order) {
    const auto terms = tx.extension<CustomerTerms>(order.customer);
    if (terms.credit_limit) {
        const auto exposure = exposure_of(tx, order.customer);
        const auto whole    = exposure.total() + credit::in_books(tx, {{order.currency, order.total.minor()}});
        if (whole > *terms.credit_limit)
            return fmt::format("Credit limit {}: {} owed, {} on order, {} with this order", *terms.credit_limit, exposure.invoiced, exposure.on_order, whole);
    }
    if (!terms.overdue_days) return {};
    const auto days = credit::longest_overdue(tx, order.customer, order.date);
    if (!days || *days <= *terms.overdue_days) return {};
    return fmt::format("An invoice is {} days overdue, {} are allowed", *days, *terms.overdue_days);
}

}  // namespace sales
