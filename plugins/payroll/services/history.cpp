#include "services/history.h"

namespace payroll {

namespace history {

struct Sum {
    Id<Payslip>   payslip{};
    Id<Component> component{};
    Money         amount{};
};

template <class Key, class Value>
const Value& found_or_none(const std::map<Key, Value>& all, const Key& key) {
    static const Value none{};
    const auto         found = all.find(key);
    return found == all.end() ? none : found->second;
}

}  // namespace history

const std::vector<PaidPayslip>& History::payslips(Id<Employee> employee) const { return history::found_or_none(payslips_, employee); }

const std::map<Id<Component>, Money>& History::paid(Id<Payslip> payslip) const { return history::found_or_none(paid_, payslip); }

History read_history(const tessera::Snapshot& tx, const Run& run) {
    History h;
    for (const auto& payslip : tx.rows<PaidPayslip>(R"sql(
             SELECT p.id, p.employee, p.starts_on, p.ends_on, p.pay_date
               FROM payroll_payslip p JOIN payroll_run r ON r.id = p.run
              WHERE p.reversed = 0 AND r.state = 'posted' AND p.ends_on < :start
              ORDER BY p.starts_on, p.id)sql",
                                                    run.starts_on))
        h.payslips_[payslip.employee].push_back(payslip);
    tx.each<history::Sum>(R"sql(
             SELECT coalesce(l.arrears_of, p.id) AS payslip, l.component, sum(l.amount)
               FROM payroll_payslip_line l JOIN payroll_payslip p ON p.id = l.document
              WHERE p.reversed = 0
              GROUP BY coalesce(l.arrears_of, p.id), l.component)sql",
                          [&](const history::Sum& sum) { h.paid_[sum.payslip].emplace(sum.component, sum.amount); });
    return h;
}

}  // namespace payroll
