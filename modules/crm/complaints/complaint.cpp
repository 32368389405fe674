#include <crm/complaints.h>

#include "complaints/clocks.h"
#include "complaints/declare.h"
#include "complaints/on_timeline.h"
#include "services/party_family.h"

namespace crm {

namespace complaint_entity {

using tessera::Refused;

void check_reason(const Snapshot& tx, const Complaint& complaint) {
    if (!complaint.reason) return;
    const auto reason = tx.find(complaint.reason);
    if (reason && !reason->active)
        throw Refused("crm.reason_not_used", "To give a reason, choose another than {}: it is not used any more.", reason->name).with_status(422).with_field("reason");
}

// Once the record is there: others hear of it, and the customer's timeline shows it.
void tell_of(Transaction& tx, const std::string& number) {
    const auto complaint = tx.first<Complaint>("number = :number", number);
    if (!complaint) return;
    tx.publish(ComplaintRegistered{complaint->id, complaint->number, complaint->party, complaint->product, complaint->lot});
    if (complaint->party)
        put_on_timeline(tx, *complaint, Direction::inbound, fmt::format("Complaint {}", number), complaint->what_happened, complaint->registered_on);
}

// A registered complaint is completed; what has been answered is changed by its transitions alone.
void complete(Transaction& tx, Complaint& complaint) {
    if (complaint.state != ComplaintState::registered) return;
    if (!complaint.party && complaint.customer.empty())
        throw Refused("crm.customer_missing", "To register a complaint, name the customer, or write who it is.").with_status(422).with_field("party");
    if (complaint.what_happened.empty()) return;  // refused as required
    if (complaint.registered_on.empty()) complaint.registered_on = tx.today();
    if (complaint.registered_on > tx.today())
        throw Refused("crm.registered_in_the_future", "To register a complaint, give the day on which it came, not {}.", complaint.registered_on).with_status(422).with_field("registered_on");
    check_reason(tx, complaint);
    complaint.cost          = Money{complaint.cost.minor(), tx.books().currency};
    complaint.remedy_amount = Money{complaint.remedy_amount.minor(), tx.books().currency};
    complaint.tier          = {};
    if (complaint.party)
        if (const auto tier = tx.service<ValueTiers>().of(tx, survivor_of(tx, complaint.party), complaint.registered_on)) complaint.tier = tier->id;
    start_clocks(tx, complaint, complaint.registered_on);
    if (!complaint.number.empty()) return;
    complaint.number = tx.number("CC", complaint.registered_on);
    tx.before_commit("crm.complaint " + complaint.number, [number = complaint.number](Transaction& at_end) { tell_of(at_end, number); });
}

}  // namespace complaint_entity

void declare_complaint(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Complaint>("crm.complaint", "Complaint")
        .help("What a customer says went wrong. The customer and what happened are enough to register it; the receipt number is given at once")
        .field("number", &Complaint::number, read_only, unique, searchable)
        .field("party", &Complaint::party, label("Customer"), indexed, erased_with)
        .field("customer", &Complaint::customer, label("Who it is"), not_in_list, searchable, personal, help("Where there is no customer record: name, telephone, e-mail"))
        .field("what_happened", &Complaint::what_happened, required, searchable, multiline, longest(20'000), personal)
        .field("product", &Complaint::product, indexed)
        .field("order_reference", &Complaint::order_reference, searchable, not_in_list, help("Number of the order, delivery or invoice"))
        .field("lot", &Complaint::lot, searchable, not_in_list, help("Lot or serial number"))
        .field("reason", &Complaint::reason, indexed, help("Needed to answer"))
        .field("channel", &Complaint::channel, not_in_list)
        .field("registered_on", &Complaint::registered_on, indexed, help("Today when left out"))
        .field("owner", &Complaint::owner, help("Who sees to it"))
        .field("source_entity", &Complaint::source_entity, not_in_list, help("The document it is about"))
        .field("source_id", &Complaint::source_id, not_in_list)
        .field("state", &Complaint::state, read_only)
        .field("tier", &Complaint::tier, read_only, help("The customer's value tier on the day it was registered"))
        .field("answer_due", &Complaint::answer_due, read_only)
        .field("resolution_due", &Complaint::resolution_due, read_only)
        .field("clock_basis", &Complaint::clock_basis, read_only, not_in_list, help("How the days came about"))
        .field("answered_on", &Complaint::answered_on, read_only, not_in_list, help("The first answer"))
        .field("answer", &Complaint::answer, read_only, multiline, longest(20'000), personal)
        .field("rule", &Complaint::rule, read_only, not_in_list, label("Answer used"))
        .field("remedy", &Complaint::remedy, read_only, not_in_list)
        .field("remedy_amount", &Complaint::remedy_amount, read_only, not_in_list)
        .field("resolved_on", &Complaint::resolved_on, read_only, not_in_list)
        .field("resolution", &Complaint::resolution, read_only, multiline, personal)
        .field("closed_on", &Complaint::closed_on, read_only, not_in_list)
        .field("contentment", &Complaint::contentment, read_only, not_in_list)
        .field("reopened", &Complaint::reopened, read_only, not_in_list, help("How often"))
        .field("escalation", &Complaint::escalation, read_only, not_in_list, help("How many levels have heard that it waits too long"))
        .field("escalated_on", &Complaint::escalated_on, read_only, not_in_list, help("The last day on which one heard"))
        .field("cost", &Complaint::cost, read_only, help("Of its posted costs"))
        .display("number")
        .index({"state", "resolution_due"})
        .editable_while(ComplaintState::registered)
        .not_deletable()
        .validate(complaint_entity::complete);
}

}  // namespace crm
