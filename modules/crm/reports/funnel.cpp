#include <crm/opportunity.h>

#include "declare.h"
#include "reports/in_books.h"
#include "services/stage_gate.h"
#include "services/stage_history.h"

#include <algorithm>
#include <map>

namespace crm {

using tessera::Parameters;

namespace funnel_report {

struct Row {
    std::string  stage{};
    std::int64_t standing = 0;
    Money        amount{};
    Money        weighted{};
    std::int64_t reached = 0;
    Percent      conversion{};
    std::int64_t won = 0, lost = 0;
    std::int64_t stage_id = 0;
    Date         as_of{};
};

// What stands on the day, and how far each opportunity has ever come until then.
struct Standing {
    std::int64_t     position = 0;
    OpportunityState state    = OpportunityState::open;
    Percent          probability{};
    Currency         currency{};
    Money            amount{};
    std::int64_t     furthest = 0;
};

const std::string query = fmt::format(R"sql(
    SELECT e.position, e.state, e.probability, e.currency, e.amount,
           (SELECT max(b.position) FROM crm_stage_entry b WHERE b.opportunity = e.opportunity AND b.id <= e.id)
      FROM {} n JOIN crm_stage_entry e ON e.id = n.entry
     WHERE e.pipeline = :pipeline)sql",
                                      standing_entries);

void count(const Snapshot& tx, std::vector<Row>& rows, const std::vector<Stage>& stages, const Standing& s, Date as_of) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto&      row   = rows[i];
        const bool here  = stages[i].position == s.position;
        const bool there = s.state == OpportunityState::won || stages[i].position <= s.furthest;
        row.reached += there;
        if (!here) continue;
        row.won += s.state == OpportunityState::won;
        row.lost += s.state == OpportunityState::lost;
        if (s.state != OpportunityState::open) continue;
        const auto amount = in_books(tx, s.amount, as_of);
        ++row.standing;
        row.amount += amount;
        row.weighted += tessera::percent_of(amount, s.probability);
    }
}

void answer(const Snapshot& tx, const Parameters& p, const std::function<void(const Row&)>& emit) {
    const auto       pipeline = p.given("pipeline") ? p.reference<Pipeline>("pipeline") : usual_pipeline(tx);
    const auto       as_of    = p.date("as_of");
    const auto       stages   = stages_of(tx, pipeline);
    std::vector<Row> rows;
    for (const auto& stage : stages) rows.push_back({.stage = stage.name, .amount = tx.books().zero(), .weighted = tx.books().zero(), .stage_id = stage.id.value, .as_of = as_of});
    tx.each<Standing>(query, [&](const Standing& s) { count(tx, rows, stages, s, as_of); }, as_of, p.instant("known_at"), pipeline);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].conversion = percent_of_whole(rows[i].reached, i ? rows[i - 1].reached : rows[i].reached);
        emit(rows[i]);
    }
}

}  // namespace funnel_report

void declare_funnel(tessera::Kernel& kernel) {
    using namespace tessera;
    using funnel_report::Row;
    kernel.report<Row>("crm.funnel", "Sales funnel")
        .help("What stood at each stage on a day, what it was worth in the books' currency, and how many ever came that far. Worked out from what was recorded, for any past day")
        .parameter<Id<Pipeline>>("pipeline", tessera::help("The first one when left out"))
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Instant>("known_at", tessera::help("As it was recorded then; now when left out"))
        .column("stage", &Row::stage, opens("crm.opportunities", {{"stage", "stage_id"}, {"as_of", "as_of"}}))
        .column("standing", &Row::standing, total)
        .column("amount", &Row::amount, total)
        .column("weighted", &Row::weighted, total, meaning("By the probability of the stage"))
        .column("reached", &Row::reached, meaning("How many ever came this far, those that were won included"))
        .column("conversion", &Row::conversion, meaning("Of those that reached the stage before, in percent"))
        .column("won", &Row::won, total, meaning("Won while they stood here"))
        .column("lost", &Row::lost, total, meaning("Lost while they stood here"))
        .column("stage_id", &Row::stage_id, hidden)
        .column("as_of", &Row::as_of, hidden)
        .run(funnel_report::answer);
    kernel.page("crm/funnel", "Sales funnel", {chart_view("crm.funnel", ChartShape::bar, "stage", {"standing", "reached"}), report_view("crm.funnel")});
}

}  // namespace crm
