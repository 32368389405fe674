// A complaint:  registered --answer--> answered --resolve--> resolved --close--> closed;  resolved, closed --reopen--> reopened --answer--> …
#include <crm/complaints.h>

#include "complaints/clocks.h"
#include "complaints/declare.h"
#include "complaints/disputed_invoice.h"
#include "complaints/on_timeline.h"
#include "services/addressee.h"
#include "workflow/inputs.h"

namespace crm {

namespace complaint_workflow {

using tessera::name_of;
using tessera::Refused;

struct Answer {
    Date                      date{};
    Id<ComplaintReason>       reason{};
    Id<RemedyRule>            rule{};
    std::string               text{};
    std::optional<RemedyKind> remedy{};
    Money                     amount{};
    Id<directory::LetterTemplate> letter{};
    static void describe(tessera::Fields<Answer>& fields) {
        using namespace tessera;
        fields.field("date", &Answer::date, help("When it was given; today when left out"))
            .field("reason", &Answer::reason, help("Of the complaint; needed unless it has one"))
            .field("rule", &Answer::rule, label("Answer"), help("The proposed answer that is used"))
            .field("text", &Answer::text, multiline, help("Other words than the proposed ones"))
            .field("remedy", &Answer::remedy, help("The rule's when left out"))
            .field("amount", &Answer::amount, not_negative, help("What the remedy may cost"))
            .field("letter", &Answer::letter, help("In whose words it is sent by e-mail; not sent when left out"));
    }
};
struct Resolution {
    Date        date{};
    std::string resolution{};
    static void describe(tessera::Fields<Resolution>& fields) {
        using namespace tessera;
        fields.field("resolution", &Resolution::resolution, required, multiline, help("What was done")).field("date", &Resolution::date, help("Today when left out"));
    }
};
struct Closing {
    Contentment contentment = Contentment::unknown;
    Date        date{};
    static void describe(tessera::Fields<Closing>& fields) {
        using namespace tessera;
        fields.field("contentment", &Closing::contentment, help("Whether the customer is content with what was done")).field("date", &Closing::date, help("Today when left out"));
    }
};

Date day_of(const Transaction& tx, Date given, Date not_before, const Complaint& complaint) {
    const auto day = given.empty() ? tx.today() : given;
    if (day < not_before || day > tx.today())
        throw Refused("crm.day_does_not_fit", "To go on with complaint {}, give a day from {} to {}, not {}.", complaint.number, not_before, tx.today(), day)
            .with_status(422)
            .with_field("date");
    return day;
}

void take_rule(const Transaction& tx, Complaint& complaint, const Answer& answer) {
    complaint.rule = answer.rule;
    if (!answer.rule) return;
    const auto rule = tx.load(answer.rule);
    if (!rule.active || rule.reason != complaint.reason || (rule.tier && rule.tier != complaint.tier))
        throw Refused("crm.answer_does_not_fit", "To answer complaint {}, choose an answer for its reason and the customer's tier: {} is for others.", complaint.number, rule.name)
            .with_status(422)
            .with_field("rule");
    complaint.answer = rule.answer;
    complaint.remedy = rule.remedy;
}

void check_grant(const Transaction& tx, const Complaint& complaint) {
    const auto limit = complaint.rule ? tx.load(complaint.rule).limit : Money{0, complaint.remedy_amount.currency()};
    if (complaint.remedy_amount <= limit || tx.user().may("crm.grant_remedies")) return;
    throw Refused("crm.remedy_too_large", "To grant {} for complaint {}, ask somebody who may grant remedies: the rules allow {}.", complaint.remedy_amount, complaint.number, limit)
        .with_status(403)
        .with_field("amount");
}

constexpr std::string_view answer_purpose = "crm.complaint_answer";

void send_answer(Transaction& tx, const Complaint& complaint, Id<directory::LetterTemplate> words, Date day) {
    const auto  addressee = require_addressee(tx, complaint.party);
    const auto& letters   = tx.service<directory::Letters>();
    auto        values    = letters.values_about(tx, complaint.party, addressee.contact, day);
    values["complaint.number"]        = complaint.number;
    values["complaint.what_happened"] = complaint.what_happened;
    values["complaint.answer"]        = complaint.answer;
    values["complaint.remedy"]        = std::string(name_of(complaint.remedy));
    send_letter(tx, complaint.party, addressee, letters.filled(letters.words_of(tx, words, answer_purpose), values), tx.source_of(complaint),
                {.day = day, .kind = "complaint", .source_entity = "crm.complaint", .source_id = complaint.id.value});
}

void answer(Transaction& tx, Complaint& complaint, const Answer& input) {
    const auto day = day_of(tx, input.date, complaint.registered_on, complaint);
    if (input.reason) complaint.reason = input.reason;
    if (!complaint.reason) throw Refused("crm.reason_missing", "To answer complaint {}, give its reason.", complaint.number).with_status(422).with_field("reason");
    take_rule(tx, complaint, input);
    if (input.remedy) complaint.remedy = *input.remedy;
    if (!input.text.empty()) complaint.answer = input.text;
    if (!input.rule && input.text.empty()) throw Refused("crm.answer_missing", "To answer complaint {}, choose a proposed answer or write one.", complaint.number).with_status(422);
    complaint.remedy_amount = Money{input.amount.minor(), tx.books().currency};
    check_grant(tx, complaint);
    complaint.answered_on = day;
    complaint.escalation  = 0;
    if (input.letter) send_answer(tx, complaint, input.letter, day);
    else put_on_timeline(tx, complaint, Direction::outbound, fmt::format("Answer to complaint {}", complaint.number), complaint.answer, day);
    dispute_invoice(tx, complaint);
    tx.publish(ComplaintAnswered{complaint.id, complaint.party, day});
}

void resolve(Transaction& tx, Complaint& complaint, const Resolution& input) {
    complaint.resolved_on = day_of(tx, input.date, complaint.answered_on, complaint);
    complaint.resolution  = input.resolution;
    put_on_timeline(tx, complaint, Direction::internal, fmt::format("Complaint {} resolved", complaint.number), input.resolution, complaint.resolved_on);
    tx.publish(ComplaintResolved{complaint.id, complaint.party, complaint.resolved_on});
}

void close(Transaction& tx, Complaint& complaint, const Closing& input) {
    complaint.closed_on   = day_of(tx, input.date, complaint.resolved_on, complaint);
    complaint.contentment = input.contentment;
    put_on_timeline(tx, complaint, Direction::inbound, fmt::format("Complaint {} closed: {}", complaint.number, name_of(input.contentment)), {}, complaint.closed_on);
    end_dispute(tx, complaint);
    tx.publish(ComplaintClosed{complaint.id, complaint.party, input.contentment});
}

void reopen(Transaction& tx, Complaint& complaint, const Because& because) {
    ++complaint.reopened;
    complaint.escalation  = 0;
    complaint.answered_on = complaint.resolved_on = complaint.closed_on = complaint.escalated_on = {};
    complaint.contentment = Contentment::discontent;
    start_clocks(tx, complaint, tx.today());
    tx.because(because.reason);
    put_on_timeline(tx, complaint, Direction::inbound, fmt::format("Complaint {} reopened", complaint.number), because.reason, tx.today());
    tx.publish(ComplaintReopened{complaint.id, complaint.party, tx.today()});
}

}  // namespace complaint_workflow

void declare_complaint_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum ComplaintState;
    kernel.contribute(directory::LetterPurpose{std::string(complaint_workflow::answer_purpose),
                                               "Answer to a complaint",
                                               {"complaint.number", "complaint.what_happened", "complaint.answer", "complaint.remedy"}});
    kernel.workflow(&Complaint::state)
        .transition("answer", {registered, reopened}, answered, needs("crm.edit"), explained("Notes what was said and granted"), complaint_workflow::answer)
        .transition("resolve", answered, resolved, needs("crm.edit"), explained("Notes what was done"), complaint_workflow::resolve)
        .transition("close", resolved, closed, needs("crm.edit"), explained("Notes whether the customer is content"), complaint_workflow::close)
        .transition("reopen", {resolved, closed}, reopened, needs("crm.edit"), explained("The clocks begin anew"), complaint_workflow::reopen);
}

}  // namespace crm
