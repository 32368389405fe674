#include "payment_file/payment_file.h"

#include "payment_file/credit_transfer.h"
#include "payment_file/iban.h"
#include "payment_file/latin_text.h"

#include <tessera/attachments.h>

#include <algorithm>

namespace payroll {

namespace payment_file {

using directory::BankAccount;
using directory::BankAccountState;
using tessera::Refused;
using tessera::Transaction;

constexpr std::size_t longest_name = 70, longest_reference = 35, longest_remittance = 140;

std::string latin_or_refused(const std::string& text, std::size_t longest, std::string_view whom) {
    const auto latin = latin_text(text, longest);
    if (latin && !latin->empty()) return *latin;
    throw Refused("payroll.not_payable_text", "To pay {}, write the name of the account's holder in Latin letters: banks take no others.",
                  whom);
}

BankAccount account_of(const Transaction& tx, const Employee& employee) {
    if (!employee.bank_account)
        throw Refused("payroll.no_bank_account", "To pay {} ({}), choose a bank account for the employee.", employee.name, employee.number);
    auto       account = tx.load(employee.bank_account);
    const bool payable = account.active && account.state == BankAccountState::confirmed && account.payable_from <= tx.today();
    if (!payable)
        throw Refused("payroll.account_on_hold",
                      "To pay {} ({}), have bank account {} confirmed by a second person and wait until it is payable.", employee.name,
                      employee.number, account.account_number);
    account.account_number = compact_iban(account.account_number);
    if (!iban_is_sound(account.account_number))
        throw Refused("payroll.not_an_iban", "To pay {} ({}), correct the IBAN {}: its check digits do not agree with the rest.",
                      employee.name, employee.number, account.account_number);
    return account;
}

// Banks take cents and nothing smaller.
Money whole_cents(const Employee& employee, Money amount) {
    const int beyond = amount.currency().decimals() - 2;
    if (beyond > 0 && amount.minor() % tessera::power_of_ten(beyond) != 0)
        throw Refused("payroll.not_payable_amount",
                      "To pay {} ({}), round the net pay of {} to two decimals in the formulas: banks take no more.", employee.name,
                      employee.number, amount);
    return amount;
}

std::string reference_of(const std::string& number) {
    auto reference = number;
    std::ranges::replace(reference, '/', '-');
    return reference.substr(0, longest_reference);
}

Transfer transfer_of(const Transaction& tx, const Payslip& slip) {
    const auto employee = tx.load(slip.employee);
    const auto account  = account_of(tx, employee);
    const auto whom     = fmt::format("{} ({})", employee.name, employee.number);
    return {.end_to_end = reference_of(slip.number),
            .name       = latin_or_refused(account.holder.empty() ? employee.name : account.holder, longest_name, whom),
            .iban       = account.account_number,
            .bic        = bic_is_sound(account.bank_code) ? account.bank_code : std::string{},
            .amount     = whole_cents(employee, slip.net),
            .remittance = latin_or_refused(fmt::format("Pay from {} to {}, {}", slip.starts_on, slip.ends_on, reference_of(slip.number)),
                                           longest_remittance, whom)};
}

}  // namespace payment_file

void attach_payment_file(tessera::Transaction& tx, Run& run, Id<PayingAccount> pay_from, bool another) {
    using namespace payment_file;
    if (run.payment_files > 0 && !another)
        throw Refused("payroll.file_made_already",
                      "To make another payment file of {}, say so by \"another\", and see that the bank pays one of them only.",
                      run.number);
    const auto     from = tx.load(pay_from);
    CreditTransfer order{.message    = fmt::format("{}-{}", run.number, run.payment_files + 1),
                         .created_at = tx.now(),
                         .execute_on = std::max(run.pay_date, tx.today()),
                         .debtor     = latin_or_refused(from.holder, longest_name, from.name),
                         .iban       = from.iban,
                         .bic        = from.bic};
    for (const auto& slip : tx.select<Payslip>("run = :run AND net > 0 ORDER BY id", run.id))
        order.transfers.push_back(transfer_of(tx, slip));
    if (order.transfers.empty())
        throw Refused("payroll.nothing_to_transfer", "To make a payment file, choose a run that pays somebody: nobody has net pay in {}.",
                      run.number);
    ++run.payment_files;
    tessera::attachments::attach(tx, tx.source_of(run),
                                 {.name = order.message + ".xml", .media_type = "application/xml", .bytes = xml_of(order)});
}

}  // namespace payroll
