#include "declare.h"

#include <payroll/run.h>

namespace payroll {

namespace cost_by_centre {

struct Row {
    std::string  cost_centre{};
    std::string  name{};
    std::int64_t employees = 0;
    Money        gross{}, contributions{}, cost{};
};

}  // namespace cost_by_centre

void declare_cost_by_centre(tessera::Kernel& kernel) {
    using cost_by_centre::Row;
    using tessera::by_default, tessera::help, tessera::meaning, tessera::total;
    kernel.report<Row>("payroll.cost_by_centre", "Payroll cost by cost centre")
        .help("What people cost in each cost centre: posted runs by their pay date.")
        .needs(see_pay)
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), help("Inclusive"))
        .column("cost_centre", &Row::cost_centre)
        .column("name", &Row::name)
        .column("employees", &Row::employees)
        .column("gross", &Row::gross, total)
        .column("contributions", &Row::contributions, total, meaning("Of the employer"))
        .column("cost", &Row::cost, total)
        .query(R"sql(
            SELECT c.code, c.name, count(DISTINCT p.employee), sum(p.gross), sum(p.contributions), sum(p.gross + p.contributions)
              FROM payroll_payslip p JOIN payroll_run r ON r.id = p.run JOIN payroll_cost_centre c ON c.id = p.cost_centre
             WHERE r.state = 'posted' AND p.pay_date BETWEEN :from AND :to
             GROUP BY c.code, c.name
             ORDER BY c.code)sql");
}

}  // namespace payroll
