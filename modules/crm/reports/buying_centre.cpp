#include <crm/buying_centre.h>

#include "declare.h"
#include "services/buying_matrix.h"

#include <algorithm>

namespace crm {

using tessera::Parameters;

namespace buying_report {

struct Row {
    std::string  criterion{};
    std::string  contact{};
    BuyingRole   role      = BuyingRole::user;
    std::int64_t influence = 0, stance = 0, weight = 0, position = 0;
    Date         since{};
    std::int64_t arguments_open = 0;
    std::int64_t member_id = 0, contact_id = 0;
};

struct Conflict {
    std::string  criterion{};
    std::int64_t weight = 0;
    Quantity     mean{};
    Quantity     conflict{};
    std::int64_t criterion_id = 0;
};

void matrix(const Snapshot& tx, const Parameters& p, const std::function<void(const Row&)>& emit) {
    const auto matrix = buying_matrix(tx, p.reference<Opportunity>("opportunity"), p.date("as_of"));
    for (const auto& cell : matrix.cells) {
        const auto member = std::ranges::find(matrix.members, cell.member, &BuyingMember::id);
        if (member == matrix.members.end()) continue;
        const auto open =
            tx.value<std::int64_t>("SELECT count(id) FROM crm_argument WHERE member = :member AND criterion = :criterion AND done = 0", cell.member, cell.criterion)
                .value_or(0);
        emit({tx.label_of(cell.criterion), tx.label_of(member->contact), member->role, member->influence, member->stance, cell.weight, cell.position, cell.since, open,
              member->id.value, member->contact.value});
    }
}

void conflicts(const Snapshot& tx, const Parameters& p, const std::function<void(const Conflict&)>& emit) {
    const auto            matrix = buying_matrix(tx, p.reference<Opportunity>("opportunity"), p.date("as_of"));
    std::vector<Conflict> rows;
    for (const auto& criterion : matrix.criteria) {
        const auto agreement = matrix.agreement(criterion.id);
        rows.push_back({criterion.name, agreement.weight, agreement.mean, agreement.conflict, criterion.id.value});
    }
    std::ranges::stable_sort(rows, [](const Conflict& a, const Conflict& b) { return a.conflict > b.conflict; });
    for (const auto& row : rows) emit(row);
}

}  // namespace buying_report

void declare_buying_reports(tessera::Kernel& kernel) {
    using namespace tessera;
    using buying_report::Conflict, buying_report::Row;
    kernel.report<Row>("crm.buying_centre", "Buying centre")
        .help("What counts for whom in the decision on an opportunity, as it was on a day")
        .parameter<Id<Opportunity>>("opportunity", required)
        .parameter<Date>("as_of", by_default("today"))
        .column("criterion", &Row::criterion)
        .column("contact", &Row::contact, opens_record("directory.contact", "contact_id"))
        .column("role", &Row::role)
        .column("influence", &Row::influence)
        .column("stance", &Row::stance)
        .column("weight", &Row::weight)
        .column("position", &Row::position)
        .column("since", &Row::since)
        .column("arguments_open", &Row::arguments_open, opens_record("crm.buying_member", "member_id"))
        .column("member_id", &Row::member_id, hidden)
        .column("contact_id", &Row::contact_id, hidden)
        .run(buying_report::matrix);
    kernel.report<Conflict>("crm.criteria_conflict", "Conflicting criteria")
        .help("How far the members of a buying centre are apart on each criterion, the most disputed first: 0 all agree, 2 half at each end")
        .parameter<Id<Opportunity>>("opportunity", required)
        .parameter<Date>("as_of", by_default("today"))
        .column("criterion", &Conflict::criterion, opens_record("crm.criterion", "criterion_id"))
        .column("weight", &Conflict::weight, meaning("Influence times weight of all who care"))
        .column("mean", &Conflict::mean, meaning("Their position on average, -2 to 2"))
        .column("conflict", &Conflict::conflict, meaning("Standard deviation of their positions"))
        .column("criterion_id", &Conflict::criterion_id, hidden)
        .run(buying_report::conflicts);
    kernel.panel("crm.deal_conflicts", "crm.opportunity", "Conflicting criteria", report_view("crm.criteria_conflict", {{"opportunity", "=id"}}));
}

}  // namespace crm
