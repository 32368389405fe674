//     open --soft_lock--> soft_locked --lock--> locked
//       `---------------- lock ------------------^
//     soft_locked, locked --reopen--> open

#include "workflow/period_change.h"

namespace financials {

void record_period_change(Transaction& tx, const Period& period, const std::string& reason) {
    tx.insert(PeriodChange{
        .period = period.id, .state = period.state, .recorded_at = tx.now(), .user = tx.user().name, .reason = reason});
}

void change_period(Transaction& tx, Period& period, PeriodState state, const std::string& reason) {
    if (period.state == state) return;
    period.state = state;
    tx.save(period);
    record_period_change(tx, period, reason);
}

std::optional<FiscalYear> year_of(const Snapshot& snapshot, Date date) {
    return snapshot.first<FiscalYear>("starts_on <= :date AND ends_on >= :date", date);
}

std::vector<Period> periods_of(const Snapshot& snapshot, const FiscalYear& year) {
    return snapshot.select<Period>("starts_on >= :from AND ends_on <= :to ORDER BY starts_on", year.starts_on,
                                   year.ends_on);
}

namespace period_workflow {

struct Reopening {
    std::string reason{};
    static void describe(tessera::Fields<Reopening>& fields) {
        fields.field("reason", &Reopening::reason, tessera::required,
                     tessera::help("Why the period is reopened; kept for the auditor"));
    }
};

void lock(Transaction& tx, Period& period) { record_period_change(tx, period, tx.reason()); }

void reopen(Transaction& tx, Period& period, const Reopening& input) {
    const auto year = year_of(tx, period.starts_on);
    if (year && year->state == YearState::closed)
        throw tessera::Refused("financials.year_closed",
                               "To reopen period {}, reopen fiscal year {} first: it is closed.", period.name,
                               year->name);
    tx.because(input.reason);
    record_period_change(tx, period, input.reason);
}

}  // namespace period_workflow

void declare_period_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum PeriodState;
    kernel.workflow(&Period::state)
        .transition("soft_lock", open, soft_locked, needs("financials.lock_periods"),
                    explained("Only administrators post from now on."), period_workflow::lock)
        .transition("lock", {open, soft_locked}, locked, needs("financials.lock_periods"), destructive,
                    explained("Nobody posts from now on."), period_workflow::lock)
        .transition("reopen", {soft_locked, locked}, open, needs("financials.lock_periods"), sensitive, period_workflow::reopen);
}

}  // namespace financials
