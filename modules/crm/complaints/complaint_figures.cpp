// What complaints cost, and how quickly they are answered and resolved.
#include <crm/complaints.h>

#include "complaints/declare.h"
#include "follow_ups/working_days.h"

#include <algorithm>
#include <map>

namespace crm {

namespace complaint_figures {

using tessera::Parameters;

enum class CostBy { reason, product, customer, kind };
constexpr auto names_of(CostBy) { return tessera::names("reason", "product", "customer", "kind"); }

struct CostRow {
    std::string  name{};
    std::int64_t complaints = 0;
    Money        cost{}, per_complaint{};
};
struct Cost {
    std::int64_t complaint = 0;
    std::string  reason{}, product{}, party{}, customer{};
    CostKind     kind{};
    Money        amount{};
};
constexpr auto cost_sql = R"sql(
    SELECT c.id, r.name, g.name, p.name, c.customer, k.kind, k.amount
      FROM crm_complaint_cost k
      JOIN crm_complaint c ON c.id = k.complaint
      LEFT JOIN crm_complaint_reason r ON r.id = c.reason
      LEFT JOIN catalog_product g ON g.id = c.product
      LEFT JOIN directory_party p ON p.id = c.party
     WHERE k.state = 'posted' AND k.date BETWEEN :from AND :to
     ORDER BY k.id)sql";

std::string name_by(const Cost& cost, CostBy by) {
    const auto named = [](const std::string& name, const char* otherwise) { return name.empty() ? otherwise : name; };
    switch (by) {
        case CostBy::reason: return named(cost.reason, "no reason yet");
        case CostBy::product: return named(cost.product, "no product");
        case CostBy::customer: return named(cost.party, cost.customer.c_str());
        case CostBy::kind: return std::string(tessera::name_of(cost.kind));
    }
    return {};
}

void costs(const Snapshot& tx, const Parameters& parameters, const std::function<void(const CostRow&)>& emit) {
    struct Sum {
        std::map<std::int64_t, bool> complaints{};
        Money                        cost{};
    };
    const auto                 by = parameters.choice<CostBy>("by").value_or(CostBy::reason);
    std::map<std::string, Sum> sums;
    tx.each<Cost>(cost_sql, [&](const Cost& cost) {
        auto& sum = sums[name_by(cost, by)];
        sum.complaints[cost.complaint] = true;
        sum.cost += cost.amount;
    }, parameters.date("from"), parameters.date("to"));
    std::vector<CostRow> rows;
    for (const auto& [name, sum] : sums) {
        const auto count = static_cast<std::int64_t>(sum.complaints.size());
        rows.push_back({name, count, sum.cost, Money{tessera::divide(sum.cost.minor(), count), sum.cost.currency()}});
    }
    std::ranges::stable_sort(rows, [](const CostRow& a, const CostRow& b) { return a.cost > b.cost; });
    for (const auto& row : rows) emit(row);
}

struct TimesRow {
    std::string                 reason{};
    std::int64_t                complaints = 0, answered = 0, resolved = 0;
    std::optional<Percent>      answered_in_time{}, resolved_in_time{};
    std::optional<std::int64_t> median_answer_days{}, median_resolution_days{};
    std::int64_t                reopened = 0;
};
struct Times {
    std::string  reason{};
    Date         registered_on{}, answer_due{}, answered_on{}, resolution_due{}, resolved_on{};
    std::int64_t reopened = 0;
};
struct Measured {
    std::vector<std::int64_t> answer_days{}, resolution_days{};
    std::int64_t              complaints = 0, answers_in_time = 0, resolutions_in_time = 0, reopened = 0;
};

// The lower of the two in the middle, so that it is a number of days that there was.
std::optional<std::int64_t> median(std::vector<std::int64_t> days) {
    if (days.empty()) return std::nullopt;
    const auto middle = days.begin() + static_cast<std::ptrdiff_t>((days.size() - 1) / 2);
    std::ranges::nth_element(days, middle);
    return *middle;
}

std::optional<Percent> share(std::int64_t part, std::size_t whole) {
    if (whole == 0) return std::nullopt;
    return Percent::raw(tessera::divide(tessera::Wide{part} * 1'000, static_cast<std::int64_t>(whole)) * 100'000);
}

void measure(Measured& m, const Times& times, const WorkingDays& calendar) {
    ++m.complaints;
    m.reopened += times.reopened > 0;
    if (!times.answered_on.empty()) {
        m.answer_days.push_back(calendar.between(times.registered_on, times.answered_on));
        m.answers_in_time += times.answered_on <= times.answer_due;
    }
    if (!times.resolved_on.empty()) {
        m.resolution_days.push_back(calendar.between(times.registered_on, times.resolved_on));
        m.resolutions_in_time += times.resolved_on <= times.resolution_due;
    }
}

void times(const Snapshot& tx, const Parameters& parameters, const std::function<void(const TimesRow&)>& emit) {
    const WorkingDays               calendar(tx);
    std::map<std::string, Measured> reasons;
    tx.each<Times>(R"sql(
        SELECT r.name, c.registered_on, c.answer_due, c.answered_on, c.resolution_due, c.resolved_on, c.reopened
          FROM crm_complaint c LEFT JOIN crm_complaint_reason r ON r.id = c.reason
         WHERE c.registered_on BETWEEN :from AND :to)sql",
                   [&](const Times& one) { measure(reasons[one.reason.empty() ? "no reason yet" : one.reason], one, calendar); }, parameters.date("from"), parameters.date("to"));
    for (const auto& [reason, m] : reasons)
        emit({reason, m.complaints, static_cast<std::int64_t>(m.answer_days.size()), static_cast<std::int64_t>(m.resolution_days.size()),
              share(m.answers_in_time, m.answer_days.size()), share(m.resolutions_in_time, m.resolution_days.size()), median(m.answer_days), median(m.resolution_days), m.reopened});
}

void declare_costs(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<CostRow>("crm.complaint_costs", "Cost of complaints")
        .help("What complaints have cost, from their posted costs: by reason, product, customer or kind of cost; the dearest first")
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), tessera::help("Inclusive"))
        .parameter<CostBy>("by", by_default("reason"))
        .column("name", &CostRow::name)
        .column("complaints", &CostRow::complaints, total)
        .column("cost", &CostRow::cost, total)
        .column("per_complaint", &CostRow::per_complaint)
        .run(costs);
}

void declare_times(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<TimesRow>("crm.complaint_times", "Times of complaints")
        .help("How quickly complaints of a span of days were answered and resolved, in working days, and how many in time")
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), tessera::help("Inclusive"))
        .column("reason", &TimesRow::reason)
        .column("complaints", &TimesRow::complaints, total)
        .column("answered", &TimesRow::answered, total)
        .column("resolved", &TimesRow::resolved, total)
        .column("answered_in_time", &TimesRow::answered_in_time, meaning("In percent of those answered"))
        .column("resolved_in_time", &TimesRow::resolved_in_time, meaning("In percent of those resolved"))
        .column("median_answer_days", &TimesRow::median_answer_days)
        .column("median_resolution_days", &TimesRow::median_resolution_days)
        .column("reopened", &TimesRow::reopened, total)
        .run(times);
}

}  // namespace complaint_figures

void declare_complaint_figures(tessera::Kernel& kernel) {
    complaint_figures::declare_costs(kernel);
    complaint_figures::declare_times(kernel);
}

}  // namespace crm
