// The workflow: what may happen to a claim, who may do it, and what it does to the books.
//
// An accepted claim is provided for at once, so that the result of this month carries the repairs still to come:
//
//     accept    warranty.expense   42.00  |  warranty.provision    42.00     the estimate
//     settle    warranty.provision 42.00  |  warranty.repairs_owed 45.00     the estimate, the bill to come,
//               warranty.expense    3.00  |                                  and what the estimate missed

#include <financials/ledger.h>
#include <warranty/claim.h>

namespace warranty {

namespace decisions {

using financials::credit;
using financials::debit;
using financials::JournalEntry;
using financials::Ledger;
using tessera::Fields;
using tessera::Refused;
using tessera::Transaction;

constexpr std::int64_t usual_months = 24;

// What a step asks for is a struct that describes its fields, as an entity does. Forms, the API and the options of the
// command line follow from it: tessera warranty accept WC-2026-00001 --date 2026-03-05
struct Acceptance {
    Date        date{};
    static void describe(Fields<Acceptance>& fields) {
        fields.field("date", &Acceptance::date, tessera::help("The day of the entry; today when left out"));
    }
};
struct Refusal {
    std::string reason{};
    static void describe(Fields<Refusal>& fields) { fields.field("reason", &Refusal::reason, tessera::required); }
};
struct Repair {
    Money       cost{};
    Date        date{};
    static void describe(Fields<Repair>& fields) {
        fields.field("cost", &Repair::cost, tessera::required, tessera::not_negative)
            .field("date", &Repair::date, tessera::help("The day of the entry; today when left out"));
    }
};

// The kernel has checked permission and state and has set the new state; it saves the claim after the function returns.
// What is thrown here undoes all of it, the ledger's entry too: there is one transaction, and tx is it.
void accept(Transaction& tx, Claim& claim, const Acceptance& input) {
    const auto terms         = tx.extension<ProductTerms>(claim.product);
    const auto covered_until = claim.bought_on.plus_months(static_cast<int>(terms.months.value_or(usual_months)));
    if (covered_until < claim.claimed_on)
        throw Refused("warranty.expired",
                      "To accept claim {}, correct the day of purchase or refuse it: the warranty ended on {}.",
                      claim.number, covered_until);
    if (claim.estimated_cost.is_zero())
        throw Refused("warranty.no_estimate", "To accept claim {}, estimate what the repair will cost.", claim.number);

    const JournalEntry entry{
        .date   = input.date.empty() ? tx.today() : input.date,
        .memo   = fmt::format("Warranty claim {}", claim.number),
        .source = tx.source_of(claim),   // so that the entry opens the claim
        .lines  = {debit("warranty.expense", claim.estimated_cost), credit("warranty.provision", claim.estimated_cost)},
    };
    tx.service<Ledger>().post(tx, entry);

    // Nothing here knows who listens: letters.cpp does, and other plugins may.
    tx.publish(ClaimAccepted{.claim = claim.id, .number = claim.number, .customer = claim.customer});
}

void refuse(Transaction& tx, Claim& claim, const Refusal& input) {
    claim.refused_because = input.reason;
    tx.because(input.reason);   // the audit trail tells who refused, when and why
}

void settle(Transaction& tx, Claim& claim, const Repair& repair) {
    claim.actual_cost = repair.cost;
    const JournalEntry entry{
        .date   = repair.date.empty() ? tx.today() : repair.date,
        .memo   = fmt::format("Repair of warranty claim {}", claim.number),
        .source = tx.source_of(claim),
        // Lines of zero are dropped: a repair that cost what was estimated has two lines.
        .lines  = {debit("warranty.provision", claim.estimated_cost), credit("warranty.repairs_owed", repair.cost),
                   financials::signed_line("warranty.expense", repair.cost - claim.estimated_cost)},
    };
    tx.service<Ledger>().post(tx, entry);
}

}  // namespace decisions

void declare_decisions(tessera::Kernel& kernel) {
    using enum ClaimState;
    using tessera::explained, tessera::needs;
    kernel.workflow(&Claim::state)
        .transition("accept", open, accepted, needs("warranty.decide"), explained("Provides for the estimated cost."),
                    decisions::accept)
        .transition("refuse", open, refused, needs("warranty.decide"), decisions::refuse)
        .transition("settle", accepted, settled, needs("warranty.settle"),
                    explained("Uses the provision for what the repair has cost."), decisions::settle);

    kernel.event<ClaimAccepted>("warranty.claim_accepted")
        .field("claim", &ClaimAccepted::claim)
        .field("number", &ClaimAccepted::number)
        .field("customer", &ClaimAccepted::customer);
}

}  // namespace warranty
