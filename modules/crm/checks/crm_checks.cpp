// What `tessera verify` proves of customer relations.
#include <crm/opportunity.h>
#include <crm/segment.h>

#include "declare.h"

namespace crm {

using tessera::Finding;
using Report = std::function<void(Finding)>;

namespace crm_checks {

struct Standing {
    std::int64_t     opportunity = 0;
    OpportunityState state = OpportunityState::open, recorded_state = OpportunityState::open;
    std::int64_t     stage = 0, recorded_stage = 0;
    Currency         currency{};
    Money            amount{}, recorded_amount{};
};

constexpr auto standing_sql = R"sql(
    SELECT o.id, o.state, e.state, o.stage, e.stage, o.currency, o.amount, e.amount
      FROM crm_opportunity o
      LEFT JOIN crm_stage_entry e ON e.id = (SELECT max(b.id) FROM crm_stage_entry b WHERE b.opportunity = o.id)
     WHERE e.id IS NULL OR e.state <> o.state OR e.stage <> o.stage OR e.amount <> o.amount)sql";

void compare_history(const Snapshot& tx, const Report& report) {
    const auto text = [](OpportunityState state, std::int64_t stage, Money amount) { return fmt::format("{} at stage {} for {}", tessera::name_of(state), stage, amount); };
    tx.each<Standing>(standing_sql, [&](const Standing& s) {
        report({fmt::format("crm.opportunity {}", s.opportunity), text(s.state, s.stage, s.amount),
                s.recorded_stage ? text(s.recorded_state, s.recorded_stage, s.recorded_amount) : "no stage entry"});
    });
}

struct Merged {
    std::int64_t party = 0, survivor = 0, next = 0;
    bool         active = false;
};

void compare_merged(const Snapshot& tx, const Report& report) {
    tx.each<Merged>(R"sql(
        SELECT d.id, d.crm_merged_into, s.crm_merged_into, d.active
          FROM directory_party d JOIN directory_party s ON s.id = d.crm_merged_into
         WHERE d.active = 1 OR s.crm_merged_into IS NOT NULL)sql",
                    [&](const Merged& m) {
                        report({fmt::format("directory.party {}", m.party), "inactive, and merged into a party that goes on",
                                m.active ? std::string("active") : fmt::format("merged into {}, which was merged into {}", m.survivor, m.next)});
                    });
}

struct Stay {
    std::int64_t segment = 0, party = 0, open = 0;
};

void compare_stays(const Snapshot& tx, const Report& report) {
    tx.each<Stay>("SELECT segment, party, count(id) FROM crm_segment_member WHERE left_on IS NULL GROUP BY segment, party HAVING count(id) > 1", [&](const Stay& s) {
        report({fmt::format("crm.segment {}", s.segment), fmt::format("party {} belongs to it once", s.party), fmt::format("{} times", s.open)});
    });
}

}  // namespace crm_checks

void declare_crm_checks(tessera::Kernel& kernel) {
    kernel.check("crm.stage_history", "Every opportunity is what its newest stage entry says", crm_checks::compare_history);
    kernel.check("crm.merged_parties", "Whoever was merged is out of use, and its survivor goes on", crm_checks::compare_merged);
    kernel.check("crm.segment_stays", "Nobody belongs to a segment twice at a time", crm_checks::compare_stays);
}

}  // namespace crm
