#include "services/scoring.h"

#include "services/stage_gate.h"

#include <algorithm>
#include <cmath>

namespace crm {

namespace scoring {

struct DecidedGroup {
    std::string  state{};
    std::int64_t stage = 0;
    std::string  country{}, region{}, source{}, industry{};
    std::int64_t cases = 0;
};

// Stages are counted from 1 in their order, whatever their positions are called.
constexpr auto opportunities = R"sql(
    SELECT o.state, (SELECT count(*) FROM crm_stage b WHERE b.pipeline = s.pipeline AND b.position <= s.position), o.country, o.region, o.source, o.industry, count(*)
      FROM crm_opportunity o JOIN crm_stage s ON s.id = o.stage
     WHERE o.pipeline = :pipeline AND o.state <> 'open'
     GROUP BY o.state, s.pipeline, s.position, o.country, o.region, o.source, o.industry)sql";

constexpr auto leads = R"sql(
    SELECT 'lost', 1, l.country, l.region, l.source, l.industry, count(*)
      FROM crm_lead l WHERE l.pipeline = :pipeline AND l.state = 'disqualified' GROUP BY l.country, l.region, l.source, l.industry)sql";

FactorValues named(const std::string& country, const std::string& region, const std::string& source, const std::string& industry) {
    return {{"country", country}, {"region", region}, {"source", source}, {"industry", industry}};
}

template <class Record>
bool set(Record& record, const Score& score, Date today) {
    const auto percent = percent_of(score);
    if (record.score == percent) return false;
    record.score     = percent;
    record.scored_on = today;
    return true;
}

constexpr std::size_t at_a_time = 500;

template <class Record, class StageOf>
void rescore(Transaction& tx, const ScoreModel& model, const std::vector<Id<Record>>& ids, const StageOf& stage) {
    for (const auto id : ids)
        if (auto record = tx.load(id); set(record, model.score(stage(record), factors_of(record)), tx.today())) tx.save(record);
}

template <class Record, class StageOf>
void rescore_in_parts(tessera::JobRun& run, const ScoreModel& model, const std::vector<Id<Record>>& ids, const StageOf& stage) {
    for (std::size_t from = 0; from < ids.size() && !run.should_stop(); from += at_a_time) {
        const std::vector<Id<Record>> part(ids.begin() + static_cast<std::ptrdiff_t>(from), ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), from + at_a_time)));
        run.write([&](Transaction& tx) { rescore(tx, model, part, [&](const Record& record) { return stage(tx, record); }); });
    }
}

}  // namespace scoring

FactorValues factors_of(const Lead& l) { return scoring::named(l.country, l.region, l.source, l.industry); }
FactorValues factors_of(const Opportunity& o) { return scoring::named(o.country, o.region, o.source, o.industry); }

std::int64_t stage_of(const Snapshot& tx, const Opportunity& o) {
    const auto stages = stages_of(tx, o.pipeline);
    return std::ranges::find(stages, o.stage, &Stage::id) - stages.begin() + 1;
}

ScoreModel learn_from(const Snapshot& tx, Id<Pipeline> pipeline) {
    ScoreModel model(std::ssize(stages_of(tx, pipeline)));
    for (const auto* query : {scoring::opportunities, scoring::leads})
        tx.each<scoring::DecidedGroup>(query, [&](const scoring::DecidedGroup& g) {
            model.learn(g.state == "won" ? Decided::won : Decided::lost, g.stage, scoring::named(g.country, g.region, g.source, g.industry), g.cases);
        }, pipeline);
    return model;
}

std::optional<Percent> percent_of(const Score& score) {
    if (!score.known) return std::nullopt;
    return Percent::raw(std::llround(score.percent * 100) * tessera::power_of_ten(Percent::decimals - 2));
}

void score_now(Transaction& tx, Lead& lead) { scoring::set(lead, learn_from(tx, lead.pipeline).score(1, factors_of(lead)), tx.today()); }
void score_now(Transaction& tx, Opportunity& o) { scoring::set(o, learn_from(tx, o.pipeline).score(stage_of(tx, o), factors_of(o)), tx.today()); }

void score_all(tessera::JobRun& run) {
    for (const auto pipeline : run.ask<Id<Pipeline>>([](const Snapshot& tx) { return tx.rows<Id<Pipeline>>("SELECT id FROM crm_pipeline ORDER BY id"); })) {
        ScoreModel                   model(0);
        std::vector<Id<Lead>>        leads;
        std::vector<Id<Opportunity>> opportunities;
        run.read([&](const Snapshot& tx) {
            model         = learn_from(tx, pipeline);
            leads         = tx.rows<Id<Lead>>("SELECT id FROM crm_lead WHERE state = 'new' AND pipeline = :pipeline ORDER BY id", pipeline);
            opportunities = tx.rows<Id<Opportunity>>("SELECT id FROM crm_opportunity WHERE state = 'open' AND pipeline = :pipeline ORDER BY id", pipeline);
        });
        scoring::rescore_in_parts(run, model, leads, [](const Snapshot&, const Lead&) { return 1; });
        scoring::rescore_in_parts(run, model, opportunities, [](const Snapshot& tx, const Opportunity& o) { return stage_of(tx, o); });
        run.tell(fmt::format("{} leads and {} opportunities looked at", leads.size(), opportunities.size()));
    }
}

}  // namespace crm
