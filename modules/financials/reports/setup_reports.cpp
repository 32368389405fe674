// Where the roles of the modules go, and which periods are open.

#include <financials/periods.h>

#include <tessera/kernel.h>
#include <tessera/report.h>

#include <algorithm>
#include <map>

namespace financials {
namespace setup_reports {

struct RoleRow {
    std::string role{};
    std::string title{};
    Kind        kind = Kind::expense;
    std::string account{};
    std::string name{};
};

struct Mapped {
    std::string role{};
    std::string code{};
    std::string name{};
};

void run_roles(const Snapshot&                              snapshot, const tessera::Parameters&,
               const tessera::ReportBuilder<RoleRow>::Emit& emit) {
    std::map<std::string, Mapped> mapped;
    snapshot.each<Mapped>(
        "SELECT m.role, a.code, a.name FROM financials_account_role_mapping m JOIN financials_account a ON a.id = "
        "m.account",
        [&](Mapped& row) { mapped[row.role] = row; });
    auto roles = snapshot.contributions<AccountRole>();
    std::ranges::sort(roles, {}, &AccountRole::name);
    for (const auto& role : roles) {
        const auto it = mapped.find(role.name);
        if (it == mapped.end())
            emit({role.name, role.title, role.kind, {}, "not mapped"});
        else
            emit({role.name, role.title, role.kind, it->second.code, it->second.name});
    }
}

struct PeriodRow {
    std::string      year{};
    std::string      period{};
    Date             starts_on{};
    Date             ends_on{};
    PeriodState      state = PeriodState::open;
    tessera::Instant since{};
    std::string      changed_by{};
    std::string      reason{};
    std::int64_t     period_id = 0;
};

}  // namespace setup_reports

void declare_setup_reports(tessera::Kernel& kernel) {
    using namespace tessera;
    using setup_reports::PeriodRow;
    using setup_reports::RoleRow;
    kernel.report<RoleRow>("financials.account_roles", "Account roles")
        .help(
            "Every role the modules post to and its account. A role that is not mapped is refused when something is "
            "posted to it.")
        .column("role", &RoleRow::role)
        .column("title", &RoleRow::title)
        .column("kind", &RoleRow::kind)
        .column("account", &RoleRow::account, opens("financials.general_ledger", {{"account", "account"}}))
        .column("name", &RoleRow::name)
        .run(setup_reports::run_roles);

    kernel.report<PeriodRow>("financials.periods", "Periods")
        .help("Every period, its state, and who changed it last.")
        .column("year", &PeriodRow::year)
        .column("period", &PeriodRow::period, opens_record("financials.period", "period_id"))
        .column("starts_on", &PeriodRow::starts_on)
        .column("ends_on", &PeriodRow::ends_on)
        .column("state", &PeriodRow::state)
        .column("since", &PeriodRow::since)
        .column("changed_by", &PeriodRow::changed_by)
        .column("reason", &PeriodRow::reason)
        .column("period_id", &PeriodRow::period_id, hidden)
        .query(R"sql(
            SELECT y.name, p.name, p.starts_on, p.ends_on, p.state, c.recorded_at, c.recorded_by, c.reason, p.id
            FROM financials_period p
            JOIN financials_fiscal_year y ON y.starts_on <= p.starts_on AND y.ends_on >= p.ends_on
            LEFT JOIN financials_period_change c ON c.id = (SELECT max(x.id) FROM financials_period_change x WHERE x.period = p.id)
            ORDER BY p.starts_on)sql");
}

}  // namespace financials
