// What `tessera verify` proves from the payslips' lines and the ledger's entries themselves, never from sums that somebody kept.

#include "declare.h"
#include "services/role_amounts.h"

#include <payroll/run.h>

namespace payroll {

namespace payroll_checks {

using tessera::Finding;
using tessera::Snapshot;
using Report = std::function<void(Finding)>;

struct PostedRun {
    Id<Run>                     id{};
    std::string                 number{};
    Id<financials::PostedEntry> entry{};
    RunState                    state = RunState::posted;
};

RoleAmounts posted_by_role(const Snapshot& tx, Id<Run> run) {
    RoleAmounts amounts;
    for (const auto& posting : tx.select<Posting>("run = :run ORDER BY id", run))
        amounts[{posting.role, posting.cost_centre}] += posting.amount;
    return amounts;
}

Money amount_or_zero(const Snapshot& tx, const RoleAmounts& amounts, const RoleOfCentre& of) {
    const auto found = amounts.find(of);
    return found == amounts.end() ? tx.books().zero() : found->second;
}

void compare_roles(const Snapshot& tx, const PostedRun& run, const Report& report) {
    const auto said = role_amounts(tx, run.id), posted = posted_by_role(tx, run.id);
    auto       all = said;
    all.insert(posted.begin(), posted.end());
    for (const auto& [of, ignored] : all) {
        const auto expected = amount_or_zero(tx, said, of), found = amount_or_zero(tx, posted, of);
        if (expected != found) report({fmt::format("{} of payroll run {}", of.role, run.number), expected.str(), found.str()});
    }
}

struct AccountDifference {
    Id<financials::Account> account{};
    Money                   expected{}, found{};
};

void compare_accounts(const Snapshot& tx, const PostedRun& run, const Report& report) {
    for (const auto& one : tx.rows<AccountDifference>(R"sql(
             SELECT account, sum(expected), sum(found)
               FROM (SELECT account, amount AS expected, 0 AS found FROM payroll_posting WHERE run = :run
                     UNION ALL
                     SELECT account, 0 AS expected, amount AS found FROM financials_journal_line WHERE entry = :entry) AS compared
              GROUP BY account HAVING sum(expected) <> sum(found) ORDER BY account)sql",
                                                      run.id, run.entry))
        report({fmt::format("account {} in payroll run {}", tx.label_of(one.account), run.number), one.expected.str(), one.found.str()});
}

void compare_reversal(const Snapshot& tx, const PostedRun& run, const Report& report) {
    const bool reversed = tx.value<std::int64_t>("SELECT id FROM financials_journal_entry WHERE reverses = :entry", run.entry).has_value();
    if (reversed != (run.state == RunState::reversed))
        report({"entry of payroll run " + run.number, std::string(tessera::name_of(run.state)),
                reversed ? "reversed in the ledger" : "not reversed in the ledger"});
}

void prove_ledger(const Snapshot& tx, const Report& report) {
    for (const auto& run : tx.rows<PostedRun>(
             "SELECT id, number, entry, state FROM payroll_run WHERE state IN ('posted', 'reversed') AND entry IS NOT NULL ORDER BY id")) {
        compare_roles(tx, run, report);
        compare_accounts(tx, run, report);
        compare_reversal(tx, run, report);
    }
}

struct Sums {
    std::string number{};
    Money       gross{}, deductions{}, net{}, contributions{};
    Money       gross_of_parts{}, deductions_of_parts{}, contributions_of_parts{};
};

void compare_sums(const Sums& s, std::string_view what, const Report& report) {
    const auto text = [](Money gross, Money deductions, Money net, Money contributions) {
        return fmt::format("{} - {} = {}, contributions {}", gross, deductions, net, contributions);
    };
    const auto expected = text(s.gross_of_parts, s.deductions_of_parts, s.gross_of_parts - s.deductions_of_parts, s.contributions_of_parts);
    const auto found    = text(s.gross, s.deductions, s.net, s.contributions);
    if (expected != found) report({fmt::format("{} {}", what, s.number), expected, found});
}

void prove_totals(const Snapshot& tx, const Report& report) {
    for (const auto& payslip : tx.rows<Sums>(R"sql(
             SELECT p.number, p.gross, p.deductions, p.net, p.contributions,
                    coalesce(sum(CASE WHEN l.kind = 'earning' THEN l.amount ELSE 0 END), 0),
                    coalesce(sum(CASE WHEN l.kind = 'deduction' THEN l.amount ELSE 0 END), 0),
                    coalesce(sum(CASE WHEN l.kind = 'contribution' THEN l.amount ELSE 0 END), 0)
               FROM payroll_payslip p LEFT JOIN payroll_payslip_line l ON l.document = p.id
              GROUP BY p.id, p.number, p.gross, p.deductions, p.net, p.contributions ORDER BY p.id)sql"))
        compare_sums(payslip, "payslip", report);
    for (const auto& run : tx.rows<Sums>(R"sql(
             SELECT r.number, r.gross, r.deductions, r.net, r.contributions,
                    coalesce(sum(p.gross), 0), coalesce(sum(p.deductions), 0), coalesce(sum(p.contributions), 0)
               FROM payroll_run r LEFT JOIN payroll_payslip p ON p.run = r.id
              GROUP BY r.id, r.number, r.gross, r.deductions, r.net, r.contributions ORDER BY r.id)sql"))
        compare_sums(run, "payroll run", report);
}

}  // namespace payroll_checks

void declare_checks(tessera::Kernel& kernel) {
    kernel.check("payroll.ledger", "The ledger has of each payroll run what its payslips say, role by role", payroll_checks::prove_ledger);
    kernel.check("payroll.totals", "Payslips add up to their runs, and their lines to payslips", payroll_checks::prove_totals);
}

}  // namespace payroll
