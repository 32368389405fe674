// What customers are told. There are two ways to hear of an event:
//
//     kernel.on(f)       at once, in the transaction of whoever published; f may refuse, and then nothing has happened
//     kernel.after(f)    after the commit, in a transaction of its own, again and again until it succeeds
//
// A customer's mistyped address must not undo an acceptance, so this is an `after`. Until the address is mended the delivery
// waits, and says why: tessera jobs delivery list.

#include <warranty/claim.h>

namespace warranty {

namespace letters {

void tell_the_customer(tessera::Transaction& tx, const ClaimAccepted& accepted) {
    const auto customer = tx.load(accepted.customer);
    if (customer.email.empty()) return;
    const auto claim   = tx.load(accepted.claim);
    const auto product = tx.load(claim.product);
    tessera::mail::send(tx,
                        {.recipient      = customer.email,
                         .recipient_name = customer.name,
                         .subject        = fmt::format("Your warranty claim {}", claim.number),
                         .text = fmt::format("We have accepted your claim {} of {} and repair {} at our cost.\n",
                                             claim.number, claim.claimed_on, product.name)},
                        tx.source_of(claim));
}

}  // namespace letters

void declare_letters(tessera::Kernel& kernel) { kernel.after(letters::tell_the_customer); }

}  // namespace warranty
