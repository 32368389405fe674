#pragma once
// What has been paid until now: the payslips that the ledger has, and how much of each component was paid for the period of each, in
// whichever run. It is what arrears are the difference to.
//
//     const auto history = read_history(tx, run);
//     history.paid(payslip)        // basic 3000.00 of its own and 100.00 of a later run: 3100.00

#include <payroll/run.h>

#include <map>

namespace payroll {

struct PaidPayslip {
    Id<Payslip>  id{};
    Id<Employee> employee{};
    Date         starts_on{}, ends_on{}, pay_date{};
};

class History {
public:
    // Posted and not reversed, of periods before the run's, the oldest first.
    const std::vector<PaidPayslip>& payslips(Id<Employee> employee) const;
    // By component.
    const std::map<Id<Component>, Money>& paid(Id<Payslip> payslip) const;

private:
    friend History read_history(const tessera::Snapshot& tx, const Run& run);

    std::map<Id<Employee>, std::vector<PaidPayslip>>      payslips_{};
    std::map<Id<Payslip>, std::map<Id<Component>, Money>> paid_{};
};

// The run's own payslips have been removed before.
History read_history(const tessera::Snapshot& tx, const Run& run);

}  // namespace payroll
