// Month by month: what customers owe at its end, what was invoiced in it, and how many days of invoicing that is.

#include "reports/sales_days.h"
#include "reports/window.h"
#include "services/kept_balances.h"

#include <tessera/kernel.h>

#include <algorithm>
#include <map>

namespace financials {
namespace days_sales_outstanding_report {

struct DaysRow {
    std::string       month{};
    Date              starts_on{};
    Date              ends_on{};
    Money             receivables{};
    Money             invoiced{};
    tessera::Quantity days{};
};

struct InvoicedDay {
    Date  date{};
    Money amount{};
};

// By the first day of each month.
std::map<Date, Money> invoiced_by_month(const Snapshot& snapshot, const Window& window) {
    std::map<Date, Money> months;
    snapshot.each<InvoicedDay>(R"sql(
        SELECT date, sum(book_amount) FROM financials_open_item
        WHERE side = 'receivable' AND kind <> 'payment' AND date <= :to AND id < :first_unknown GROUP BY date ORDER BY date)sql",
                               [&](const InvoicedDay& day) { months[day.date.first_of_month()] += day.amount; }, window.to,
                               window.known.first_unknown_item);
    return months;
}

Money receivables_at(const Snapshot& snapshot, Date day, const KnownAt& known) {
    auto sum = snapshot.books().zero();
    for (const auto account : snapshot.rows<Id<Account>>("SELECT id FROM financials_account WHERE control = 'receivables' ORDER BY id"))
        sum += balance_until(snapshot, account, day, known);
    return sum;
}

// Newest first, every month back to the first that was invoiced.
std::vector<InvoicedMonth> back_from(const std::map<Date, Money>& invoiced, Date last, Money zero) {
    std::vector<InvoicedMonth> months;
    if (invoiced.empty()) return months;
    for (auto end = last; end >= invoiced.begin()->first; end = end.first_of_month().plus_days(-1)) {
        const auto found = invoiced.find(end.first_of_month());
        months.push_back({found == invoiced.end() ? zero : found->second, end - end.first_of_month() + 1});
    }
    return months;
}

void run(const Snapshot& snapshot, const tessera::Parameters& parameters, const tessera::ReportBuilder<DaysRow>::Emit& emit) {
    const auto window   = window_of(snapshot, parameters);
    const auto invoiced = invoiced_by_month(snapshot, window);
    const auto zero     = snapshot.books().zero();
    for (auto start = window.from.first_of_month(); start <= window.to; start = start.plus_months(1)) {
        const auto end    = std::min(start.last_of_month(), window.to);
        const auto months = back_from(invoiced, end, zero);
        const auto owed   = receivables_at(snapshot, end, window.known);
        emit({start.str().substr(0, 7), start, end, owed, months.empty() ? zero : months.front().invoiced,
              days_sales_outstanding(owed, months)});
    }
}

}  // namespace days_sales_outstanding_report

void declare_days_sales_outstanding(tessera::Kernel& kernel) {
    using namespace tessera;
    using days_sales_outstanding_report::DaysRow;
    auto&& report = kernel.report<DaysRow>("financials.days_sales_outstanding", "Days sales outstanding");
    report.help(
        "How many days of invoicing customers owe at the end of each month, by the count-back method: what they owe is traced back "
        "through what was invoiced, the newest month first; the oldest month needed counts in proportion.");
    with_window(std::move(report))
        .column("month", &DaysRow::month)
        .column("starts_on", &DaysRow::starts_on, hidden)
        .column("ends_on", &DaysRow::ends_on)
        .column("receivables", &DaysRow::receivables,
                opens("financials.receivable_items", {{"as_of", "ends_on"}, {"known_at", ":known_at"}}),
                meaning("On the receivables accounts at the end of the month"))
        .column("invoiced", &DaysRow::invoiced, total,
                opens("financials.invoiced", {{"from", "starts_on"}, {"to", "ends_on"}, {"known_at", ":known_at"}}),
                meaning("In the month, with tax, less credit notes"))
        .column("days", &DaysRow::days, opens("financials.receivables_ageing", {{"as_of", "ends_on"}, {"known_at", ":known_at"}}))
        .run(days_sales_outstanding_report::run);
}

}  // namespace financials
