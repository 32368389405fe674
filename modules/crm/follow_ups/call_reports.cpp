// Whom to call today, and what came of the calls.
#include <crm/follow_ups.h>

#include "follow_ups/declare.h"

#include <map>

namespace crm {

namespace call_reports {

using tessera::Parameters;

struct CallRow {
    std::string   party{}, phone{};
    FollowUpKind  kind{};
    Date          due_on{};
    Money         expected_value{};
    std::string   tier{}, stage{}, owner{}, reason{};
    std::int64_t  party_id = 0, call_id = 0;
};

struct Call {
    Id<Party>    party{};
    FollowUpKind kind{};
    CallOutcome  outcome{};
    Date         done_on{};
};
struct OutcomeRow {
    FollowUpKind kind{};
    CallOutcome  outcome{};
    std::int64_t calls = 0, bought = 0;
    Percent      conversion{};
    Money        amount{};
};

struct PurchaseDay {
    Date  day{};
    Money amount{};
};

// A purchase counts for every call that it follows within these days.
void add_call(OutcomeRow& row, const Call& call, const std::vector<PurchaseDay>& purchases, int days) {
    ++row.calls;
    bool bought = false;
    for (const auto& purchase : purchases)
        if (purchase.day > call.done_on && purchase.day <= call.done_on.plus_days(days)) bought = true, row.amount += purchase.amount;
    row.bought += bought;
}

void outcomes(const Snapshot& tx, const Parameters& parameters, const std::function<void(const OutcomeRow&)>& emit) {
    const auto from = parameters.date("from"), to = parameters.date("to");
    const auto days  = static_cast<int>(std::clamp<std::int64_t>(parameters.integer("days"), 1, 3650));
    const auto calls = tx.rows<Call>("SELECT party, kind, outcome, done_on FROM crm_follow_up WHERE state = 'done' AND done_on BETWEEN :from AND :to ORDER BY id", from, to);
    std::map<Id<Party>, std::vector<PurchaseDay>> purchases;
    for (const auto& call : calls) purchases[call.party];
    tx.service<PurchaseLog>().each(tx, {.from = from, .until = to.plus_days(days)}, [&](const PurchaseFact& fact) {
        if (const auto one = purchases.find(fact.party); one != purchases.end()) one->second.push_back({fact.day, fact.amount});
    });
    std::map<std::pair<FollowUpKind, CallOutcome>, OutcomeRow> rows;
    for (const auto& call : calls) {
        auto& row = rows.try_emplace({call.kind, call.outcome}, OutcomeRow{.kind = call.kind, .outcome = call.outcome, .amount = Money{0, tx.books().currency}}).first->second;
        add_call(row, call, purchases[call.party], days);
    }
    for (auto& [key, row] : rows) {
        row.conversion = Percent::raw(tessera::divide(tessera::Wide{row.bought} * 1'000, row.calls) * 100'000);
        emit(row);
    }
}

void declare_todays_calls(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<CallRow>("crm.todays_calls", "Today's calls")
        .help("Calls that are due on a day or were before, by what is at stake: the largest first")
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Id<Employee>>("owner", tessera::help("Of this employee alone, and those of nobody yet"))
        .parameter<FollowUpKind>("kind")
        .column("party", &CallRow::party, titled("Customer"), opens_record("directory.party", "party_id"))
        .column("phone", &CallRow::phone)
        .column("kind", &CallRow::kind, opens_record("crm.follow_up", "call_id"))
        .column("due_on", &CallRow::due_on)
        .column("expected_value", &CallRow::expected_value, total, titled("At stake"), meaning("Expected to be bought in 90 days"))
        .column("tier", &CallRow::tier)
        .column("stage", &CallRow::stage)
        .column("owner", &CallRow::owner)
        .column("reason", &CallRow::reason)
        .column("party_id", &CallRow::party_id, hidden)
        .column("call_id", &CallRow::call_id, hidden)
        .query(R"sql(
            SELECT p.name, coalesce(c.phone, p.phone), f.kind, f.due_on, f.expected_value, t.name, v.stage, e.name, f.reason, f.party, f.id
              FROM crm_follow_up f
              JOIN directory_party p ON p.id = f.party
              LEFT JOIN directory_contact c ON c.id = f.contact
              LEFT JOIN directory_employee e ON e.id = f.owner
              LEFT JOIN crm_customer_value v ON v.party = f.party
              LEFT JOIN crm_value_tier t ON t.id = v.tier
             WHERE f.state = 'planned' AND f.due_on <= :as_of AND (:owner IS NULL OR f.owner IS NULL OR f.owner = :owner) AND (:kind IS NULL OR f.kind = :kind)
             ORDER BY f.expected_value DESC, f.due_on, f.id)sql");
}

void declare_outcomes(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<OutcomeRow>("crm.call_outcomes", "Outcomes of calls")
        .help("What came of calls: how many of each outcome were followed by a purchase within some days, and what was bought then")
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), tessera::help("Inclusive"))
        .parameter<std::int64_t>("days", by_default("30"), tessera::help("Within which a purchase counts as following the call"))
        .column("kind", &OutcomeRow::kind)
        .column("outcome", &OutcomeRow::outcome)
        .column("calls", &OutcomeRow::calls, total)
        .column("bought", &OutcomeRow::bought, total, meaning("Calls followed by a purchase"))
        .column("conversion", &OutcomeRow::conversion, meaning("In percent of the calls"))
        .column("amount", &OutcomeRow::amount, total)
        .run(outcomes);
}

}  // namespace call_reports

void declare_call_reports(tessera::Kernel& kernel) {
    call_reports::declare_todays_calls(kernel);
    call_reports::declare_outcomes(kernel);
}

}  // namespace crm
