// What `tessera verify` proves of deferred revenue: what is earned is what its entries say, and what is not is what sales posted to
// the account.
#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"
#include "services/roles.h"

namespace sales {

using tessera::Finding;
using tessera::Snapshot;
using Report = std::function<void(Finding)>;

namespace deferral_checks {

struct Earned {
    std::int64_t id = 0;
    Money        kept{}, entries{};
};

void check_earned(const Snapshot& tx, const Report& report) {
    tx.each<Earned>(
        R"sql(
        SELECT d.id, d.earned, coalesce(e.amount, 0) FROM sales_deferral d
          LEFT JOIN (SELECT deferral, sum(amount) AS amount FROM sales_earned_entry GROUP BY deferral) e ON e.deferral = d.id
         WHERE d.earned <> coalesce(e.amount, 0))sql",
        [&](const Earned& row) { report({fmt::format("deferred revenue {}", row.id), row.entries.str() + " earned", row.kept.str()}); });
}

void check_account(const Snapshot& tx, const Report& report) {
    const auto account = tx.service<financials::Ledger>().find_account_of(tx, roles::deferred_revenue);
    if (!account) return;  // nothing can have been posted
    const auto deferred = tx.value<Money>("SELECT sum(amount - earned) FROM sales_deferral WHERE state <> 'cancelled'").value_or(tx.books().zero());
    const auto posted   = -tx.value<Money>(R"sql(
        SELECT sum(l.amount) FROM financials_journal_line l JOIN financials_journal_entry e ON e.id = l.entry
         WHERE l.account = :account AND e.source_entity IN ('sales.invoice', 'sales.revenue_recognition'))sql",
                                         *account)
                             .value_or(tx.books().zero());
    if (posted != deferred) report({"account " + tx.label_of(*account), deferred.str() + " deferred by sales", posted.str()});
}

}  // namespace deferral_checks

void declare_deferral_checks(tessera::Kernel& kernel) {
    kernel.check("sales.deferred_revenue", "What is invoiced and not earned is what was posted as deferred", [](const Snapshot& tx, const auto& report) {
        deferral_checks::check_earned(tx, report);
        deferral_checks::check_account(tx, report);
    });
}

}  // namespace sales
