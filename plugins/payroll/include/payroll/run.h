#pragma once
// A payroll run pays a period: one payslip for each employee, posted on the pay date.
//
//     draft --calculate--> calculated --approve--> approved --post--> posted --reverse--> reversed
//       |  <--withdraw------'   <-------withdraw------'
//       `--cancel--> cancelled
//
// A calculated run may be calculated again. Whoever approves is somebody else than who calculated, where there is somebody else who may.
//
// A line of a payslip with `arrears_of` is a difference: what the payslip named there would be today, less what has been paid for its
// period. Every live payslip counts, so a difference is paid once; a run that is reversed gives its differences back to the next.
// Differences that would make the net pay negative wait for a run in which they do not, and are `postponed` until then.
//
//     kernel.on(tell_the_time_clock);      // void tell_the_time_clock(Transaction&, const payroll::RunPosted&)

#include <payroll/master_data.h>

namespace payroll {

enum class RunState { draft, calculated, approved, posted, reversed, cancelled };
constexpr auto names_of(RunState) { return tessera::names("draft", "calculated", "approved", "posted", "reversed", "cancelled"); }

struct Run {  // payroll.run; its payment file is an attachment
    Id<Run>                     id{};
    std::string                 number{};                // "PR-2026-00001", of the year of the pay date
    Date                        starts_on{}, ends_on{};  // the period, both included
    Date                        pay_date{};
    Id<CostCentre>              cost_centre{};  // only its employees; none: all
    RunState                    state     = RunState::draft;
    std::int64_t                employees = 0;
    Money                       gross{}, deductions{}, net{}, contributions{};
    Money                       postponed{};                     // net arrears that wait: of payslips, and of who gets none
    std::string                 calculated_by{}, approved_by{};  // users
    Id<financials::PostedEntry> entry{};
    std::int64_t                payment_files = 0;  // made until now
};

struct Payslip;

struct PayslipLine {  // payroll.payslip_line
    Id<PayslipLine> id{};
    Id<Payslip>     document{};
    Id<Component>   component{};
    ComponentKind   kind    = ComponentKind::earning;  // as the component was
    OwedTo          owed_to = OwedTo::others;
    Id<Payslip>     arrears_of{};
    Money           amount{};
};

struct Payslip {  // payroll.payslip
    Id<Payslip>              id{};
    std::string              number{};  // "PR-2026-00001/E1"
    Id<Run>                  run{};
    Id<Employee>             employee{};
    Id<CostCentre>           cost_centre{};
    Date                     starts_on{}, ends_on{}, pay_date{};
    std::int64_t             period_days = 0, payment_days = 0;
    Money                    base{};  // of a whole period; where it changed within, weighted by the days paid
    Money                    gross{}, deductions{}, net{}, contributions{};  // arrears included
    Money                    postponed{};                                    // net arrears that wait
    Money                    taxable{};                                      // of this period alone
    bool                     reversed = false;
    std::vector<PayslipLine> lines{};
};

// What a run posted, role by role and cost centre by cost centre: payroll.ledger proves payslips and entry by it.
struct Posting {  // payroll.posting: append-only
    Id<Posting>             id{};
    Id<Run>                 run{};
    std::string             role{};         // "payroll.wages"
    Id<CostCentre>          cost_centre{};  // of expenses
    Id<financials::Account> account{};
    Money                   amount{};  // positive debit
};

struct RunPosted {  // payroll.run_posted
    Id<Run>     run{};
    std::string number{};
    Date        pay_date{};
    Money       net{};
};

}  // namespace payroll
