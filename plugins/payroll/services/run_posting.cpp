#include "services/run_posting.h"

#include "services/role_amounts.h"

namespace payroll {

namespace run_posting {

using tessera::Refused;
using tessera::Transaction;

std::string title_of(const Transaction& tx, const std::string& role) {
    for (const auto& one : tx.contributions<financials::AccountRole>())
        if (one.name == role) return one.title;
    return role;
}

std::string memo_of(const Transaction& tx, const RoleOfCentre& of) {
    const auto title = title_of(tx, of.role);
    if (!of.cost_centre) return title;
    const auto centre = tx.load(of.cost_centre);
    return fmt::format("{}, {} {}", title, centre.code, centre.name);
}

Id<financials::Account> account_of(const Transaction& tx, const RoleOfCentre& of) {
    if (of.cost_centre)
        if (const auto own = tx.load(of.cost_centre).expense_account) return own;
    return tx.service<financials::Ledger>().account_of(tx, of.role);
}

financials::Line line_of(const Transaction& tx, const RoleOfCentre& of, Money amount) {
    auto line = financials::signed_line(of.role, amount);
    line.memo = memo_of(tx, of);
    if (of.cost_centre && tx.load(of.cost_centre).expense_account) {
        line.role    = {};
        line.account = account_of(tx, of);
    }
    return line;
}

void refuse_while_arrears_elsewhere(const Transaction& tx, const Run& run) {
    const auto other = tx.value<std::string>(R"sql(
        SELECT p.number FROM payroll_payslip_line l
          JOIN payroll_payslip p ON p.id = l.document
          JOIN payroll_payslip o ON o.id = l.arrears_of
         WHERE o.run = :run AND p.reversed = 0 ORDER BY p.id LIMIT 1)sql",
                                             run.id);
    if (other)
        throw Refused("payroll.arrears_elsewhere", "To reverse {}, take back the later run first: payslip {} has arrears of it.",
                      run.number, *other);
}

}  // namespace run_posting

void post_run(tessera::Transaction& tx, Run& run) {
    using namespace run_posting;
    const auto               amounts = role_amounts(tx, run.id);
    financials::JournalEntry entry{
        .date = run.pay_date, .journal = "payroll", .memo = fmt::format("Payroll run {}", run.number), .source = tx.source_of(run)};
    for (const auto& [of, amount] : amounts) entry.lines.push_back(line_of(tx, of, amount));
    run.entry = tx.service<financials::Ledger>().post(tx, entry);
    for (const auto& [of, amount] : amounts)
        tx.insert(Posting{.run = run.id, .role = of.role, .cost_centre = of.cost_centre, .account = account_of(tx, of), .amount = amount});
    tx.publish(RunPosted{.run = run.id, .number = run.number, .pay_date = run.pay_date, .net = run.net});
}

void reverse_run(tessera::Transaction& tx, Run& run, Date on, const std::string& reason) {
    run_posting::refuse_while_arrears_elsewhere(tx, run);
    auto&      ledger = tx.service<financials::Ledger>();
    const auto day    = ledger.reversal_date(tx, run.pay_date, on);
    if (run.entry) ledger.reverse(tx, run.entry, day, reason);
    for (auto& slip : tx.select<Payslip>("run = :run ORDER BY id", run.id)) {
        slip.reversed = true;
        tx.save(slip);
    }
}

}  // namespace payroll
