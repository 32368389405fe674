#include <crm/opportunity.h>

#include "declare.h"
#include "reports/in_books.h"
#include "services/stage_history.h"

namespace crm {

using tessera::Parameters;

namespace opportunities_report {

struct Row {
    std::string      title{};
    std::string      party{};
    std::string      stage{};
    OpportunityState state = OpportunityState::open;
    Percent          probability{};
    Currency         currency{};
    Money            amount{};
    Date             expected_close{};
    std::string      owner{};
    std::string      next_step{};
    std::int64_t     opportunity_id = 0, party_id = 0;
};

const std::string query = fmt::format(R"sql(
    SELECT o.title, p.name, s.name, e.state, e.probability, e.currency, e.amount, e.expected_close, w.name, o.next_step, o.id, o.party
      FROM {} n
      JOIN crm_stage_entry e ON e.id = n.entry
      JOIN crm_opportunity o ON o.id = e.opportunity
      JOIN directory_party p ON p.id = o.party
      JOIN crm_stage s ON s.id = e.stage
      LEFT JOIN directory_employee w ON w.id = o.owner
     WHERE (:stage IS NULL OR e.stage = :stage) AND (:owner IS NULL OR o.owner = :owner) AND (:all = 1 OR e.state = 'open')
     ORDER BY e.expected_close, o.id)sql",
                                      standing_entries);

}  // namespace opportunities_report

void declare_opportunities_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using opportunities_report::Row;
    kernel.report<Row>("crm.opportunities", "Opportunities")
        .help("The opportunities that stood at a stage on a day, by the day on which they are expected to close")
        .parameter<Id<Stage>>("stage")
        .parameter<Id<Employee>>("owner")
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Instant>("known_at", help("As it was recorded then; now when left out"))
        .parameter<bool>("all", help("Also those that were won or lost"))
        .column("title", &Row::title, opens_record("crm.opportunity", "opportunity_id"))
        .column("party", &Row::party, opens_record("directory.party", "party_id"))
        .column("stage", &Row::stage)
        .column("state", &Row::state)
        .column("probability", &Row::probability)
        .column("currency", &Row::currency)
        .column("amount", &Row::amount, total)
        .column("expected_close", &Row::expected_close)
        .column("owner", &Row::owner)
        .column("next_step", &Row::next_step)
        .column("opportunity_id", &Row::opportunity_id, hidden)
        .column("party_id", &Row::party_id, hidden)
        .run([](const Snapshot& tx, const Parameters& p, const auto& emit) {
            tx.each<Row>(opportunities_report::query, emit, p.date("as_of"), p.instant("known_at"), p.reference<Stage>("stage"), p.reference<Employee>("owner"), p.flag("all"));
        });
}

}  // namespace crm
