#pragma once
// A complaint: what a customer says went wrong, what we promise, what we answer, what it costs us, and whether they were content.
//
//     Complaint complaint{.party = acme, .what_happened = "The wheel came bent", .order_reference = "SO-2026-00007"};
//     tx.insert(complaint);                                          // CC-2026-00001 at once, with the days by which we answer
//
//     registered --answer--> answered --resolve--> resolved --close (content or not)--> closed
//          ^                                          `------ reopen (reason) ------> reopened --answer--> …
//
// Anybody registers one with the customer (or a text that says who it is) and what happened; everything else may come later. The reason is
// needed to answer. Answers are proposed by reason and value tier (RemedyRule) and ranked by what came of them (remedies.h); what is
// granted beyond the rule's limit needs the permission crm.grant_remedies. The clocks are working days by the tier of the customer on
// the day it was registered: the first answer, and the resolution. A reopened complaint gets new ones.
//
// An answer goes out by e-mail in the words of a letter template for crm.complaint_answer, where one is chosen.
//
// What a complaint costs is booked with it: each ComplaintCost is posted to the role crm.complaint_cost, and the complaint knows the sum.

#include <catalog/records.h>
#include <crm/follow_ups.h>
#include <financials/ledger.h>

namespace crm {

struct ComplaintReason {                  // crm.complaint_reason
    Id<ComplaintReason> id{};
    std::string         name{};           // "Damaged in transit"
    std::string         instructions{};   // what to ask, what to look at
    bool                active = true;
};

enum class RemedyKind { apology, explanation, replacement, repair, refund, credit, discount };
constexpr auto names_of(RemedyKind) { return tessera::names("apology", "explanation", "replacement", "repair", "refund", "credit", "discount"); }

struct RemedyRule {                       // crm.remedy_rule: what may be said and granted for a reason, to all tiers or one
    Id<RemedyRule>      id{};
    std::string         name{};
    Id<ComplaintReason> reason{};
    Id<ValueTier>       tier{};           // none: everybody
    RemedyKind          remedy = RemedyKind::apology;
    std::string         answer{};         // the proposed words
    Money               limit{};          // of what the remedy may cost
    bool                active = true;
};

// Who hears of a complaint that waits too long, level by level; without any, its owner hears once that it is overdue.
struct EscalationLevel {                  // crm.escalation_level
    Id<EscalationLevel> id{};
    std::int64_t        level     = 1;    // 1, 2, 3 …
    std::int64_t        days_late = 0;    // working days behind the day by which it was to be answered, or resolved
    Id<Employee>        employee{};       // who hears of it, by e-mail where the address is known; the owner when none
};

enum class Channel { phone, mail, letter, web, visit, employee, portal };
constexpr auto names_of(Channel) { return tessera::names("phone", "mail", "letter", "web", "visit", "employee", "portal"); }
enum class ComplaintState { registered, reopened, answered, resolved, closed };
constexpr auto names_of(ComplaintState) { return tessera::names("registered", "reopened", "answered", "resolved", "closed"); }
enum class Contentment { unknown, content, discontent };
constexpr auto names_of(Contentment) { return tessera::names("unknown", "content", "discontent"); }

struct Complaint {                        // crm.complaint
    Id<Complaint>         id{};
    std::string           number{};       // "CC-2026-00001": the receipt the customer is given
    Date                  registered_on{};
    Channel               channel = Channel::employee;
    Id<Party>             party{};
    std::string           customer{};     // who it is, where there is no party
    std::string           what_happened{};
    Id<catalog::Product>  product{};
    std::string           order_reference{};
    std::string           lot{};
    std::string           source_entity{};    // the document it is about
    std::int64_t          source_id = 0;
    Id<ComplaintReason>   reason{};
    Id<Employee>          owner{};
    ComplaintState        state = ComplaintState::registered;
    Id<ValueTier>         tier{};         // of the customer when it was registered
    Date                  answer_due{}, resolution_due{};
    std::string           clock_basis{};  // how those days came about
    Date                  answered_on{};      // first
    std::string           answer{};
    Id<RemedyRule>        rule{};         // whose answer was used
    RemedyKind            remedy = RemedyKind::apology;
    Money                 remedy_amount{};
    Date                  resolved_on{};
    std::string           resolution{};
    Date                  closed_on{};
    Contentment           contentment = Contentment::unknown;
    std::int64_t          reopened = 0;   // times
    std::int64_t          escalation = 0; // the level reached; from 0 again once it is answered
    Date                  escalated_on{}; // the last time
    Money                 cost{};         // of its posted costs
};

enum class CostKind { labour, credit, replacement, freight, other };
constexpr auto names_of(CostKind) { return tessera::names("labour", "credit", "replacement", "freight", "other"); }
enum class CostState { draft, posted, reversed };
constexpr auto names_of(CostState) { return tessera::names("draft", "posted", "reversed"); }

struct ComplaintCost {                    // crm.complaint_cost
    Id<ComplaintCost>           id{};
    Id<Complaint>               complaint{};
    Date                        date{};
    CostKind                    kind = CostKind::other;
    std::string                 memo{};
    Money                       amount{};
    std::string                 counter_role = "crm.complaint_settlement";   // credited
    CostState                   state = CostState::draft;
    Id<financials::PostedEntry> entry{};
};

// Other customers who got the same product, or the same lot of it: contributed by whoever ships.
//
//     kernel.contribute(crm::ShipmentSource{"sales.shipments", visit_shipments});
struct ShippedTo {
    Id<Party>         party{};
    Date              day{};
    tessera::Quantity quantity{};
    std::string       document{};
    std::string       lot{};              // empty: it was not written down
};
struct ShipmentQuestion {
    Id<catalog::Product> product{};
    std::string          lot{};           // empty: all lots; else this one, and what was sent without one: nobody is left out
};
struct ShipmentSource {
    std::string name{};
    void (*visit)(const Snapshot&, const ShipmentQuestion&, const std::function<void(const ShippedTo&)>&) = nullptr;
};

// ---- events; a handler may refuse

struct ComplaintRegistered {              // crm.complaint_registered
    Id<Complaint>        complaint{};
    std::string          number{};
    Id<Party>            party{};
    Id<catalog::Product> product{};
    std::string          lot{};
};
struct ComplaintAnswered { Id<Complaint> complaint{}; Id<Party> party{}; Date date{}; };                          // crm.complaint_answered
struct ComplaintResolved { Id<Complaint> complaint{}; Id<Party> party{}; Date date{}; };                          // crm.complaint_resolved
struct ComplaintClosed { Id<Complaint> complaint{}; Id<Party> party{}; Contentment contentment{}; };              // crm.complaint_closed
struct ComplaintReopened { Id<Complaint> complaint{}; Id<Party> party{}; Date date{}; };                          // crm.complaint_reopened
struct ComplaintOverdue { Id<Complaint> complaint{}; Id<Employee> owner{}; Date due_on{}; std::int64_t level = 1; };   // crm.complaint_overdue: once per level

}  // namespace crm
