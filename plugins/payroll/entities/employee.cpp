// Who works here, and for how much from which day on.

#include "declare.h"

#include <payroll/master_data.h>

#include <tessera/text.h>

#include <algorithm>

namespace payroll {

namespace employee {

using tessera::Refused;
using tessera::Transaction;

constexpr std::size_t longest_number = 15;  // it is part of references of at most 35 characters

void require_number(const Employee& employee) {
    const auto fits = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-'; };
    if (employee.number.size() <= longest_number && std::ranges::all_of(employee.number, fits)) return;
    throw Refused("payroll.employee_number",
                  "To save the employee, give a number of at most {} letters, digits and hyphens: banks take no other in a reference; "
                  "\"{}\" is none.",
                  longest_number, tessera::excerpt(employee.number))
        .with_status(422)
        .with_field("number");
}

void check(Transaction& tx, Employee& employee) {
    require_number(employee);
    if (employee.name.empty() && employee.party) employee.name = tx.load(employee.party).name;
    if (!employee.left_on.empty() && employee.left_on < employee.hired_on)
        throw Refused("payroll.days_reversed", "To save {}, let the last day of work come after the first.", employee.name)
            .with_status(422)
            .with_field("left_on");
    if (employee.bank_account && tx.load(employee.bank_account).party != employee.party)
        throw Refused("payroll.account_of_another", "To pay {}, choose a bank account of the same party: this one belongs to {}.",
                      employee.name, tx.label_of(tx.load(employee.bank_account).party))
            .with_status(422)
            .with_field("bank_account");
}

}  // namespace employee

void declare_employee(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Employee>("payroll.employee", "Employee")
        .help("Who works here and is paid by the payroll.")
        .menu(Menu::master_data)
        .read_needs(see_pay)
        .field("number", &Employee::number, required, unique, searchable)
        .field("name", &Employee::name, searchable, personal, kept_while_used, help("The party's when left out"))
        .field("party", &Employee::party, required, indexed, erased_with)
        .field("hired_on", &Employee::hired_on, required)
        .field("left_on", &Employee::left_on, help("The last day of work"))
        .field("cost_centre", &Employee::cost_centre, required, indexed)
        .field("bank_account", &Employee::bank_account, not_in_list, help("Of the party, with an IBAN"))
        .display("number")
        .not_deletable()
        .validate(employee::check);
    kernel.entity<Assignment>("payroll.assignment", "Pay assignment")
        .help("What an employee is paid from a day on. One that begins in a period that is paid already makes arrears.")
        .menu(Menu::master_data)
        .read_needs(see_pay)
        .field("employee", &Assignment::employee, required, indexed)
        .field("starts_on", &Assignment::starts_on, required)
        .field("structure", &Assignment::structure, required)
        .field("base", &Assignment::base, not_negative, help("Base pay of a whole period"))
        .unique_together({"employee", "starts_on"});
}

}  // namespace payroll
