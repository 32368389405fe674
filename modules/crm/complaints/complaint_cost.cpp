// What a complaint costs:  draft --post--> posted --reverse (reason)--> reversed. Posting debits crm.complaint_cost.
#include <crm/complaints.h>

#include "complaints/declare.h"

#include <algorithm>

namespace crm {

namespace complaint_cost {

using financials::AccountRole;
using tessera::Refused;

constexpr auto cost_role = "crm.complaint_cost";

void complete(Transaction& tx, ComplaintCost& cost) {
    if (cost.state != CostState::draft) return;
    if (cost.date.empty()) cost.date = tx.today();
    const auto& roles = tx.contributions<AccountRole>();
    if (std::ranges::none_of(roles, [&](const AccountRole& role) { return role.name == cost.counter_role; }) || cost.counter_role == cost_role)
        throw Refused("crm.unknown_role", "To book a cost, credit an account role that there is (report financials.account_roles), not \"{}\".", cost.counter_role)
            .with_status(422)
            .with_field("counter_role");
}

void add_to_complaint(Transaction& tx, Id<Complaint> id, Money amount) {
    auto complaint = tx.load(id);
    complaint.cost += amount;
    tx.save(complaint);
}

void post(Transaction& tx, ComplaintCost& cost) {
    const auto                     complaint = tx.load(cost.complaint);
    const financials::JournalEntry entry{
        .date   = cost.date,
        .memo   = fmt::format("Complaint {}: {}{}", complaint.number, tessera::name_of(cost.kind), cost.memo.empty() ? "" : ", " + cost.memo),
        .source = tx.source_of(cost),
        .lines  = {financials::debit(cost_role, cost.amount, complaint.party), financials::credit(cost.counter_role, cost.amount, complaint.party)},
    };
    cost.entry = tx.service<financials::Ledger>().post(tx, entry);
    add_to_complaint(tx, cost.complaint, cost.amount);
}

struct Undo {
    Date        date{};
    std::string reason{};
    static void describe(tessera::Fields<Undo>& fields) {
        fields.field("date", &Undo::date, tessera::help("Today when left out, never before the cost")).field("reason", &Undo::reason, tessera::required);
    }
};

void reverse(Transaction& tx, ComplaintCost& cost, const Undo& undo) {
    auto& ledger = tx.service<financials::Ledger>();
    tx.because(undo.reason);
    ledger.reverse(tx, cost.entry, ledger.reversal_date(tx, cost.date, undo.date), undo.reason);
    add_to_complaint(tx, cost.complaint, -cost.amount);
}

}  // namespace complaint_cost

void declare_complaint_cost(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum CostState;
    kernel.contribute(financials::AccountRole{"crm.complaint_cost", "Cost of complaints", financials::Kind::expense, "warranty_expense"});
    kernel.contribute(financials::AccountRole{"crm.complaint_settlement", "Complaint cost to be settled", financials::Kind::liability, "accrued_expenses"});
    kernel.entity<ComplaintCost>("crm.complaint_cost", "Complaint cost")
        .help("What a complaint costs us: labour, credit, replacement, freight. Posting it books it")
        .field("complaint", &ComplaintCost::complaint, required, indexed)
        .field("date", &ComplaintCost::date, help("Of the entry; today when left out"))
        .field("kind", &ComplaintCost::kind)
        .field("memo", &ComplaintCost::memo)
        .field("amount", &ComplaintCost::amount, positive)
        .field("counter_role", &ComplaintCost::counter_role, not_in_list, help("The account role that is credited"))
        .field("state", &ComplaintCost::state, read_only)
        .field("entry", &ComplaintCost::entry, read_only, not_in_list)
        .worth("amount")
        .editable_while(draft)
        .validate(complaint_cost::complete);
    kernel.workflow(&ComplaintCost::state)
        .transition("post", draft, posted, needs("crm.post_complaint_costs"), complaint_cost::post)
        .transition("reverse", posted, reversed, needs("crm.post_complaint_costs"), destructive, complaint_cost::reverse);
}

}  // namespace crm
