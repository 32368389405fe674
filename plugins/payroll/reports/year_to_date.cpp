#include "declare.h"

#include <payroll/run.h>

namespace payroll {

namespace year_to_date {

struct Row {
    std::string   employee{};
    std::string   name{};
    std::string   component{};
    std::string   title{};
    ComponentKind kind     = ComponentKind::earning;
    std::int64_t  payslips = 0;
    Money         amount{};
};

}  // namespace year_to_date

void declare_year_to_date(tessera::Kernel& kernel) {
    using tessera::by_default, tessera::help;
    using year_to_date::Row;
    kernel.report<Row>("payroll.year_to_date", "Pay of the year")
        .help("What each employee was paid of each component: posted runs by their pay date, arrears where they were paid.")
        .needs(see_pay)
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), help("Inclusive"))
        .parameter<Id<Employee>>("employee", help("All when left out"))
        .column("employee", &Row::employee)
        .column("name", &Row::name)
        .column("component", &Row::component)
        .column("title", &Row::title)
        .column("kind", &Row::kind)
        .column("payslips", &Row::payslips)
        .column("amount", &Row::amount)
        .query(R"sql(
            SELECT e.number, e.name, c.code, c.name, l.kind, count(DISTINCT p.id), sum(l.amount)
              FROM payroll_payslip_line l
              JOIN payroll_payslip p ON p.id = l.document
              JOIN payroll_run r ON r.id = p.run
              JOIN payroll_employee e ON e.id = p.employee
              JOIN payroll_component c ON c.id = l.component
             WHERE r.state = 'posted' AND p.pay_date BETWEEN :from AND :to AND p.employee = coalesce(:employee, p.employee)
             GROUP BY e.number, e.name, c.code, c.name, l.kind
             ORDER BY e.number, CASE l.kind WHEN 'earning' THEN 1 WHEN 'deduction' THEN 2 ELSE 3 END, c.code)sql");
}

}  // namespace payroll
