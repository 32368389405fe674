// What `tessera verify` proves of postings: every posted document has its one entry, a reversed one its two, a draft
// none, and what an invoice owes is what it posted to payables.
#include <purchasing/records.h>

#include "declare.h"

namespace purchasing {

using tessera::Finding;
using tessera::Snapshot;
using Report = std::function<void(Finding)>;

namespace posting_checks {

struct Document {
    std::string  number{};
    std::string  state{};
    std::int64_t entries = 0;
    std::int64_t worth   = 0;  // nothing to post when it is worth nothing
};

void compare(std::string_view what, const Document& row, const Report& report) {
    const bool         undone   = row.state == "reversed" || row.state == "cancelled";
    const std::int64_t expected = row.state == "draft" ? 0 : undone ? 2 : 1;
    if (row.entries == expected || (row.worth == 0 && row.entries < expected)) return;
    report({fmt::format("{} {}", what, row.number), fmt::format("{} entries, being {}", expected, row.state),
            std::to_string(row.entries)});
}

void check_entries(const Snapshot& tx, const Report& report) {
    tx.each<Document>(
        R"sql(
        SELECT d.number, d.state,
               (SELECT count(*) FROM financials_journal_entry e
                      WHERE e.source_entity = 'purchasing.goods_receipt' AND e.source_id = d.id
                      AND e.journal = 'purchases'),
               coalesce((SELECT sum(l.value) FROM purchasing_goods_receipt_line l WHERE l.document = d.id), 0)
          FROM purchasing_goods_receipt d)sql",
        [&](const Document& row) { compare("goods receipt", row, report); });
    tx.each<Document>(
        R"sql(
        SELECT d.number, d.state,
               (SELECT count(*) FROM financials_journal_entry e
                      WHERE e.source_entity = 'purchasing.supplier_return' AND e.source_id = d.id
                      AND e.journal = 'purchases'),
               coalesce((SELECT sum(l.value) FROM purchasing_supplier_return_line l WHERE l.document = d.id), 0)
          FROM purchasing_supplier_return d)sql",
        [&](const Document& row) { compare("supplier return", row, report); });
    tx.each<Document>(
        R"sql(
        SELECT d.number, d.state,
               (SELECT count(*) FROM financials_journal_entry e
                      WHERE e.source_entity = 'purchasing.vendor_invoice' AND e.source_id = d.id
                      AND e.journal = 'purchases'),
               d.total
          FROM purchasing_vendor_invoice d)sql",
        [&](const Document& row) { compare("vendor invoice", row, report); });
    tx.each<Document>(
        R"sql(
        SELECT d.number, d.state,
               (SELECT count(*) FROM financials_journal_entry e
                      WHERE e.source_entity = 'purchasing.landed_cost' AND e.source_id = d.id
                      AND e.journal = 'purchases'),
               d.amount
          FROM purchasing_landed_cost d)sql",
        [&](const Document& row) { compare("landed cost", row, report); });
}

struct Owed {
    std::string number{};
    Money       expected{};
    Money       posted{};
};

void check_payables(const Snapshot& tx, const Report& report) {
    tx.each<Owed>(
        R"sql(
        SELECT d.number, CASE WHEN d.state = 'posted' THEN d.book_total ELSE 0 END,
               coalesce((SELECT -sum(l.amount) FROM financials_journal_entry e JOIN financials_journal_line l
                      ON l.entry = e.id
                           JOIN financials_account a ON a.id = l.account AND a.control = 'payables'
                          WHERE e.source_entity = 'purchasing.vendor_invoice' AND e.source_id = d.id
                                 AND e.journal = 'purchases'), 0)
          FROM purchasing_vendor_invoice d WHERE d.state <> 'draft')sql",
        [&](const Owed& row) {
            if (row.expected != row.posted)
                report({"vendor invoice " + row.number, row.expected.str() + " owed by its entries", row.posted.str()});
        });
}

}  // namespace posting_checks

void declare_posting_checks(tessera::Kernel& kernel) {
    kernel.check("purchasing.entries", "Every posted document has its entry, every reversed one its two",
                 posting_checks::check_entries);
    kernel.check("purchasing.invoice_entries", "What an invoice owes is what it posted to payables",
                 posting_checks::check_payables);
}

}  // namespace purchasing
