// Proven from the entries up: a complaint costs what was booked for it.
#include <crm/complaints.h>

#include "complaints/declare.h"

namespace crm {

namespace complaint_checks {

using tessera::Finding;

struct Sum {
    std::string number{};
    Money       stands{}, booked{};
};

void costs(const Snapshot& tx, const std::function<void(Finding)>& found) {
    tx.each<Sum>(R"sql(
        SELECT c.number, c.cost, coalesce(sum(CASE WHEN k.state = 'posted' THEN l.amount END), 0)
          FROM crm_complaint c
          LEFT JOIN crm_complaint_cost k ON k.complaint = c.id
          LEFT JOIN financials_journal_line l ON l.entry = k.entry AND l.amount > 0
         GROUP BY c.id, c.number, c.cost
        HAVING c.cost <> coalesce(sum(CASE WHEN k.state = 'posted' THEN l.amount END), 0))sql",
                 [&](const Sum& sum) { found({"complaint " + sum.number, sum.booked.str(), sum.stands.str()}); });
}

}  // namespace complaint_checks

void declare_complaint_checks(tessera::Kernel& kernel) { kernel.check("crm.complaint_costs", "Every complaint costs what was booked for it", complaint_checks::costs); }

}  // namespace crm
