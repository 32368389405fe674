#include "services/payslips.h"

#include "services/history.h"
#include "services/pay.h"

#include <algorithm>
#include <set>

namespace payroll {

namespace payslips {

using tessera::Refused;
using tessera::Transaction;

struct Elsewhere {
    Id<Employee> employee{};
    Date         starts_on{}, ends_on{};
    std::string  number{};
    bool         of_days = false;  // not only arrears
};

std::set<Id<Employee>> paid_elsewhere(const Transaction& tx, const Run& run, const std::vector<Employee>& employees) {
    std::set<Id<Employee>> wanted, paid;
    for (const auto& employee : employees) wanted.insert(employee.id);
    for (const auto& other : tx.rows<Elsewhere>(R"sql(
             SELECT employee, starts_on, ends_on, number, CASE WHEN payment_days > 0 OR base <> 0 THEN 1 ELSE 0 END
               FROM payroll_payslip
              WHERE reversed = 0 AND starts_on <= :last AND ends_on >= :first ORDER BY id)sql",
                                                run.ends_on, run.starts_on)) {
        if (!wanted.contains(other.employee)) continue;
        const bool same_days = other.starts_on == run.starts_on && other.ends_on == run.ends_on;
        if (!same_days && !other.of_days) continue;
        if (!same_days)
            throw Refused("payroll.paid_already", "To calculate {}, choose other days: payslip {} has paid {} from {} to {}.", run.number,
                          other.number, tx.label_of(other.employee), other.starts_on, other.ends_on);
        paid.insert(other.employee);
    }
    return paid;
}

std::vector<Employee> employees_of(const Transaction& tx, const Run& run) {
    auto employees = tx.select<Employee>("hired_on <= :last ORDER BY number", run.ends_on);
    if (run.cost_centre) std::erase_if(employees, [&](const Employee& employee) { return employee.cost_centre != run.cost_centre; });
    return employees;
}

Employed known_of(const Transaction& tx, const Employee& employee) {
    return {.employee    = employee,
            .assignments = tx.select<Assignment>("employee = :employee ORDER BY starts_on", employee.id),
            .leaves      = tx.select<UnpaidLeave>("employee = :employee ORDER BY starts_on", employee.id)};
}

class Maker {
public:
    Maker(Transaction& tx, Run& run)
        : tx_(tx), run_(run), set_up_(read_set_up(tx)), history_(read_history(tx, run)), currency_(tx.books().currency) {}

    // Nothing when there is nothing to pay and nothing to correct.
    std::optional<Payslip> payslip(const Employed& employed) const {
        const auto&  employee = employed.employee;
        const Period period{run_.starts_on, run_.ends_on};
        const auto   pay = pay_of(set_up_, employed, period, run_.pay_date, currency_);
        Payslip      slip{.number      = fmt::format("{}/{}", run_.number, employee.number),
                          .run         = run_.id,
                          .employee    = employee.id,
                          .cost_centre = employee.cost_centre,
                          .starts_on   = run_.starts_on,
                          .ends_on     = run_.ends_on,
                          .pay_date    = run_.pay_date,
                          .period_days = period.days()};
        if (pay) {
            slip.payment_days = pay->days.paid;
            slip.base         = pay->base;
            slip.taxable      = pay->taxable;
            for (const auto& due : pay->lines) slip.lines.push_back(line_of(due.component, due.amount));
        }
        add_up(slip);
        add_or_postpone(arrears_of(employed), slip);
        run_.postponed += slip.postponed;
        if (!pay && slip.lines.empty()) return std::nullopt;
        return slip;
    }

private:
    PayslipLine line_of(Id<Component> id, Money amount, Id<Payslip> arrears_of = {}) const {
        const auto& component = set_up_.component(id).component;
        return {.component = id, .kind = component.kind, .owed_to = component.owed_to, .arrears_of = arrears_of, .amount = amount};
    }

    std::vector<PayslipLine> arrears_of(const Employed& employed) const {
        std::vector<PayslipLine> arrears;
        for (const auto& before : history_.payslips(employed.employee.id)) add_arrears(employed, before, arrears);
        return arrears;
    }
    // What a past period would be paid today, less what was paid for it, component by component.
    void add_arrears(const Employed& employed, const PaidPayslip& before, std::vector<PayslipLine>& arrears) const {
        auto       missing = negated(history_.paid(before.id));
        const auto pay     = pay_of(set_up_, employed, {before.starts_on, before.ends_on}, before.pay_date, currency_);
        if (pay)
            for (const auto& due : pay->lines) missing[due.component] += due.amount;
        for (const auto& [component, amount] : missing)
            if (!amount.is_zero()) arrears.push_back(line_of(component, amount, before.id));
    }
    static std::map<Id<Component>, Money> negated(std::map<Id<Component>, Money> amounts) {
        for (auto& [component, amount] : amounts) amount = -amount;
        return amounts;
    }

    Money net_of(const std::vector<PayslipLine>& lines) const {
        Money net{0, currency_};
        for (const auto& line : lines) {
            if (line.kind == ComponentKind::earning) net += line.amount;
            if (line.kind == ComponentKind::deduction) net -= line.amount;
        }
        return net;
    }
    // Nobody is made to pay for having been paid too much.
    void add_or_postpone(const std::vector<PayslipLine>& arrears, Payslip& slip) const {
        const auto net = net_of(arrears);
        if (net.is_negative() && (slip.net + net).is_negative()) {
            slip.postponed = net;
            return;
        }
        slip.lines.insert(slip.lines.end(), arrears.begin(), arrears.end());
        add_up(slip);
    }

    void add_up(Payslip& slip) const {
        slip.gross = slip.deductions = slip.contributions = Money{0, currency_};
        for (const auto& line : slip.lines) {
            if (line.kind == ComponentKind::earning) slip.gross += line.amount;
            if (line.kind == ComponentKind::deduction) slip.deductions += line.amount;
            if (line.kind == ComponentKind::contribution) slip.contributions += line.amount;
        }
        slip.net = net_of(slip.lines);
    }

    Transaction&      tx_;
    Run&              run_;
    SetUp             set_up_;
    History           history_;
    tessera::Currency currency_{};
};

void clear_totals(const Transaction& tx, Run& run) {
    run.employees = 0;
    run.gross = run.deductions = run.net = run.contributions = run.postponed = tx.books().zero();
}

void add_to_totals(Run& run, const Payslip& slip) {
    ++run.employees;
    run.gross += slip.gross;
    run.deductions += slip.deductions;
    run.net += slip.net;
    run.contributions += slip.contributions;
}

}  // namespace payslips

void remove_payslips(tessera::Transaction& tx, Run& run) {
    for (const auto id : tx.rows<Id<Payslip>>("SELECT id FROM payroll_payslip WHERE run = :run ORDER BY id", run.id)) tx.remove(id);
    tx.write_out();
    payslips::clear_totals(tx, run);
}

void make_payslips(tessera::Transaction& tx, Run& run) {
    remove_payslips(tx, run);
    const auto            employees = payslips::employees_of(tx, run);
    const auto            elsewhere = payslips::paid_elsewhere(tx, run, employees);
    const payslips::Maker maker(tx, run);
    for (const auto& employee : employees) {
        if (elsewhere.contains(employee.id)) continue;
        auto slip = maker.payslip(payslips::known_of(tx, employee));
        if (!slip) continue;
        tx.insert(*slip);
        payslips::add_to_totals(run, *slip);
    }
}

}  // namespace payroll
