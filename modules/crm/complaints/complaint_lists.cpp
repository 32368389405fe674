// What is to be done with complaints: those that wait, and which answers are proposed for one.
#include "complaints/declare.h"
#include "complaints/remedies.h"

#include <algorithm>

namespace crm {

namespace complaint_lists {

using tessera::Parameters;

struct WaitingRow {
    std::string    number{}, customer{}, tier{}, reason{}, product{};
    ComplaintState state{};
    Date           due_on{};
    std::int64_t   days_late = 0;
    std::string    next{}, owner{};
    std::int64_t   complaint_id = 0;
};
struct Waiting {
    std::string    number{}, party{}, customer{}, tier{}, reason{}, product{}, owner{};
    ComplaintState state{};
    Date           answer_due{}, resolution_due{};
    std::int64_t   complaint_id = 0;
};
constexpr auto waiting_sql = R"sql(
    SELECT c.number, p.name, c.customer, t.name, r.name, g.name, e.name, c.state, c.answer_due, c.resolution_due, c.id
      FROM crm_complaint c
      LEFT JOIN directory_party p ON p.id = c.party
      LEFT JOIN crm_value_tier t ON t.id = c.tier
      LEFT JOIN crm_complaint_reason r ON r.id = c.reason
      LEFT JOIN catalog_product g ON g.id = c.product
      LEFT JOIN directory_employee e ON e.id = c.owner
     WHERE c.state IN ('registered', 'reopened', 'answered') AND (:owner IS NULL OR c.owner = :owner)
     ORDER BY c.id)sql";

// What is due next: the answer, then the resolution. The first due first, of a day those of higher value come as they were registered.
void waiting(const Snapshot& tx, const Parameters& parameters, const std::function<void(const WaitingRow&)>& emit) {
    const auto              as_of = parameters.date("as_of");
    std::vector<WaitingRow> rows;
    tx.each<Waiting>(waiting_sql,
                     [&](const Waiting& c) {
                         const bool answered = c.state == ComplaintState::answered;
                         const auto due      = answered ? c.resolution_due : c.answer_due;
                         rows.push_back({c.number, c.party.empty() ? c.customer : c.party, c.tier, c.reason, c.product, c.state, due,
                                         std::max<std::int64_t>(0, as_of - due), answered ? "resolve" : "answer", c.owner, c.complaint_id});
                     },
                     parameters.reference<Employee>("owner"));
    std::ranges::stable_sort(rows, {}, &WaitingRow::due_on);
    for (const auto& row : rows) emit(row);
}

struct ProposalRow {
    std::string  name{};
    RemedyKind   remedy{};
    std::string  answer{};
    Money        limit{};
    std::string  tier{};
    std::int64_t used = 0, content = 0;
    Percent      proven{};
    std::int64_t rule_id = 0;
};

void proposals(const Snapshot& tx, const Parameters& parameters, const std::function<void(const ProposalRow&)>& emit) {
    const auto complaint = tx.load(parameters.reference<Complaint>("complaint"));
    for (const auto& [candidate, proven] : proposals_for(tx, complaint)) {
        const auto& rule = candidate.rule;
        emit({rule.name, rule.remedy, rule.answer, rule.limit, rule.tier ? tx.label_of(rule.tier) : std::string(), candidate.used, candidate.content, proven, rule.id.value});
    }
}

void declare_waiting(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<WaitingRow>("crm.complaints_waiting", "Complaints that wait")
        .help("Complaints that are to be answered or resolved, the first due first")
        .parameter<Date>("as_of", by_default("today"), tessera::help("Days late are counted to this day"))
        .parameter<Id<Employee>>("owner")
        .column("number", &WaitingRow::number, opens_record("crm.complaint", "complaint_id"))
        .column("customer", &WaitingRow::customer)
        .column("tier", &WaitingRow::tier)
        .column("reason", &WaitingRow::reason)
        .column("product", &WaitingRow::product)
        .column("state", &WaitingRow::state)
        .column("due_on", &WaitingRow::due_on)
        .column("days_late", &WaitingRow::days_late)
        .column("next", &WaitingRow::next, titled("To do"))
        .column("owner", &WaitingRow::owner)
        .column("complaint_id", &WaitingRow::complaint_id, hidden)
        .run(waiting);
}

void declare_proposals(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<ProposalRow>("crm.remedy_proposals", "Proposed answers")
        .help("Answers for the reason of a complaint and the tier of its customer, the best proven first")
        .parameter<Id<Complaint>>("complaint", required)
        .column("name", &ProposalRow::name, opens_record("crm.remedy_rule", "rule_id"))
        .column("remedy", &ProposalRow::remedy)
        .column("answer", &ProposalRow::answer)
        .column("limit", &ProposalRow::limit)
        .column("tier", &ProposalRow::tier)
        .column("used", &ProposalRow::used, meaning("Complaints with this answer that ended with a yes or a no"))
        .column("content", &ProposalRow::content, meaning("Of them: customers who were content"))
        .column("proven", &ProposalRow::proven, meaning("Share of content customers that is proven (Wilson, 95 %), in percent"))
        .column("rule_id", &ProposalRow::rule_id, hidden)
        .run(proposals);
    kernel.panel("crm.complaint_proposals", "crm.complaint", "Proposed answers", report_view("crm.remedy_proposals", {{"complaint", "=id"}}));
}

}  // namespace complaint_lists

void declare_complaint_lists(tessera::Kernel& kernel) {
    complaint_lists::declare_waiting(kernel);
    complaint_lists::declare_proposals(kernel);
}

}  // namespace crm
