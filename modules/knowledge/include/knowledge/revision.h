#pragma once
// Every text that an asset has had. A revision is written once and never changes; the newest is what the asset says now.
//
//     GET /api/knowledge/revisions?asset=7                    what it said when, and who changed it
//     GET /api/knowledge/revisions/12/difference              line by line against the one before
//     POST /api/knowledge/assets/7/restore {"revision":2}     what it said then becomes its newest revision

#include <knowledge/asset.h>

namespace knowledge {

struct Revision {                         // knowledge.revision
    Id<Revision> id{};
    Id<Asset>    asset{};
    std::int64_t number = 0;              // from 1, of each asset
    std::string  title{}, summary{}, body{};
    std::string  changed_by{};            // the user's name
    Instant      changed_at{};
    std::string  why{};
};

// What assets of a kind begin with, and which headings they must have to be submitted.
struct Template {                         // knowledge.template
    Id<Template> id{};
    AssetKind    kind     = AssetKind::article;
    std::string  language = "en";
    std::string  body{};                  // Markdown
    std::string  required_headings{};     // one a line
    bool         active = true;
};

enum class ObjectionState { open, settled };
constexpr auto names_of(ObjectionState) { return tessera::names("open", "settled"); }

// What somebody found wrong with an asset; settled when it is verified again, or retired.
struct Objection {                        // knowledge.objection
    Id<Objection>  id{};
    Id<Asset>      asset{};
    std::int64_t   revision = 0;          // which one it is about
    std::string    text{};
    std::string    objected_by{};
    Instant        objected_at{};
    ObjectionState state = ObjectionState::open;
    std::string    settled_by{};
    Date           settled_on{};
};

}  // namespace knowledge
