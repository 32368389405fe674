#pragma once
// Landed cost: freight, duty and the like become part of what received goods cost. Posting shares the amount among the
// receipt lines by value or quantity of what was accepted and adds it to their stock; cancelling takes it out again. A
// document that names an invoice line takes the amount from where that line was booked; one that names none is a plan,
// and stands on landed cost clearing until its invoice comes.

#include <purchasing/records.h>

namespace purchasing {

// Refused purchasing.nothing_to_carry_cost, purchasing.charge_not_posted, purchasing.distributes_too_much.
void post_landed_cost(tessera::Transaction& tx, LandedCost& cost);
void cancel_landed_cost(tessera::Transaction& tx, LandedCost& cost, Date on, const std::string& reason);

}  // namespace purchasing
