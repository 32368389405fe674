#include <knowledge/asset.h>

#include "declare.h"

namespace knowledge {

void declare_asset(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<AssetTopic>("knowledge.asset_topic", "Topic of an asset")
        .part_of(&AssetTopic::asset)
        .field("topic", &AssetTopic::topic, required, indexed);
    kernel.entity<AssetLink>("knowledge.asset_link", "Link of an asset")
        .part_of(&AssetLink::asset)
        .field("entity", &AssetLink::entity, required, help("The kind of record: catalog.product, crm.complaint"))
        .field("record", &AssetLink::record, required)
        .field("relation", &AssetLink::relation)
        .field("note", &AssetLink::note)
        .field("effective_from", &AssetLink::effective_from)
        .index({"entity", "record"});
    kernel.entity<Asset>("knowledge.asset", "Knowledge asset")
        .path("assets")
        .help("A piece of knowledge that is kept: an article, a lesson, a decision")
        .field("number", &Asset::number, read_only, unique, searchable)
        .field("kind", &Asset::kind, indexed)
        .field("title", &Asset::title, required, searchable, longest(200))
        .field("summary", &Asset::summary, searchable, not_in_list, longest(1000))
        .field("body", &Asset::body, searchable, multiline, longest(200'000), help("Markdown"))
        .field("language", &Asset::language, longest(2))
        .field("audience", &Asset::audience)
        .field("state", &Asset::state, read_only, indexed)
        .field("author", &Asset::author, read_only, not_in_list)
        .field("owner", &Asset::owner, indexed)
        .field("verifier", &Asset::verifier)
        .field("revision", &Asset::revision, read_only, not_in_list)
        .field("review_every_days", &Asset::review_every_days, not_negative, not_in_list)
        .field("verified_on", &Asset::verified_on, read_only)
        .field("review_on", &Asset::review_on, read_only, indexed)
        .field("confidence", &Asset::confidence)
        .field("best_practice", &Asset::best_practice, not_in_list)
        .field("objective", &Asset::objective, not_in_list, longest(200))
        .field("minutes_saved", &Asset::minutes_saved, not_negative, not_in_list)
        .field("outcome", &Asset::outcome, multiline)
        .field("outcome_on", &Asset::outcome_on, not_in_list)
        .field("address", &Asset::address, not_in_list, longest(2000))
        .field("standing", &Asset::standing, read_only, not_in_list)
        .lines("topics", &Asset::topics)
        .lines("links", &Asset::links)
        .display("title")
        .seen_where("t.audience <> 'private' OR t.author = :me")
        .standing("standing")
        .language("language");
}

}  // namespace knowledge
