#pragma once
// An asset is a piece of knowledge that is kept: an article, a lesson, a decision. It has an owner, a state, an age and a measured use.
//
//     draft ──submit──► in_review ──verify──► verified ──(its day comes, or somebody objects)──► needs_review ──verify──► verified
//     (send_back to draft from in_review and needs_review; retire from every state, revive to draft)
//
// The text is Markdown. Whoever may read knowledge reads what is internal or public; a private note is its author's alone until it is
// published; what is public and verified may be shown to customers. Every text it has had is a revision (revision.h); a verified one
// whose text is changed is in review again.
//
//     Asset lesson{.kind = AssetKind::lesson, .title = "Grease the pivots", .links = {{.entity = "crm.complaint", .record = 7}}};

#include <knowledge/topic.h>

namespace knowledge {

struct Asset;

enum class AssetKind { article, how_to, lesson, story, decision, question, guide, document };
constexpr auto names_of(AssetKind) { return tessera::names("article", "how_to", "lesson", "story", "decision", "question", "guide", "document"); }

enum class AssetState { draft, in_review, verified, needs_review, retired };
constexpr auto names_of(AssetState) { return tessera::names("draft", "in_review", "verified", "needs_review", "retired"); }

enum class Audience { author_only, internal, everybody };
constexpr auto names_of(Audience) { return tessera::names("private", "internal", "public"); }

enum class Confidence { low, medium, high };
constexpr auto names_of(Confidence) { return tessera::names("low", "medium", "high"); }

// What the other record is to the asset.
enum class Relation { about, evidence, changes, contradicted_by, replaced_by };
constexpr auto names_of(Relation) { return tessera::names("about", "evidence", "changes", "contradicted_by", "replaced_by"); }

struct AssetTopic {                       // knowledge.asset_topic
    Id<AssetTopic> id{};
    Id<Asset>      asset{};
    Id<Topic>      topic{};
};

struct AssetLink {                        // knowledge.asset_link: to a record of whatever module
    Id<AssetLink> id{};
    Id<Asset>     asset{};
    std::string   entity{};               // "crm.complaint"
    std::int64_t  record   = 0;
    Relation      relation = Relation::about;
    std::string   note{};                 // of evidence: what it shows; of a change: what changes
    Date          effective_from{};       // of a change: from when
};

struct Asset {                            // knowledge.asset
    Id<Asset>               id{};
    std::string             number{};     // "KA-2026-00007"
    AssetKind               kind = AssetKind::article;
    std::string             title{};
    std::string             summary{};
    std::string             keywords{};   // what else people call it, when they look for it
    std::string             body{};       // Markdown; of a new one the template of its kind when left out
    std::string             language = "en";
    Audience                audience = Audience::internal;
    AssetState              state    = AssetState::draft;
    std::string             author{};     // the name of the user who wrote it first
    Id<Employee>            owner{};      // who sees to it that it stays right
    Id<Employee>            verifier{};
    std::int64_t            revision = 1;
    std::string             changed_by{}; // the user who changed the text last
    Date                    changed_on{};
    std::int64_t            review_every_days = 180;       // 0: never
    Date                    verified_on{}, review_on{};
    std::int64_t            verified_revision = 0;
    Confidence              confidence = Confidence::medium;
    bool                    best_practice = false;
    std::string             objective{};  // of the business that it serves
    std::int64_t            minutes_saved = 0;      // by one use, as its users found (the median); 0: nobody has said
    std::string             outcome{};    // of a decision: what came of it
    Date                    outcome_on{};
    std::string             changes_nothing{};      // of a lesson: why nothing has to be changed
    bool                    required_reading = false;
    std::string             readers_department{};   // who has to read it; empty: everybody
    std::int64_t            pass_percent = 80;      // of its questions that are to be answered rightly
    std::string             address{};    // of a document elsewhere
    std::string             source{};     // the file it was taken over from
    std::string             origin{};     // and who wrote that when: "Ada Lovell, 2025-10-15"
    Id<Asset>               replaced_by{};
    std::int64_t            standing = 1000;        // how far above others search ranks it: see standing.h
    std::vector<AssetTopic> topics{};
    std::vector<AssetLink>  links{};
};

}  // namespace knowledge
