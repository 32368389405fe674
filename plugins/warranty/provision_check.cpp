// What must always hold, proven by `tessera verify` from the records and the entries themselves, never from sums that
// somebody kept: the provision in the ledger is what the accepted claims were estimated to cost.

#include <financials/ledger.h>
#include <warranty/claim.h>

namespace warranty {

namespace provision_check {

struct Sums {
    Money claims{};
    Money ledger{};
};

// Calls report() for each thing that is wrong: of which record, what was expected, what was found. A liability has its
// balance on the credit side, which the ledger keeps as negative amounts.
void run(const tessera::Snapshot& tx, const std::function<void(tessera::Finding)>& report) {
    const auto sums = tx.row<Sums>(R"sql(
        SELECT (SELECT coalesce(sum(estimated_cost), 0) FROM warranty_claim WHERE state = 'accepted'),
               (SELECT coalesce(sum(-l.amount), 0)
                  FROM financials_journal_line l
                  JOIN financials_account_role_mapping m ON m.account = l.account
                 WHERE m.role = 'warranty.provision'))sql");
    if (sums->claims != sums->ledger) report({"account of warranty.provision", sums->claims.str(), sums->ledger.str()});
}

}  // namespace provision_check

void declare_provision_check(tessera::Kernel& kernel) {
    kernel.check("warranty.provision", "Accepted claims equal the warranty provision", provision_check::run);
}

}  // namespace warranty
