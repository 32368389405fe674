#include <crm/buying_centre.h>

#include "declare.h"

namespace crm {

using tessera::Refused;

namespace buying_centre {

void require_between(std::int64_t value, std::int64_t low, std::int64_t high, std::string_view what, const char* field) {
    if (value < low || value > high) throw Refused("crm.out_of_range", "To say how much {}, use {} to {}, not {}.", what, low, high, value).with_status(422).with_field(field);
}

void check_member(Transaction&, BuyingMember& member) {
    require_between(member.influence, 1, 5, "influence somebody has (1 little, 5 decides)", "influence");
    require_between(member.stance, -2, 2, "somebody is for us (-2 against, 2 for)", "stance");
}

void keep_entry(Transaction& tx, const CriterionWeight& weight, std::int64_t counts) {
    const auto last = tx.first<CriterionWeightEntry>("member = :member AND criterion = :criterion ORDER BY id DESC LIMIT 1", weight.member, weight.criterion);
    if (last && last->weight == counts && last->position == weight.position) return;
    tx.insert(CriterionWeightEntry{.member      = weight.member,
                                   .criterion   = weight.criterion,
                                   .date        = tx.today(),
                                   .recorded_at = tx.now(),
                                   .weight      = counts,
                                   .position    = weight.position,
                                   .entered_by  = tx.user().name});
}

void check_weight(Transaction& tx, CriterionWeight& weight) {
    require_between(weight.weight, 0, 10, "it counts (0 not at all, 10 most)", "weight");
    require_between(weight.position, -2, 2, "we meet it (-2 badly, 2 well)", "position");
    const auto member    = tx.find(weight.member);
    const auto criterion = tx.find(weight.criterion);
    if (!member || !criterion) return;  // refused as required
    if (member->opportunity != criterion->opportunity)
        throw Refused("crm.criterion_of_another", "To weigh {}, choose a criterion of {}.", criterion->name, tx.label_of(member->opportunity))
            .with_status(422)
            .with_field("criterion");
    keep_entry(tx, weight, weight.weight);
}

void forget_weight(Transaction& tx, const CriterionWeight& weight) { keep_entry(tx, weight, 0); }

void check_argument(Transaction& tx, Argument& argument) {
    if (!argument.done) argument.done_on = {};
    else if (argument.done_on.empty()) argument.done_on = tx.today();
}

}  // namespace buying_centre

void declare_buying_centre(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<BuyingMember>("crm.buying_member", "Buying-centre member")
        .field("opportunity", &BuyingMember::opportunity, required, indexed)
        .field("contact", &BuyingMember::contact, required, indexed, erased_with)
        .field("role", &BuyingMember::role)
        .field("influence", &BuyingMember::influence, help("1 little to 5 decides"))
        .field("stance", &BuyingMember::stance, help("-2 against us to 2 for us"))
        .field("note", &BuyingMember::note, multiline, personal)
        .display("contact")
        .unique_together({"opportunity", "contact"})
        .help("Somebody who takes part in deciding on a purchase")
        .menu(Menu::hidden)
        .validate(buying_centre::check_member);
    kernel.entity<Criterion>("crm.criterion", "Purchase criterion")
        .plural("Purchase criteria")
        .path("criteria")
        .field("opportunity", &Criterion::opportunity, required, indexed)
        .field("name", &Criterion::name, required, longest(100), help("What the purchase is judged by: Price, Delivery time"))
        .field("note", &Criterion::note, multiline)
        .unique_together({"opportunity", "name"})
        .help("What a purchase is judged by")
        .menu(Menu::hidden);
    kernel.entity<CriterionWeight>("crm.criterion_weight", "Criterion weight")
        .field("member", &CriterionWeight::member, required, indexed)
        .field("criterion", &CriterionWeight::criterion, required, indexed)
        .field("weight", &CriterionWeight::weight, help("0 does not count to 10 counts most"))
        .field("position", &CriterionWeight::position, help("-2 sees us badly to 2 sees us well"))
        .display("criterion")
        .unique_together({"member", "criterion"})
        .help("How much a criterion counts for somebody, and how we are seen by it")
        .menu(Menu::hidden)
        .validate(buying_centre::check_weight)
        .before_remove(buying_centre::forget_weight);
    kernel.entity<CriterionWeightEntry>("crm.criterion_weight_entry", "Criterion weight entry")
        .plural("Criterion weight entries")
        .field("member", &CriterionWeightEntry::member, required)
        .field("criterion", &CriterionWeightEntry::criterion, required)
        .field("date", &CriterionWeightEntry::date, required)
        .field("recorded_at", &CriterionWeightEntry::recorded_at, required)
        .field("weight", &CriterionWeightEntry::weight)
        .field("position", &CriterionWeightEntry::position)
        .field("entered_by", &CriterionWeightEntry::entered_by)
        .index({"criterion", "member"})
        .help("How much a criterion counted from a day on")
        .menu(Menu::ledgers)
        .append_only();
    kernel.entity<Argument>("crm.argument", "Argument")
        .field("member", &Argument::member, required, indexed)
        .field("criterion", &Argument::criterion, required, indexed)
        .field("text", &Argument::text, required, searchable, longest(1000), help("What is to be said"))
        .field("evidence", &Argument::evidence, help("What proves it"))
        .field("done", &Argument::done, help("It has been said"))
        .field("done_on", &Argument::done_on, help("Today when left out"))
        .display("text")
        .help("What is to be said to whom about what")
        .menu(Menu::hidden)
        .validate(buying_centre::check_argument);
    kernel.panel("crm.deal_members", "crm.opportunity", "Buying centre", list_view("crm.buying_member", {{"opportunity", "=id"}}));
    kernel.panel("crm.deal_criteria", "crm.opportunity", "Purchase criteria", list_view("crm.criterion", {{"opportunity", "=id"}}));
}

}  // namespace crm
