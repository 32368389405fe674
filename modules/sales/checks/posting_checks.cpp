// What `tessera verify` proves of postings: every document that moved goods or money has its entry, a reversed one its two, and an
// invoice is what it posted to receivables and what its open item says.
#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

using tessera::Finding;
using tessera::Snapshot;
using Report = std::function<void(Finding)>;

namespace posting_checks {

struct Document {
    std::string  number{};
    std::string  state{};
    std::int64_t entries = 0;
    std::int64_t worth   = 0;   // nothing to post when it is worth nothing
};

void compare(std::string_view what, const Document& row, const Report& report) {
    const bool         done     = row.state == "posted" || row.state == "shipped";
    const std::int64_t expected = row.state == "reversed" ? 2 : done ? 1 : 0;
    if (row.entries == expected || (row.worth == 0 && row.entries < expected)) return;
    report({fmt::format("{} {}", what, row.number), fmt::format("{} entries, being {}", expected, row.state), std::to_string(row.entries)});
}

void check_entries(const Snapshot& tx, const Report& report) {
    tx.each<Document>(
        R"sql(
        SELECT d.number, d.state, (SELECT count(*) FROM financials_journal_entry e
                                    WHERE e.source_entity = 'sales.shipment' AND e.source_id = d.id AND e.journal = 'sales'),
               coalesce((SELECT sum(l.cost) FROM sales_shipment_line l WHERE l.document = d.id), 0)
          FROM sales_shipment d)sql",
        [&](const Document& row) { compare("shipment", row, report); });
    tx.each<Document>(
        R"sql(
        SELECT d.number, d.state, (SELECT count(*) FROM financials_journal_entry e
                                    WHERE e.source_entity = 'sales.customer_return' AND e.source_id = d.id AND e.journal = 'sales'),
               coalesce((SELECT sum(l.cost) FROM sales_customer_return_line l WHERE l.document = d.id), 0)
          FROM sales_customer_return d)sql",
        [&](const Document& row) { compare("customer return", row, report); });
    tx.each<Document>(
        R"sql(
        SELECT d.number, d.state, (SELECT count(*) FROM financials_journal_entry e
                                    WHERE e.source_entity = 'sales.invoice' AND e.source_id = d.id AND e.journal = 'sales'),
               d.total
          FROM sales_invoice d)sql",
        [&](const Document& row) { compare("customer invoice", row, report); });
}

struct Owed {
    std::string number{};
    Money       expected{};
    Money       posted{};
};

void check_receivables(const Snapshot& tx, const Report& report) {
    tx.each<Owed>(
        R"sql(
        SELECT d.number, CASE WHEN d.state = 'posted' THEN d.book_total ELSE 0 END,
               coalesce((SELECT sum(l.amount) FROM financials_journal_entry e JOIN financials_journal_line l ON l.entry = e.id
                           JOIN financials_account a ON a.id = l.account AND a.control = 'receivables'
                          WHERE e.source_entity = 'sales.invoice' AND e.source_id = d.id AND e.journal = 'sales'), 0)
          FROM sales_invoice d WHERE d.state <> 'draft')sql",
        [&](const Owed& row) {
            if (row.expected != row.posted) report({"customer invoice " + row.number, row.expected.str() + " owed by its entries", row.posted.str()});
        });
}

struct Item {
    std::string number{};
    Currency    currency{};
    Money       total{}, item{};
    Currency    books{};
    Money       book_total{}, book_item{};
};

void check_items(const Snapshot& tx, const Report& report) {
    tx.each<Item>(
        R"sql(
        SELECT d.number, d.currency, d.total, coalesce(t.amount, 0), NULL, d.book_total, coalesce(t.book_amount, 0)
          FROM sales_invoice d LEFT JOIN financials_open_item t ON t.id = d.open_item AND t.party = d.customer AND t.side = 'receivable'
         WHERE d.state <> 'draft' AND (d.total <> coalesce(t.amount, 0) OR d.book_total <> coalesce(t.book_amount, 0)))sql",
        [&](const Item& row) {
            report({"open item of customer invoice " + row.number, fmt::format("{}, {} in the books", row.total, row.book_total),
                    fmt::format("{}, {} in the books", row.item, row.book_item)});
        });
}

}  // namespace posting_checks

void declare_posting_checks(tessera::Kernel& kernel) {
    kernel.check("sales.entries", "Every document that left its draft has its entry, every reversed one its two", posting_checks::check_entries);
    kernel.check("sales.invoice_entries", "What a customer invoice asks for is what it posted and what its open item says", [](const Snapshot& tx, const auto& report) {
        posting_checks::check_receivables(tx, report);
        posting_checks::check_items(tx, report);
    });
}

}  // namespace sales
