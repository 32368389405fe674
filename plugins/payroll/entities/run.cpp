#include "declare.h"

#include <payroll/run.h>

namespace payroll {

namespace run {

using tessera::Refused;

constexpr int longest_period = 366;

void check(tessera::Transaction& tx, Run& run) {
    if (run.ends_on < run.starts_on || run.ends_on - run.starts_on >= longest_period)
        throw Refused("payroll.days_reversed", "To pay a period, let it end on or after {} and be no longer than a year.", run.starts_on)
            .with_status(422)
            .with_field("ends_on");
    if (run.number.empty()) run.number = tx.number("PR", run.pay_date);
}

}  // namespace run

void declare_run(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Run>("payroll.run", "Payroll run")
        .help("Pays a period: a payslip for each employee, their posting, and the file for the bank, which is attached to it.")
        .worth("net")
        .needs("payroll.calculate")
        .read_needs(see_pay)
        .field("number", &Run::number, read_only, unique, searchable)
        .field("starts_on", &Run::starts_on, required, help("The first day of the period"))
        .field("ends_on", &Run::ends_on, required, help("The last day of the period"))
        .field("pay_date", &Run::pay_date, required, help("The day of the posting; decides which tax tables are in force"))
        .field("cost_centre", &Run::cost_centre, help("Only its employees; all when left out"))
        .field("state", &Run::state, read_only)
        .field("employees", &Run::employees, read_only)
        .field("gross", &Run::gross, read_only)
        .field("deductions", &Run::deductions, read_only)
        .field("net", &Run::net, read_only)
        .field("contributions", &Run::contributions, read_only, help("Of the employer"))
        .field("postponed", &Run::postponed, read_only, not_in_list,
               help("Net arrears that would make somebody's pay negative: they wait for a later run"))
        .field("calculated_by", &Run::calculated_by, read_only, not_in_list)
        .field("approved_by", &Run::approved_by, read_only, not_in_list)
        .field("entry", &Run::entry, read_only, not_in_list)
        .field("payment_files", &Run::payment_files, read_only, not_in_list, help("How many were made; they are attached"))
        .display("number")
        .editable_while(RunState::draft)
        .not_deletable()
        .validate(run::check);
}

}  // namespace payroll
