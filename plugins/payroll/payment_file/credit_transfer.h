#pragma once
// A credit transfer order to a bank, ISO 20022 pain.001.001.09: one payment information with one transfer for each employee, booked as
// one debit and marked as salaries.
//
//     CreditTransfer order{.message = "PR-2026-00001-1", .created_at = tx.now(), .execute_on = run.pay_date, …};
//     order.transfers.push_back({.end_to_end = "PR-2026-00001-E1", .name = "Ann Archer", .iban = "DE89…", .amount = usd("2400.00")});
//     const auto xml = xml_of(order);
//
// Texts are Latin (latin_text.h), numbers of accounts proven (iban.h), amounts of at most two decimals: the caller sees to it. The
// control sum is the sum of the amounts written.

#include <tessera/date.h>
#include <tessera/money.h>

namespace payroll {

struct Transfer {
    std::string    end_to_end{};  // at most 35 characters, unlike that of any other
    std::string    name{};
    std::string    iban{};
    std::string    bic{};  // empty: the bank finds it by the IBAN
    tessera::Money amount{};
    std::string    remittance{};
};

struct CreditTransfer {
    std::string           message{};  // at most 35 characters
    tessera::Instant      created_at{};
    tessera::Date         execute_on{};
    std::string           debtor{}, iban{}, bic{};
    std::vector<Transfer> transfers{};
};

std::string xml_of(const CreditTransfer& order);

}  // namespace payroll
