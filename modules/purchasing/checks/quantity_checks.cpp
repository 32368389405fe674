// What `tessera verify` proves of quantities: the running quantities of order lines, and received-not-invoiced from
// the documents up.
#include <purchasing/records.h>

#include "declare.h"
#include "services/roles.h"

#include <map>

namespace purchasing {

using tessera::Finding;
using tessera::Refused;
using tessera::Snapshot;
using Report = std::function<void(Finding)>;

namespace quantity_checks {

struct Quantities {
    Quantity    received{}, rejected{}, returned{}, invoiced{};
    bool        operator==(const Quantities&) const = default;
    std::string str() const {
        return fmt::format("received {}, rejected {}, returned {}, invoiced {}", received, rejected, returned,
                           invoiced);
    }
};
using ByLine = std::map<std::int64_t, Quantities>;

struct Sum {
    std::int64_t line = 0;
    Quantity     first{}, second{};
};

ByLine from_documents(const Snapshot& tx) {
    ByLine lines;
    tx.each<Sum>(
        "SELECT l.order_line, sum(l.quantity), sum(l.rejected) FROM purchasing_goods_receipt_line l"
        "  JOIN purchasing_goods_receipt d ON d.id = l.document WHERE d.state = 'posted' GROUP BY l.order_line",
        [&](const Sum& sum) {
            lines[sum.line].received = sum.first;
            lines[sum.line].rejected = sum.second;
        });
    tx.each<Sum>(
        "SELECT l.order_line, sum(l.quantity), sum(l.from_accepted) FROM purchasing_supplier_return_line l"
        "  JOIN purchasing_supplier_return d ON d.id = l.document WHERE d.state = 'posted' GROUP BY l.order_line",
        [&](const Sum& sum) {
            lines[sum.line].returned = sum.first;
            lines[sum.line].rejected += sum.second;
        });
    tx.each<Sum>(
        "SELECT l.order_line, sum(l.quantity), 0 FROM purchasing_vendor_invoice_line l"
        "  JOIN purchasing_vendor_invoice d ON d.id = l.document WHERE d.state = 'posted' AND l.kind = 'goods' GROUP "
        "BY l.order_line",
        [&](const Sum& sum) { lines[sum.line].invoiced = sum.first; });
    return lines;
}

struct Line {
    std::string  number{};
    std::int64_t id = 0;
    Quantity     received{}, rejected{}, returned{}, invoiced{};
    UnitPrice    price{};
    Currency     currency{};
};

constexpr auto lines_sql =
    "SELECT o.number, l.id, l.received, l.rejected, l.returned, l.invoiced, l.price, o.currency"
    "  FROM purchasing_order_line l JOIN purchasing_order o ON o.id = l.document";

void check_quantities(const Snapshot& tx, const Report& report) {
    const auto rows = from_documents(tx);
    tx.each<Line>(lines_sql, [&](const Line& line) {
        const auto       it       = rows.find(line.id);
        const Quantities expected = it == rows.end() ? Quantities{} : it->second;
        const Quantities kept{line.received, line.rejected, line.returned, line.invoiced};
        if (kept != expected)
            report({fmt::format("order {} line {}", line.number, line.id), expected.str(), kept.str()});
    });
}

struct Cleared {
    std::int64_t line = 0;
    Quantity     quantity{};
    Money        amount{};
};

void compare_account(const Snapshot& tx, Money recorded, const Report& report) {
    Id<financials::Account> account;
    try {
        account = tx.service<financials::Ledger>().account_of(tx, roles::received_not_invoiced);
    } catch (const Refused&) {
        return;  // not mapped: nothing can have been posted
    }
    const auto posted =
        -tx.value<Money>("SELECT sum(amount) FROM financials_journal_line WHERE account = :account", account)
             .value_or(tx.books().zero());
    if (posted != recorded)
        report({"account " + tx.label_of(account), "a balance of " + recorded.str() + " by the order lines",
                posted.str()});
}

void check_received_not_invoiced(const Snapshot& tx, const Report& report) {
    std::map<std::int64_t, Cleared> cleared;
    Money                           recorded = tx.books().zero();
    tx.each<Cleared>("SELECT order_line, sum(quantity), sum(amount) FROM purchasing_clearing_entry GROUP BY order_line",
                     [&](const Cleared& row) {
                         cleared[row.line] = row;
                         recorded += row.amount;
                     });
    compare_account(tx, recorded, report);
    const auto rows = from_documents(tx);
    tx.each<Line>(lines_sql, [&](const Line& line) {
        const auto       it     = rows.find(line.id);
        const Quantities moved  = it == rows.end() ? Quantities{} : it->second;
        const auto       kept   = moved.received - moved.returned;
        const auto       booked = cleared[line.id];
        const auto       record = fmt::format("order {} line {}", line.number, line.id);
        if (booked.quantity != kept - moved.invoiced)
            report({record, fmt::format("{} received and not invoiced", kept - moved.invoiced), booked.quantity.str()});
        if (line.currency != tx.books().currency) {
            if (booked.quantity.is_zero() && !booked.amount.is_zero())
                report({record, "nothing open", booked.amount.str()});
            return;
        }
        const auto value = extend(kept, line.price, line.currency) - extend(moved.invoiced, line.price, line.currency);
        if (booked.amount != value) report({record, value.str() + " received and not invoiced", booked.amount.str()});
    });
}

}  // namespace quantity_checks

void declare_quantity_checks(tessera::Kernel& kernel) {
    kernel.check("purchasing.order_quantities", "Order lines say what their receipts, returns and invoices say",
                 quantity_checks::check_quantities);
    kernel.check("purchasing.received_not_invoiced", "Goods received and not invoiced equal their account",
                 quantity_checks::check_received_not_invoiced);
}

}  // namespace purchasing
