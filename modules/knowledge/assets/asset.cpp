#include <knowledge/asset.h>
#include <tessera/markdown.h>

#include "assets/asset_links.h"
#include "assets/declare.h"
#include "assets/revisions.h"
#include "assets/standing.h"
#include "assets/templates.h"
#include "published/published.h"

#include <algorithm>

namespace knowledge {

namespace asset_entity {

using tessera::Refused;

void begin(Transaction& tx, Asset& asset) {
    asset.author = tx.user().name;
    if (!asset.owner) asset.owner = tx.service<directory::Staff>().acting(tx);
    if (asset.body.empty() && asset.address.empty()) asset.body = template_for(tx, asset.kind, asset.language).body;
    if (!asset.title.empty() && asset.number.empty()) asset.number = tx.number("KA", tx.today());
}

void check_values(const Asset& asset) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (asset.language.size() != 2 || !std::ranges::all_of(asset.language, letter))
        throw Refused("knowledge.unknown_language", "To say what it is written in, give the two letters of a language, such as en or de.").with_status(422).with_field("language");
    if (asset.review_every_days > 3650)
        throw Refused("knowledge.review_too_rare", "To have it reviewed, give at most 3650 days; 0 means never.").with_status(422).with_field("review_every_days");
    if (asset.pass_percent < 1 || asset.pass_percent > 100)
        throw Refused("knowledge.pass_percent", "To say how much is to be answered rightly, give 1 to 100 percent.").with_status(422).with_field("pass_percent");
}

void check_audience(const Transaction& tx, const Asset& asset, const std::optional<Asset>& before) {
    const auto was = before ? before->audience : Audience::internal;
    if (asset.audience == was) return;
    if (asset.audience == Audience::author_only && before)
        throw Refused("knowledge.published_already", "To keep this to yourself, write it anew: others have seen {}.", asset.title).with_status(422).with_field("audience");
    if (asset.audience != Audience::everybody) return;
    if (!tx.user().may("knowledge.publish"))
        throw Refused("kernel.not_permitted", "To show this to customers, ask for the permission knowledge.publish: {} does not have it.", tx.user().name).with_status(403).with_field("audience");
    if (asset.state != AssetState::verified)
        throw Refused("knowledge.not_verified", "To show this to customers, have it verified first: it is {}.", tessera::name_of(asset.state)).with_status(422).with_field("audience");
}

// The text is changed, or there for the first time: a verified one is in review again.
void note_text(Transaction& tx, Asset& asset) {
    const auto last  = asset.id ? last_revision(tx, asset.id) : std::nullopt;
    asset.revision   = last ? last->number : 1;
    if (last && says_the_same(*last, asset)) return;
    if (last) ++asset.revision;
    check_text(asset);
    asset.changed_by = tx.user().name;
    asset.changed_on = tx.today();
    if (asset.state == AssetState::verified) asset.state = AssetState::in_review;
    keep_revision(tx, asset);
}

void check(Transaction& tx, Asset& asset) {
    const auto before = asset.id ? tx.find(asset.id) : std::nullopt;
    if (!before) begin(tx, asset);
    check_values(asset);
    note_text(tx, asset);
    check_audience(tx, asset, before);
    check_links(tx, asset, before);
    if (!asset.outcome.empty() && asset.outcome_on.empty()) asset.outcome_on = tx.today();
    asset.standing = standing_of(tx, asset);
    keep_published(tx, asset);
}

void declare_lines(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<AssetTopic>("knowledge.asset_topic", "Topic of an asset")
        .part_of(&AssetTopic::asset)
        .field("topic", &AssetTopic::topic, required, indexed)
        .unique_together({"document", "topic"});
    kernel.entity<AssetLink>("knowledge.asset_link", "Link of an asset")
        .part_of(&AssetLink::asset)
        .field("entity", &AssetLink::entity, required, help("The kind of record: catalog.product, crm.complaint"))
        .field("record", &AssetLink::record, required)
        .field("relation", &AssetLink::relation)
        .field("note", &AssetLink::note)
        .field("effective_from", &AssetLink::effective_from, help("Of what is changed: from when"))
        .index({"entity", "record"});
}

}  // namespace asset_entity

void declare_asset(tessera::Kernel& kernel) {
    using namespace tessera;
    asset_entity::declare_lines(kernel);
    kernel.entity<Asset>("knowledge.asset", "Knowledge asset")
        .path("assets")
        .help("A piece of knowledge that is kept: an article, a lesson, a decision")
        .field("number", &Asset::number, read_only, unique, searchable)
        .field("kind", &Asset::kind, indexed)
        .field("title", &Asset::title, required, searchable, longest(200))
        .field("summary", &Asset::summary, searchable, not_in_list, longest(1000))
        .field("keywords", &Asset::keywords, searchable, not_in_list, longest(400), help("What else people call it, when they look for it"))
        .field("body", &Asset::body, searchable, multiline, longest(200'000), help("Markdown; the template of its kind when left out"))
        .field("language", &Asset::language, longest(2))
        .field("audience", &Asset::audience)
        .field("state", &Asset::state, read_only, indexed)
        .field("author", &Asset::author, read_only, not_in_list, indexed)
        .field("owner", &Asset::owner, indexed, help("Who sees to it that it stays right; the employee with your e-mail address when left out"))
        .field("verifier", &Asset::verifier, read_only)
        .field("revision", &Asset::revision, read_only, not_in_list)
        .field("changed_by", &Asset::changed_by, read_only, not_in_list)
        .field("changed_on", &Asset::changed_on, read_only)
        .field("review_every_days", &Asset::review_every_days, not_negative, not_in_list, help("0: never"))
        .field("verified_on", &Asset::verified_on, read_only)
        .field("verified_revision", &Asset::verified_revision, read_only, not_in_list)
        .field("review_on", &Asset::review_on, read_only, indexed)
        .field("confidence", &Asset::confidence, read_only)
        .field("best_practice", &Asset::best_practice, not_in_list)
        .field("objective", &Asset::objective, not_in_list, longest(200), help("Of the business, that it serves"))
        .field("minutes_saved", &Asset::minutes_saved, read_only, not_in_list, help("By one use, as its users found"))
        .field("outcome", &Asset::outcome, multiline, help("Of a decision: what came of it"))
        .field("outcome_on", &Asset::outcome_on, not_in_list)
        .field("changes_nothing", &Asset::changes_nothing, not_in_list, longest(1000), help("Of a lesson that names nothing that it changes: why"))
        .field("required_reading", &Asset::required_reading, not_in_list)
        .field("readers_department", &Asset::readers_department, not_in_list, longest(120), help("Who has to read it; everybody when left out"))
        .field("pass_percent", &Asset::pass_percent, not_in_list, help("Of its questions that are to be answered rightly"))
        .field("address", &Asset::address, not_in_list, longest(2000), help("Of a document elsewhere"))
        .field("source", &Asset::source, read_only, not_in_list, indexed, longest(1000), help("The file it was taken over from"))
        .field("origin", &Asset::origin, read_only, not_in_list, longest(300), help("Who wrote that file, and when"))
        .field("replaced_by", &Asset::replaced_by, read_only, not_in_list, indexed)
        .field("standing", &Asset::standing, read_only, not_in_list)
        .lines("topics", &Asset::topics)
        .lines("links", &Asset::links)
        .display("title")
        .seen_where("t.audience <> 'private' OR t.author = :me")
        .standing("standing")
        .language("language")
        .editable_while(AssetState::draft, AssetState::in_review, AssetState::verified, AssetState::needs_review)
        .not_deletable()
        .validate(asset_entity::check);
}

}  // namespace knowledge
