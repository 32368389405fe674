// The payslip as the employee gets it: tessera report payroll.payslip --payslip PR-2026-00001/E1 --format pdf

#include "declare.h"

#include <payroll/run.h>

#include <map>

namespace payroll {

namespace payslip_report {

using tessera::Snapshot;

struct Row {
    std::string          section{};
    std::string          heading{};  // the section, in its first row
    std::string          item{};
    std::string          detail{};
    std::optional<Money> amount{};
    std::optional<Money> year_to_date{};
};
using Emit = std::function<void(const Row&)>;

struct ComponentSum {
    Id<Component> component{};
    Money         amount{};
};
using Sums = std::map<Id<Component>, Money>;

// What counts for a year: what was posted until the pay date, and this payslip whether it is posted or not.
Sums year_to_date(const Snapshot& tx, const Payslip& slip) {
    Sums sums;
    for (const auto& sum : tx.rows<ComponentSum>(R"sql(
             SELECT l.component, sum(l.amount)
               FROM payroll_payslip_line l JOIN payroll_payslip p ON p.id = l.document JOIN payroll_run r ON r.id = p.run
              WHERE p.employee = :employee AND p.pay_date BETWEEN :first AND :last
                AND p.reversed = 0 AND (r.state = 'posted' OR p.id = :payslip)
              GROUP BY l.component)sql",
                                                 slip.employee, Date(slip.pay_date.year(), 1, 1), slip.pay_date, slip.id))
        sums.emplace(sum.component, sum.amount);
    return sums;
}

Money sum_of(const Snapshot& tx, const Sums& sums, ComponentKind kind) {
    auto total = tx.books().zero();
    for (const auto& [id, amount] : sums)
        if (tx.load(id).kind == kind) total += amount;
    return total;
}

void emit_heading(const Snapshot& tx, const Payslip& slip, const Emit& emit) {
    const auto employee = tx.load(slip.employee);
    const auto centre   = tx.load(slip.cost_centre);
    const auto fact     = [&](std::string item, std::string detail) {
        emit({.section = "Employee", .item = std::move(item), .detail = std::move(detail)});
    };
    fact("Name", fmt::format("{} ({})", employee.name, employee.number));
    fact("Cost centre", fmt::format("{} {}", centre.code, centre.name));
    fact("Period", fmt::format("{} to {}", slip.starts_on, slip.ends_on));
    fact("Paid on", slip.pay_date.str());
    fact("Days paid", fmt::format("{} of {}", slip.payment_days, slip.period_days));
    if (employee.bank_account) fact("Paid to", tx.load(employee.bank_account).account_number);
    if (slip.reversed) fact("State", "Reversed: this was not paid, or was paid back");
}

void emit_lines(const Snapshot& tx, const Payslip& slip, ComponentKind kind, std::string section, Sums& sums, const Emit& emit) {
    for (const auto& line : slip.lines) {
        if (line.kind != kind) continue;
        Row row{.section = section, .item = tx.load(line.component).name, .amount = line.amount};
        if (line.arrears_of) {
            const auto before = tx.load(line.arrears_of);
            row.detail        = fmt::format("Arrears {} to {}", before.starts_on, before.ends_on);
        }
        if (const auto year = sums.find(line.component); year != sums.end()) {
            row.year_to_date = year->second;
            sums.erase(year);  // once for each component
        }
        emit(row);
    }
}

Emit with_headings(const Emit& emit) {
    return [&emit, before = std::string()](Row row) mutable {
        if (row.section != before) row.heading = before = row.section;
        emit(row);
    };
}

void run(const Snapshot& tx, const tessera::Parameters& parameters, const Emit& out) {
    const auto emit  = with_headings(out);
    const auto slip  = tx.load(parameters.reference<Payslip>("payslip"));
    const auto sums  = year_to_date(tx, slip);
    auto       left  = sums;
    const auto gross = sum_of(tx, sums, ComponentKind::earning), deductions = sum_of(tx, sums, ComponentKind::deduction);
    emit_heading(tx, slip, emit);
    emit_lines(tx, slip, ComponentKind::earning, "Earnings", left, emit);
    emit({.section = "Earnings", .item = "Gross pay", .amount = slip.gross, .year_to_date = gross});
    emit_lines(tx, slip, ComponentKind::deduction, "Deductions", left, emit);
    emit({.section = "Deductions", .item = "All deductions", .amount = slip.deductions, .year_to_date = deductions});
    emit({.section      = "Net pay",
          .item         = "Paid to you",
          .detail       = std::string(slip.net.currency().code()),
          .amount       = slip.net,
          .year_to_date = gross - deductions});
    if (!slip.postponed.is_zero()) emit({.section = "Net pay", .item = "To be taken off later", .amount = slip.postponed});
    emit_lines(tx, slip, ComponentKind::contribution, "Paid by us on top", left, emit);
}

}  // namespace payslip_report

void declare_payslip_report(tessera::Kernel& kernel) {
    using payslip_report::Row;
    kernel.report<Row>("payroll.payslip", "Payslip")
        .help("The payslip of an employee for a period, with the sums of the year until its pay date.")
        .needs(see_pay)
        .parameter<Id<Payslip>>("payslip", tessera::required)
        .column("section", &Row::section, tessera::hidden)
        .column("heading", &Row::heading, tessera::titled(" "))
        .column("item", &Row::item)
        .column("detail", &Row::detail)
        .column("amount", &Row::amount)
        .column("year_to_date", &Row::year_to_date, tessera::meaning("Of the calendar year, until this pay date; once for each component"))
        .run(payslip_report::run);
}

}  // namespace payroll
