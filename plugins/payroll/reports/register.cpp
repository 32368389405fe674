#include "declare.h"

#include <payroll/run.h>

namespace payroll {

namespace payroll_register {

struct Row {
    std::int64_t payslip = 0;
    std::string  employee{};
    std::string  name{};
    std::string  cost_centre{};
    std::int64_t payment_days = 0;
    Money        gross{}, arrears{}, deductions{}, net{}, contributions{}, cost{};
};

}  // namespace payroll_register

void declare_register(tessera::Kernel& kernel) {
    using payroll_register::Row;
    using tessera::hidden, tessera::meaning, tessera::opens, tessera::total;
    kernel.report<Row>("payroll.register", "Payroll register")
        .help("A run, employee by employee.")
        .needs(see_pay)
        .parameter<Id<Run>>("run", tessera::required)
        .column("payslip", &Row::payslip, hidden)
        .column("employee", &Row::employee)
        .column("name", &Row::name)
        .column("cost_centre", &Row::cost_centre)
        .column("payment_days", &Row::payment_days)
        .column("gross", &Row::gross, total, opens("payroll.payslip", {{"payslip", "payslip"}}))
        .column("arrears", &Row::arrears, total, meaning("Of earlier periods, within gross"))
        .column("deductions", &Row::deductions, total)
        .column("net", &Row::net, total, opens("payroll.payslip", {{"payslip", "payslip"}}))
        .column("contributions", &Row::contributions, total, meaning("Of the employer"))
        .column("cost", &Row::cost, total, meaning("Gross and contributions"))
        .query(R"sql(
            SELECT p.id, e.number, e.name, c.code, p.payment_days, p.gross,
                   coalesce((SELECT sum(l.amount) FROM payroll_payslip_line l
                              WHERE l.document = p.id AND l.kind = 'earning' AND l.arrears_of IS NOT NULL), 0),
                   p.deductions, p.net, p.contributions, p.gross + p.contributions
              FROM payroll_payslip p JOIN payroll_employee e ON e.id = p.employee JOIN payroll_cost_centre c ON c.id = p.cost_centre
             WHERE p.run = :run
             ORDER BY e.number)sql");
}

}  // namespace payroll
