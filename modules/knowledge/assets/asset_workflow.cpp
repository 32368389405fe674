// An asset:  draft --submit--> in_review --verify--> verified --object, or its day--> needs_review --verify--> verified;  retire, revive.
#include <knowledge/asset_events.h>
#include <knowledge/revision.h>
#include <tessera/access.h>

#include "assets/declare.h"
#include "assets/merge.h"
#include "assets/objections.h"
#include "assets/owner_letters.h"
#include "assets/quiz.h"
#include "assets/readings.h"
#include "assets/templates.h"
#include "assets/uses.h"

#include <algorithm>

namespace knowledge {

namespace asset_workflow {

using tessera::Refused;

struct Verification {
    std::optional<Confidence>   confidence{};
    std::optional<std::int64_t> review_every_days{};
    std::string                 note{};
    static void describe(tessera::Fields<Verification>& fields) {
        using namespace tessera;
        fields.field("confidence", &Verification::confidence, help("How sure it is; as it was when left out"))
            .field("review_every_days", &Verification::review_every_days, help("When it is to be looked at again; as it was when left out, 0: never"))
            .field("note", &Verification::note, help("What it was verified by"));
    }
};
struct Because {
    std::string reason{};
    static void describe(tessera::Fields<Because>& fields) { fields.field("reason", &Because::reason, tessera::required, tessera::multiline); }
};
struct Objecting {
    std::string text{};
    static void describe(tessera::Fields<Objecting>& fields) { fields.field("text", &Objecting::text, tessera::required, tessera::multiline, tessera::help("What is wrong")); }
};
struct Retirement {
    Id<Asset>   replaced_by{};
    std::string reason{};
    static void describe(tessera::Fields<Retirement>& fields) {
        fields.field("replaced_by", &Retirement::replaced_by, tessera::help("What is read instead")).field("reason", &Retirement::reason);
    }
};
struct Publication {
    std::optional<Audience> audience{};
    static void describe(tessera::Fields<Publication>& fields) {
        fields.field("audience", &Publication::audience, tessera::help("Who may read it; of a private one internal when left out, else public"));
    }
};
struct Restoration {
    std::int64_t revision = 0;
    static void  describe(tessera::Fields<Restoration>& fields) { fields.field("revision", &Restoration::revision, tessera::required, tessera::positive, tessera::help("The number of the revision")); }
};

std::string listed(const std::vector<std::string>& headings) {
    std::string text;
    for (const auto& heading : headings) text += (text.empty() ? "" : ", ") + heading;
    return text;
}

void require_written(const Transaction& tx, const Asset& asset, const char* goal) {
    const auto wanted = template_for(tx, asset.kind, asset.language);
    if (asset.address.empty() && is_unwritten(wanted, asset.body))
        throw Refused("knowledge.text_missing", "To {} {}, write its text, or give the address where it is.", goal, asset.title).with_status(422).with_field("body");
    const auto missing = asset.address.empty() ? missing_sections(wanted, asset.body) : std::vector<std::string>{};
    if (!missing.empty())
        throw Refused("knowledge.section_missing", "To {} {}, write what its kind needs below these headings: {}.", goal, asset.title, listed(missing)).with_status(422).with_field("body");
}

void submit(Transaction& tx, Asset& asset) {
    if (asset.audience == Audience::author_only)
        throw Refused("knowledge.private_note", "To submit {}, publish it first: nobody but you sees it.", asset.title).with_status(422).with_field("audience");
    if (!asset.owner) asset.owner = tx.service<directory::Staff>().acting(tx);
    if (!asset.owner) throw Refused("knowledge.owner_missing", "To submit {}, say who sees to it.", asset.title).with_status(422).with_field("owner");
    require_written(tx, asset, "submit");
}

void require_another(const Transaction& tx, const Asset& asset) {
    if (asset.changed_by != tx.user().name || !tessera::access::others_may(tx, "knowledge.verify")) return;
    throw Refused("knowledge.own_text", "To verify {}, ask somebody else who may: you changed it last.", asset.title).with_status(403);
}

// An accepted lesson changes something from a day on, or says why nothing has to.
void require_change(const Asset& asset) {
    if (asset.kind != AssetKind::lesson || !asset.changes_nothing.empty()) return;
    const auto changes = [](const AssetLink& link) { return link.relation == Relation::changes && !link.effective_from.empty(); };
    if (std::ranges::none_of(asset.links, changes))
        throw Refused("knowledge.change_missing", "To verify {}, link what it changes and say from when, or say why it changes nothing.", asset.title).with_status(422).with_field("links");
}

void verify(Transaction& tx, Asset& asset, const Verification& input) {
    require_another(tx, asset);
    require_written(tx, asset, "verify");
    require_change(asset);
    if (input.confidence) asset.confidence = *input.confidence;
    if (input.review_every_days) asset.review_every_days = *input.review_every_days;
    asset.verifier          = tx.service<directory::Staff>().acting(tx);
    asset.verified_on       = tx.today();
    asset.verified_revision = asset.revision;
    asset.review_on         = asset.review_every_days > 0 ? tx.today().plus_days(static_cast<int>(std::min<std::int64_t>(asset.review_every_days, 3650))) : Date{};
    if (!input.note.empty()) tx.because(input.note);
    settle_objections(tx, asset.id);
    tx.publish(AssetVerified{asset.id, asset.revision, asset.review_on});
}

void send_back(Transaction& tx, Asset& asset, const Because& input) {
    tx.because(input.reason);
    tell_owner(tx, asset, fmt::format("Sent back: {}", asset.title), input.reason);
}

void object(Transaction& tx, Asset& asset, const Objecting& input) {
    if (asset.state == AssetState::verified) asset.state = AssetState::needs_review;
    note_objection(tx, asset, input.text);
    tell_owner(tx, asset, fmt::format("Somebody objects: {}", asset.title), fmt::format("{} says of {} ({}):\n\n{}", tx.user().name, asset.title, asset.number, input.text));
    if (asset.state == AssetState::needs_review) tx.publish(AssetNeedsReview{asset.id, input.text});
}

void retire(Transaction& tx, Asset& asset, const Retirement& input) {
    const auto instead = tx.find(input.replaced_by);
    if (input.replaced_by && (input.replaced_by == asset.id || !instead || instead->state == AssetState::retired))
        throw Refused("knowledge.no_replacement", "To retire {}, name another asset that is in use, or none.", asset.title).with_status(422).with_field("replaced_by");
    asset.replaced_by = input.replaced_by;
    asset.review_on   = {};
    if (!input.reason.empty()) tx.because(input.reason);
    settle_objections(tx, asset.id);
    tx.publish(AssetRetired{asset.id, asset.replaced_by});
}

void discard(Transaction& tx, Asset& asset) {
    if (asset.author != tx.user().name && !tx.user().may("knowledge.verify"))
        throw Refused("knowledge.not_yours", "To discard {}, ask {}, who wrote it.", asset.title, asset.author).with_status(403);
    tx.publish(AssetRetired{asset.id, {}});
}

void revive(Transaction&, Asset& asset) { asset.replaced_by = {}; }

void publish(Transaction&, Asset& asset, const Publication& input) {
    const auto next = asset.audience == Audience::author_only ? Audience::internal : Audience::everybody;
    asset.audience  = input.audience.value_or(next);
}

void restore(Transaction& tx, Asset& asset, const Restoration& input) {
    const auto old = tx.first<Revision>("asset = :asset AND number = :number", asset.id, input.revision);
    if (!old) throw Refused("knowledge.no_revision", "To restore {}, choose one of its revisions; {} is none.", asset.title, input.revision).with_status(422).with_field("revision");
    asset.title   = old->title;
    asset.summary = old->summary;
    asset.body    = old->body;
    tx.because(fmt::format("Revision {} restored", input.revision));
}

}  // namespace asset_workflow

void declare_asset_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using namespace asset_workflow;
    using enum AssetState;
    kernel.workflow(&Asset::state)
        .transition("submit", {draft, needs_review}, in_review, explained("Asks for it to be verified"), submit)
        .transition("verify", {in_review, needs_review}, verified, needs("knowledge.verify"), explained("It is right, until its next review"), verify)
        .transition("send_back", {in_review, needs_review}, draft, needs("knowledge.verify"), explained("Says what is to be done first"), send_back)
        .transition("object", {in_review, verified, needs_review}, decided_by_action, needs("knowledge.read"), explained("Says what is wrong with it"), object)
        .transition("publish", {draft, in_review, verified, needs_review}, decided_by_action, explained("Shows a private one to all colleagues, a verified one to customers"), publish)
        .transition("restore", {draft, in_review, verified, needs_review}, decided_by_action, explained("What an old revision said becomes the newest"), restore)
        .transition("retire", {draft, in_review, verified, needs_review}, retired, needs("knowledge.verify"), destructive, explained("It is kept, and not found before others any more"), retire)
        .transition("discard", draft, retired, destructive, explained("Its author does not go on with it"), discard)
        .transition("revive", retired, draft, needs("knowledge.verify"), revive)
        .transition("merge_into", {draft, in_review, verified, needs_review}, retired, needs("knowledge.verify"), destructive, explained("Its uses, links and readings go to another, which replaces it"), merge_into)
        .transition("read", {draft, in_review, verified, needs_review}, decided_by_action, needs("knowledge.read"), called("Read and understood"), note_reading)
        .transition("answer_quiz", {draft, in_review, verified, needs_review}, decided_by_action, needs("knowledge.read"), explained("Its questions, one letter each"), answer_quiz)
        .transition("use", {draft, in_review, verified, needs_review}, decided_by_action, needs("knowledge.read"), explained("Says where it was used and whether it helped"), note_use);
}

void declare_asset_events(tessera::Kernel& kernel) {
    kernel.event<AssetVerified>("knowledge.asset_verified")
        .field("asset", &AssetVerified::asset)
        .field("revision", &AssetVerified::revision)
        .field("review_on", &AssetVerified::review_on);
    kernel.event<AssetNeedsReview>("knowledge.asset_needs_review").field("asset", &AssetNeedsReview::asset).field("why", &AssetNeedsReview::why);
    kernel.event<AssetUsed>("knowledge.asset_used")
        .field("asset", &AssetUsed::asset)
        .field("entity", &AssetUsed::entity)
        .field("record", &AssetUsed::record)
        .field("helpful", &AssetUsed::helpful);
    kernel.event<AssetRetired>("knowledge.asset_retired").field("asset", &AssetRetired::asset).field("replaced_by", &AssetRetired::replaced_by);
}

}  // namespace knowledge
