// Fiscal years and their periods.

#include "services/period_calendar.h"
#include "services/setup.h"

namespace financials {
namespace fiscal_year {

using tessera::Refused;

void check_unchanged(const FiscalYear& before, const FiscalYear& year) {
    if (before.starts_on == year.starts_on && before.ends_on == year.ends_on) return;
    throw Refused(
        "financials.year_fixed",
        "To change the days of fiscal year {}, delete it and create another; a year with entries keeps its days.",
        before.name);
}

void check_apart(const Transaction& tx, const FiscalYear& year) {
    const auto other = tx.value<std::string>(
        "SELECT name FROM financials_fiscal_year WHERE starts_on <= :ends_on AND ends_on >= :starts_on", year.ends_on,
        year.starts_on);
    if (other)
        throw Refused("financials.years_overlap",
                      "To create a fiscal year from {} to {}, choose days outside fiscal year {}.", year.starts_on,
                      year.ends_on, *other)
            .with_status(422)
            .with_field("starts_on");
}

// A new year brings its periods; they belong to it by their days.
void complete(Transaction& tx, FiscalYear& year) {
    if (year.starts_on.empty()) return;  // the kernel demands it
    year.ends_on = year_end(year.starts_on);
    if (year.name.empty()) year.name = year_name(year.starts_on);
    setup_changed(tx);
    if (const auto before = tx.find(year.id)) return check_unchanged(*before, year);
    check_apart(tx, year);
    for (auto& period : monthly_periods(year.starts_on)) tx.insert(period);
}

void check_removal(Transaction& tx, const FiscalYear& year) {
    const auto used =
        tx.value<std::string>("SELECT number FROM financials_journal_entry WHERE date >= :from AND date <= :to LIMIT 1",
                              year.starts_on, year.ends_on);
    if (used)
        throw Refused("financials.year_in_use", "To delete fiscal year {}, choose one without entries; {} lies in it.",
                      year.name, *used);
    const auto changed = tx.value<std::string>(
        R"sql(SELECT p.name FROM financials_period_change c JOIN financials_period p ON p.id = c.period
              WHERE p.starts_on >= :from AND p.ends_on <= :to LIMIT 1)sql",
        year.starts_on, year.ends_on);
    if (changed)
        throw Refused("financials.year_in_use",
                      "To delete fiscal year {}, choose one whose periods were never locked; {} was.", year.name,
                      *changed);
    for (const auto id :
         tx.rows<Id<Period>>("SELECT id FROM financials_period WHERE starts_on >= :from AND ends_on <= :to",
                             year.starts_on, year.ends_on))
        tx.remove(id);
    setup_changed(tx);
}

void period_changes(Transaction& tx, Period&) { setup_changed(tx); }

}  // namespace fiscal_year

void declare_fiscal_years(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<FiscalYear>("financials.fiscal_year", "Fiscal year")
        .help("Twelve months with their periods. Nothing can be posted on a day outside all fiscal years.")
        .menu(Menu::setup)
        .field("name", &FiscalYear::name, unique, searchable, longest(40), help("Made from its days when left out"))
        .field("starts_on", &FiscalYear::starts_on, required, unique)
        .field("ends_on", &FiscalYear::ends_on, read_only)
        .field("state", &FiscalYear::state, read_only)
        .field("closing_entry", &FiscalYear::closing_entry, read_only)
        .display("name")
        .editable_while(YearState::open)
        .needs("financials.set_up")
        .validate(fiscal_year::complete)
        .before_remove(fiscal_year::check_removal);

    kernel.entity<Period>("financials.period", "Period")
        .help("A month of a fiscal year. Soft-locked: only administrators post. Locked: nobody does.")
        .menu(Menu::setup)
        .field("name", &Period::name, read_only, unique, searchable)
        .field("starts_on", &Period::starts_on, read_only, unique)
        .field("ends_on", &Period::ends_on, read_only)
        .field("state", &Period::state, read_only)
        .display("name")
        .made_by_commands()
        .validate(fiscal_year::period_changes);

    kernel.entity<PeriodChange>("financials.period_change", "Period change")
        .help("Who locked and reopened which period, when and why.")
        .menu(Menu::ledgers)
        .field("period", &PeriodChange::period, required, indexed)
        .field("state", &PeriodChange::state)
        .field("recorded_at", &PeriodChange::recorded_at)
        .field("recorded_by", &PeriodChange::user)
        .field("reason", &PeriodChange::reason)
        .append_only();
}

}  // namespace financials
