// The record. From this declaration come the table warranty_claim, /api/warranty/claims, `tessera warranty claim`, the list
// and the form in the browser, import and export, and the history of every change.

#include <warranty/claim.h>

namespace warranty {

// A namespace for what only this file needs: its names cannot collide with those of another file.
namespace claim {

using tessera::Refused;

// Runs before every insert and save, whoever does it. It may complete the record, or refuse it with a sentence that tells
// the user what to do: "To <goal>, <do this>." The status 422 says that the input is wrong, the field where.
void complete(tessera::Transaction& tx, Claim& claim) {
    if (claim.claimed_on.empty()) claim.claimed_on = tx.today();
    if (claim.claimed_on < claim.bought_on)
        throw Refused("warranty.claimed_before_bought",
                      "To claim on {}, correct the day of purchase: {} is later.", claim.claimed_on, claim.bought_on)
            .with_status(422)
            .with_field("bought_on");
    // Taken last: what is refused above takes no number, and one that is undone gives it back. So there are no gaps.
    if (claim.number.empty()) claim.number = tx.number("WC", claim.claimed_on);
}

}  // namespace claim

void declare_claim(tessera::Kernel& kernel) {
    using namespace tessera;   // the field options: required, read_only, help() …
    kernel.entity<Claim>("warranty.claim", "Warranty claim")
        .help("What a customer reports as broken, what we decide, and what it costs us.")
        .field("number", &Claim::number, read_only, unique, searchable)
        .field("customer", &Claim::customer, required, indexed)
        .field("product", &Claim::product, required, indexed)
        .field("bought_on", &Claim::bought_on, required)
        .field("claimed_on", &Claim::claimed_on, help("Today when left empty"))
        .field("fault", &Claim::fault, required, searchable, multiline)
        .field("estimated_cost", &Claim::estimated_cost, not_negative, help("Provided for when the claim is accepted"))
        .field("actual_cost", &Claim::actual_cost, read_only)
        .field("refused_because", &Claim::refused_because, read_only, not_in_list)
        .field("escalated_on", &Claim::escalated_on, read_only, help("The day it had waited too long for a decision"))
        .field("state", &Claim::state, read_only)
        .display("number")
        // Once it is decided the ledger holds the estimate: nobody may change it behind the ledger's back.
        .editable_while(ClaimState::open)
        // A claim that was entered by mistake is refused, which leaves its reason; numbers stay without gaps.
        .not_deletable()
        .validate(claim::complete);
}

}  // namespace warranty
