//     draft --calculate--> calculated --approve--> approved --post--> posted --reverse--> reversed
//       |  <--withdraw------'   <-------withdraw------'
//       `--cancel--> cancelled
//
// Whoever approves is somebody else than who calculated. The command line of whoever has the books themselves is not asked for a second
// person: there is nobody to be protected from.

#include "declare.h"
#include "payment_file/payment_file.h"
#include "services/payslips.h"
#include "services/run_posting.h"

#include <payroll/run.h>

namespace payroll {

namespace run_workflow {

using tessera::Fields;
using tessera::Refused;
using tessera::Transaction;

struct Reversal {
    Date        date{};
    std::string reason{};
    static void describe(Fields<Reversal>& fields) {
        fields.field("date", &Reversal::date, tessera::help("The first open day from today on when left out"))
            .field("reason", &Reversal::reason, tessera::required);
    }
};
struct Withdrawal {
    std::string reason{};
    static void describe(Fields<Withdrawal>& fields) { fields.field("reason", &Withdrawal::reason); }
};
struct FileOrder {
    Id<PayingAccount> pay_from{};
    bool              another = false;
    static void       describe(Fields<FileOrder>& fields) {
              fields.field("pay_from", &FileOrder::pay_from, tessera::required, tessera::help("An account of ours"))
                  .field("another", &FileOrder::another, tessera::help("Although there is one already"));
    }
};

void calculate(Transaction& tx, Run& run) {
    make_payslips(tx, run);
    run.calculated_by = tx.user().name;
    run.approved_by   = {};
}

void refuse_negative_pay(const Transaction& tx, const Run& run) {
    const auto slip = tx.first<Payslip>("run = :run AND net < 0 ORDER BY id LIMIT 1", run.id);
    if (!slip) return;
    const auto employee = tx.load(slip->employee);
    throw Refused("payroll.net_negative", "To approve {}, keep back less from {} ({}): the net pay would be {}.", run.number, employee.name,
                  employee.number, slip->net);
}

void approve(Transaction& tx, Run& run) {
    if (run.employees == 0)
        throw Refused("payroll.nobody_to_pay", "To approve {}, hire somebody in its period or choose another: it has no payslips.",
                      run.number);
    refuse_negative_pay(tx, run);
    if (tx.user().user && tx.user().name == run.calculated_by && tessera::access::others_may(tx, "payroll.approve"))
        throw Refused("payroll.second_person", "To approve {}, ask somebody else: {} has calculated it.", run.number, run.calculated_by)
            .with_status(403);
    run.approved_by = tx.user().name;
}

void withdraw(Transaction& tx, Run& run, const Withdrawal& input) {
    remove_payslips(tx, run);
    run.calculated_by = run.approved_by = {};
    tx.because(input.reason);
}

void post(Transaction& tx, Run& run) { post_run(tx, run); }

void reverse(Transaction& tx, Run& run, const Reversal& input) {
    tx.because(input.reason);
    reverse_run(tx, run, input.date, input.reason);
}

void make_payment_file(Transaction& tx, Run& run, const FileOrder& order) { attach_payment_file(tx, run, order.pay_from, order.another); }

}  // namespace run_workflow

void declare_run_workflow(tessera::Kernel& kernel) {
    using enum RunState;
    using tessera::approves, tessera::destructive, tessera::explained, tessera::needs;
    kernel.workflow(&Run::state)
        .transition("calculate", {draft, calculated}, calculated, needs("payroll.calculate"), explained("Makes the payslips anew."),
                    run_workflow::calculate)
        .transition("withdraw", {calculated, approved}, draft, needs("payroll.calculate"),
                    explained("Takes the payslips back, so that the run can be changed."), run_workflow::withdraw)
        .transition("cancel", draft, cancelled, needs("payroll.calculate"), destructive)
        .transition("approve", calculated, approved, needs("payroll.approve"), approves,
                    explained("By another person than who calculated."), run_workflow::approve)
        .transition("post", approved, posted, needs("payroll.post"),
                    explained("Posts wages, contributions and what is owed on the pay date."), run_workflow::post)
        .transition("make_payment_file", posted, posted, needs("payroll.pay"),
                    explained("Attaches a credit transfer of everybody's net pay, ISO 20022 pain.001.001.09."),
                    run_workflow::make_payment_file)
        .transition("reverse", posted, reversed, needs("payroll.post"), destructive,
                    explained("Mirrors the entry; the period can be run again."), run_workflow::reverse);

    kernel.event<RunPosted>("payroll.run_posted")
        .field("run", &RunPosted::run)
        .field("number", &RunPosted::number)
        .field("pay_date", &RunPosted::pay_date)
        .field("net", &RunPosted::net);
}

}  // namespace payroll
