// A claim that nobody decides on for two weeks is escalated: it shows the day, and a list of the claims that wait too long is
// one filter away: tessera warranty claim list --filter state=open --filter escalated_on.not=

#include <warranty/claim.h>

namespace warranty {

namespace waiting_claims {

using tessera::JobRun;
using tessera::Snapshot;
using tessera::Transaction;

constexpr int patience_days = 14;

struct Waiting {
    Id<Claim> claim{};
};

// Sets are asked for in SQL: the columns land in the members of a struct in their order, and :names are bound in the order in
// which they appear.
std::vector<Waiting> find(const Snapshot& tx) {
    return tx.rows<Waiting>(
        "SELECT id FROM warranty_claim WHERE state = 'open' AND escalated_on IS NULL AND claimed_on <= :day ORDER BY id",
        tx.today().plus_days(-patience_days));
}

void escalate(Transaction& tx, Id<Claim> id) {
    auto claim = tx.load(id);
    // Between the question and this command somebody may have decided.
    if (claim.state != ClaimState::open || !claim.escalated_on.empty()) return;
    claim.escalated_on = tx.today();
    tx.because(fmt::format("Waited for {} days", tx.today() - claim.claimed_on));
    tx.save(claim);
}

// Runs in a thread of the server, never twice at a time. It may be stopped between two claims and begun again, on another
// server even: each claim is a command of its own, and one that is done is not found again.
void run(JobRun& job) {
    int count = 0;
    for (const auto& waiting : job.ask<Waiting>(find)) {
        if (job.should_stop()) return;
        job.write([&](Transaction& tx) { escalate(tx, waiting.claim); });
        job.tell(fmt::format("{} escalated", ++count));
    }
}

}  // namespace waiting_claims

void declare_waiting_claims(tessera::Kernel& kernel) {
    kernel.job("warranty.waiting_claims", "Escalate claims that wait", tessera::daily_at(6), waiting_claims::run);
}

}  // namespace warranty
