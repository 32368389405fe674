#pragma once
// What sales persons are paid for sales: of each invoice what the plans give, in entries that follow it. Whatever happens to an
// invoice (it is paid, credited, reversed, its goods leave later or cost more than was known), what is due for it is computed anew
// and the difference is entered, so that no entry is ever changed and none can be forgotten.
//
//     5 % of revenue, on payment: invoice 400.00; 100.00 is paid: 5.00; the rest is paid: 15.00; the payment is reversed: -15.00

#include <sales/records.h>

namespace sales {

// What a plan gives for a base of which `settled` of `whole` is settled. On invoice: all at once.
Money commission_of(const CommissionPlan& plan, Money base, Money settled, Money whole);
bool  pays_for(const CommissionPlan& plan, Id<directory::Employee> sales_person, Date invoiced_on);

// Enters what changed for an invoice or credit note, by all plans or those of a basis; nothing is due for one that is reversed.
void follow_commission(tessera::Transaction& tx, const Invoice& invoice, Date on, std::optional<CommissionBasis> basis = {});
void contribute_commission(tessera::Kernel& kernel);

}  // namespace sales
