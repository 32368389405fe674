// What `tessera verify` proves of the match: allocations, holds, duplicates, payments.
#include <purchasing/records.h>

#include "declare.h"
#include "services/duplicate_invoices.h"

#include <map>

namespace purchasing {

using tessera::Finding;
using tessera::Snapshot;
using Report = std::function<void(Finding)>;

namespace match_checks {

struct Allocated {
    std::string  number{};
    std::int64_t line = 0;
    Quantity     allowed{};
    Quantity     kept{};
    Quantity     allocated{};
};

void compare(std::string_view what, const Allocated& row, const Report& report) {
    const auto record = fmt::format("{} {} line {}", what, row.number, row.line);
    if (row.allocated.is_negative() || row.allocated > row.allowed)
        report({record, fmt::format("allocated between 0 and {}", row.allowed), row.allocated.str()});
    if (row.kept != row.allocated)
        report({record, fmt::format("matched {}, as its allocations say", row.allocated), row.kept.str()});
}

void check_allocations(const Snapshot& tx, const Report& report) {
    tx.each<Allocated>(
        R"sql(
        SELECT d.number, l.id, CASE WHEN d.state = 'posted' THEN l.quantity - l.rejected - l.returned_accepted
               ELSE 0 END, l.matched,
               coalesce((SELECT sum(a.quantity) FROM purchasing_match_allocation a
                      WHERE a.purchase_order = l.purchase_order AND a.receipt_line = l.id), 0)
          FROM purchasing_goods_receipt_line l JOIN purchasing_goods_receipt d ON d.id = l.document)sql",
        [&](const Allocated& row) { compare("goods receipt", row, report); });
    tx.each<Allocated>(
        R"sql(
        SELECT d.number, l.id, CASE WHEN d.state = 'posted' AND l.quantity > 0 AND l.kind = 'goods'
               THEN l.quantity ELSE 0 END, l.matched,
               coalesce((SELECT sum(a.quantity) FROM purchasing_match_allocation a
                      WHERE a.purchase_order = l.purchase_order AND a.invoice_line = l.id), 0)
          FROM purchasing_vendor_invoice_line l JOIN purchasing_vendor_invoice d ON d.id = l.document
                 WHERE l.purchase_order IS NOT NULL)sql",
        [&](const Allocated& row) { compare("vendor invoice", row, report); });
}

struct Held {
    std::string number{};
    Currency    currency{};
    Money       total{};
    Money       stated{};
    Money       holds{};
    Money       open{};
    Money       item{};
};

void check_holds(const Snapshot& tx, const Report& report) {
    tx.each<Held>(
        R"sql(
        SELECT d.number, d.currency, d.total, d.held,
               coalesce((SELECT sum(h.amount) FROM purchasing_match_hold h WHERE h.invoice = d.id
                      AND h.state = 'held' AND h.blocking = 1), 0),
               coalesce(i.open_amount, 0), coalesce(i.held_amount, 0)
          FROM purchasing_vendor_invoice d LEFT JOIN financials_open_item i ON i.id = d.open_item
                 WHERE d.state = 'posted')sql",
        [&](const Held& row) {
            const auto none = Money{0, row.currency};
            const auto held = row.total.is_negative() ? none : std::min(row.holds, row.total);
            if (row.stated != row.holds && row.stated != held)
                report({"vendor invoice " + row.number, "held " + held.str(), row.stated.str()});
            const auto item = std::max(none, std::min(held, row.open));
            if (row.item != item) report({"open item of " + row.number, "held " + item.str(), row.item.str()});
        });
}

struct Kept {
    std::int64_t hold = 0;
    Currency     currency{};
    Money        amount{};
    HoldState    state{};
    Money        kept{};
    HoldState    kept_state{};
};

// The newest entry of a hold is what the hold is.
void check_hold_entries(const Snapshot& tx, const Report& report) {
    tx.each<Kept>(
        R"sql(
        SELECT h.id, h.currency, h.amount, h.state, coalesce(e.amount, 0), coalesce(e.state, 'cleared')
          FROM purchasing_match_hold h
          LEFT JOIN (SELECT hold, max(id) AS newest FROM purchasing_hold_entry GROUP BY hold) n ON n.hold = h.id
          LEFT JOIN purchasing_hold_entry e ON e.id = n.newest
         WHERE e.id IS NULL OR e.state <> h.state OR e.amount <> h.amount OR e.blocking <> h.blocking)sql",
        [&](const Kept& row) {
            report({fmt::format("entries of match hold {}", row.hold),
                    fmt::format("{} {}", row.amount, tessera::name_of(row.state)),
                    fmt::format("{} {}", row.kept, tessera::name_of(row.kept_state))});
        });
}

struct PaidInto {
    std::string document{};
    Currency    currency{};
    Money       open{};
    Money       held{};
};

void check_payments(const Snapshot& tx, const Report& report) {
    tx.each<PaidInto>(
        R"sql(
        SELECT i.document, i.currency, i.open_amount, i.held_amount FROM financials_open_item i
         WHERE i.source_entity = 'purchasing.vendor_invoice' AND i.held_amount > 0
                AND i.open_amount < i.held_amount)sql",
        [&](const PaidInto& row) {
            report({"open item of " + row.document, "at least " + row.held.str() + " unpaid", row.open.str()});
        });
}

struct Numbered {
    Id<VendorInvoice>    id{};
    Id<directory::Party> supplier{};
    std::string          number{};
    std::string          supplier_number{};
    Date                 date{};
};

// From what is printed, not from the kept key.
void check_duplicates(const Snapshot& tx, const Report& report) {
    std::map<std::tuple<Id<directory::Party>, int, std::string>, std::string> known;
    tx.each<Numbered>(
        "SELECT id, supplier, number, supplier_number, date FROM purchasing_vendor_invoice WHERE state <> 'reversed' "
        "AND supplier_number IS NOT NULL ORDER BY id",
        [&](const Numbered& row) {
            const auto name = row.number.empty() ? fmt::format("draft {}", row.id) : row.number;
            const auto [it, unique] =
                known.try_emplace({row.supplier, row.date.year(), normalised_number(row.supplier_number)}, name);
            if (!unique)
                report({"vendor invoice " + name, "a number of its own",
                        fmt::format("{} is also that of {}", row.supplier_number, it->second)});
        });
}

}  // namespace match_checks

void declare_match_checks(tessera::Kernel& kernel) {
    kernel.check("purchasing.allocations", "No receipt or invoice line is matched beyond its quantity",
                 match_checks::check_allocations);
    kernel.check("purchasing.holds", "What is held of an invoice is the sum of its holds",
                 [](const Snapshot& tx, const auto& report) {
                     match_checks::check_holds(tx, report);
                     match_checks::check_hold_entries(tx, report);
                 });
    kernel.check("purchasing.held_payments", "Nothing that is held has been paid", match_checks::check_payments);
    kernel.check("purchasing.duplicates", "A supplier's invoice number stands once a year",
                 match_checks::check_duplicates);
}

}  // namespace purchasing
