#pragma once
// The payment file of a posted run: everybody's net pay, to the bank account of each, from an account of ours; attached to the run.
//
//     attach_payment_file(tx, run, account, false);      // "PR-2026-00001-1.xml"
//
// Refused: payroll.file_made_already (unless told to make another), payroll.nothing_to_transfer; and of an employee
// payroll.no_bank_account, payroll.account_on_hold (not active, not confirmed, or in its cool-off), payroll.not_an_iban,
// payroll.not_payable_text (no Latin letters), payroll.not_payable_amount (more than two decimals).

#include <payroll/run.h>

namespace payroll {

void attach_payment_file(tessera::Transaction& tx, Run& run, Id<PayingAccount> pay_from, bool another);

}  // namespace payroll
