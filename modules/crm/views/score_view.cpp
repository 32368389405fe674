// GET …/leads/<id>/likelihood and …/opportunities/<id>/likelihood: the score with every count it comes from, so that it can be worked out by hand.
// (These are statistics.)
#include <crm/lead.h>

#include "declare.h"
#include "services/scoring.h"

#include <cmath>

namespace crm {

using tessera::JsonWriter;

namespace score_view {

constexpr auto schema = R"json({"type":"object","properties":{
    "known":{"type":"boolean"},"percent":{"$ref":"#/components/schemas/Decimal"},
    "won_start":{"$ref":"#/components/schemas/Decimal"},"lost_start":{"$ref":"#/components/schemas/Decimal"},
    "won":{"$ref":"#/components/schemas/Decimal"},"lost":{"$ref":"#/components/schemas/Decimal"},
    "factors":{"type":"array","items":{"type":"object","properties":{"factor":{"type":"string"},"value":{"type":"string"},
        "won":{"$ref":"#/components/schemas/Decimal"},"won_total":{"$ref":"#/components/schemas/Decimal"},
        "lost":{"$ref":"#/components/schemas/Decimal"},"lost_total":{"$ref":"#/components/schemas/Decimal"}}}},
    "explanation":{"type":"string"}}})json";

void estimate(JsonWriter& json, std::string_view key, double value, int decimals) {
    json.key(key).decimal(std::llround(value * static_cast<double>(tessera::power_of_ten(decimals))), decimals, 0);
}

void write_factors(JsonWriter& json, const Score& score) {
    json.key("factors");
    json.begin_array();
    for (const auto& f : score.factors) {
        json.begin_object();
        json.member("factor", f.name);
        json.member("value", f.value);
        estimate(json, "won", f.won, 1);
        estimate(json, "won_total", f.won_total, 1);
        estimate(json, "lost", f.lost, 1);
        estimate(json, "lost_total", f.lost_total, 1);
        json.end_object();
    }
    json.end_array();
}

void write(JsonWriter& json, const Score& score) {
    json.begin_object();
    json.member("known", score.known);
    estimate(json, "percent", score.percent, 2);
    estimate(json, "won_start", score.won_start, 6);
    estimate(json, "lost_start", score.lost_start, 6);
    estimate(json, "won", score.won, 12);
    estimate(json, "lost", score.lost, 12);
    write_factors(json, score);
    json.member("explanation", score.known ? "won = won_start times won / won_total of each factor, lost likewise; the score is 100 × won / (won + lost)."
                                           : "Nothing of this pipeline was won yet, or nothing lost: there is nothing to learn from.");
    json.end_object();
}

void of_lead(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto lead = tx.load(Id<Lead>{id});
    write(json, learn_from(tx, lead.pipeline).score(1, factors_of(lead)));
}

void of_opportunity(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto opportunity = tx.load(Id<Opportunity>{id});
    write(json, learn_from(tx, opportunity.pipeline).score(stage_of(tx, opportunity), factors_of(opportunity)));
}

}  // namespace score_view

void declare_score_views(tessera::Kernel& kernel) {
    kernel.record_view("crm.lead", "likelihood", {"How the score comes about", score_view::schema}, score_view::of_lead);
    kernel.record_view("crm.opportunity", "likelihood", {"How the score comes about", score_view::schema}, score_view::of_opportunity);
}

}  // namespace crm
