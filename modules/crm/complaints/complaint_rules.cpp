// Why customers complain, and what may be said and granted then.
#include <crm/complaints.h>

#include "complaints/declare.h"

namespace crm {

namespace complaint_rules {

void check_rule(Transaction&, RemedyRule& rule) {
    const bool free = rule.remedy == RemedyKind::apology || rule.remedy == RemedyKind::explanation;
    if (free && !rule.limit.is_zero())
        throw tessera::Refused("crm.costs_nothing", "To save answer {}, leave out the limit: an {} costs nothing.", rule.name, tessera::name_of(rule.remedy)).with_status(422).with_field("limit");
}

void check_level(Transaction&, EscalationLevel& level) {
    if (level.level < 1)
        throw tessera::Refused("crm.escalation_level", "To save this level, number it from 1: {} is no level.", level.level).with_status(422).with_field("level");
}

}  // namespace complaint_rules

void declare_complaint_rules(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<ComplaintReason>("crm.complaint_reason", "Complaint reason")
        .help("Why customers complain: complaints are answered, counted and their costs added up by it")
        .field("name", &ComplaintReason::name, required, unique, searchable, longest(120))
        .field("instructions", &ComplaintReason::instructions, multiline, help("What to ask, what to look at"))
        .field("active", &ComplaintReason::active)
        .display("name")
        .menu(Menu::setup)
        .needs("crm.manage");
    kernel.entity<EscalationLevel>("crm.escalation_level", "Escalation level")
        .help("Who hears of a complaint that waits too long, and when")
        .field("level", &EscalationLevel::level, required, unique)
        .field("days_late", &EscalationLevel::days_late, not_negative, help("Working days behind the day by which it was to be answered, or resolved"))
        .field("employee", &EscalationLevel::employee, help("Who hears of it, by e-mail where the address is known; its owner when left out"))
        .display("level")
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(complaint_rules::check_level);
    kernel.entity<RemedyRule>("crm.remedy_rule", "Remedy rule")
        .help("What may be said and granted for a reason, to customers of all tiers or of one")
        .field("name", &RemedyRule::name, required, unique, longest(120))
        .field("reason", &RemedyRule::reason, required, indexed)
        .field("tier", &RemedyRule::tier, help("None: customers of all tiers"))
        .field("remedy", &RemedyRule::remedy)
        .field("answer", &RemedyRule::answer, required, multiline, longest(20'000), help("The proposed words"))
        .field("limit_amount", &RemedyRule::limit, not_negative, label("Limit"), help("Of what the remedy may cost without crm.grant_remedies"))
        .field("active", &RemedyRule::active)
        .display("name")
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(complaint_rules::check_rule);
}

}  // namespace crm
