#include <crm/opportunity.h>

#include "declare.h"
#include "reports/in_books.h"

#include <algorithm>
#include <map>

namespace crm {

using tessera::Parameters;

namespace outcomes_report {

enum class By { reason, competitor, source, owner, pipeline, country };
constexpr auto names_of(By) { return tessera::names("reason", "competitor", "source", "owner", "pipeline", "country"); }

struct Row {
    std::string  group{};
    std::int64_t won = 0;
    Money        won_amount{};
    std::int64_t lost = 0;
    Money        lost_amount{};
    Percent      win_rate{};
};

struct Part {
    std::string      reason{}, competitor{}, source{}, owner{}, pipeline{}, country{};
    OpportunityState state = OpportunityState::won;
    std::int64_t     cases = 0;
    Date             closed_on{};
    Currency         currency{};
    Money            amount{};
};

constexpr auto query = R"sql(
    SELECT r.name, c.name, o.source, e.name, p.name, o.country, o.state, count(o.id), max(o.closed_on), o.currency, sum(o.amount)
      FROM crm_opportunity o
      JOIN crm_pipeline p ON p.id = o.pipeline
      LEFT JOIN crm_lost_reason r ON r.id = o.lost_reason
      LEFT JOIN crm_competitor c ON c.id = o.competitor
      LEFT JOIN directory_employee e ON e.id = o.owner
     WHERE o.state <> 'open' AND (:from IS NULL OR o.closed_on >= :from) AND (:to IS NULL OR o.closed_on <= :to)
     GROUP BY r.name, c.name, o.source, e.name, p.name, o.country, o.state, o.currency, CASE WHEN o.currency = :currency THEN NULL ELSE o.closed_on END)sql";

const std::string& group_of(const Part& part, By by) {
    switch (by) {
        case By::reason: return part.reason;
        case By::competitor: return part.competitor;
        case By::source: return part.source;
        case By::owner: return part.owner;
        case By::pipeline: return part.pipeline;
        case By::country: return part.country;
    }
    return part.reason;
}

void add(const Snapshot& tx, Row& row, const Part& part) {
    const auto amount = in_books(tx, part.amount, part.closed_on);
    const bool won    = part.state == OpportunityState::won;
    (won ? row.won : row.lost) += part.cases;
    (won ? row.won_amount : row.lost_amount) += amount;
}

void answer(const Snapshot& tx, const Parameters& p, const std::function<void(const Row&)>& emit) {
    const auto                 by = p.choice<By>("by").value_or(By::reason);
    std::map<std::string, Row> groups;
    tx.each<Part>(query, [&](const Part& part) {
        const auto& name = group_of(part, by);
        auto&       row  = groups.try_emplace(name, Row{.group = name, .won_amount = tx.books().zero(), .lost_amount = tx.books().zero()}).first->second;
        add(tx, row, part);
    }, p.date("from"), p.date("to"), tx.books().currency);
    std::vector<Row> rows;
    for (auto& [name, row] : groups) {
        row.win_rate = percent_of_whole(row.won, row.won + row.lost);
        rows.push_back(std::move(row));
    }
    std::ranges::stable_sort(rows, [](const Row& a, const Row& b) { return a.lost_amount != b.lost_amount ? a.lost_amount > b.lost_amount : a.won_amount > b.won_amount; });
    for (const auto& row : rows) emit(row);
}

}  // namespace outcomes_report

void declare_outcomes_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using outcomes_report::By, outcomes_report::Row;
    kernel.report<Row>("crm.outcomes", "Won and lost")
        .help("What was won and lost, by the reason, the competitor, the source, the owner, the pipeline or the country; the most lost first, in the books' currency")
        .parameter<By>("by", by_default("reason"))
        .parameter<Date>("from", tessera::help("First day of closing"))
        .parameter<Date>("to", tessera::help("Last day of closing"))
        .column("group", &Row::group, titled("By"))
        .column("won", &Row::won, total)
        .column("won_amount", &Row::won_amount, total)
        .column("lost", &Row::lost, total)
        .column("lost_amount", &Row::lost_amount, total)
        .column("win_rate", &Row::win_rate, meaning("Won of all that were decided, in percent"))
        .run(outcomes_report::answer);
}

}  // namespace crm
