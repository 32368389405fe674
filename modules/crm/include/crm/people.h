#pragma once
// Who is who: people and the organisations they have roles in, parties that are one and the same, and how those are merged.
//
//     tx.insert(Relationship{.contact = ben, .party = acme, .role = "Head of purchasing", .starts_on = "2026-01-01"_date});
//     for (const auto& pair : tx.service<Duplicates>().find(tx, Percent::parse("90"))) …
//     const auto merge = tx.insert(Merge{.survivor = acme, .duplicate = acme_again});
//     tx.transition(merge, "merge");

#include <crm/timeline.h>

namespace crm {

// A person may have roles in several organisations, for a time; the party named by the contact itself is the one they belong to.
struct Relationship {                 // crm.relationship
    Id<Relationship> id{};
    Id<Contact>      contact{};
    Id<Party>        party{};
    std::string      role{};          // "Head of purchasing"
    Date             starts_on{};     // empty: since ever
    Date             ends_on{};       // empty: until further notice; both days included
    bool             main_contact = false;  // whom to turn to first; one at a time
    std::string      note{};
};

// Two parties of which somebody knows that they are not the same: never proposed again.
struct ToldApart {                    // crm.told_apart
    Id<ToldApart> id{};
    Id<Party>     party{};
    Id<Party>     other{};
    std::string   reason{};
};

// Two parties that may be one. The score is the Jaro-Winkler similarity of their names in percent, and ten more for each key they have
// in common (e-mail address, telephone, tax number, postal code), at most 100.
struct DuplicatePair {
    Id<Party>   first{};              // the one that was entered earlier
    Id<Party>   second{};
    Percent     similarity{};         // of the names
    Percent     score{};
    std::string reasons{};            // "e-mail address, telephone"
};

class Duplicates {
public:
    virtual ~Duplicates() = default;
    // Pairs of active parties that share an e-mail address, a telephone or a tax number, or whose names are alike by at least
    // `threshold`, the likeliest first. Names are compared within groups that begin alike or have the same postal code, each with its
    // neighbours in the alphabet where a group is large, so that tens of thousands of parties take seconds.
    virtual std::vector<DuplicatePair> find(const Snapshot&, Percent threshold) const = 0;
};

enum class MergeState { draft, merged, cancelled };
constexpr auto names_of(MergeState) { return tessera::names("draft", "merged", "cancelled"); }

enum class Side { kept, dropped };
constexpr auto names_of(Side) { return tessera::names("kept", "dropped"); }

struct Merge;

struct MergeChoice {                  // crm.merge_choice: whose value the survivor takes
    Id<MergeChoice> id{};
    Id<Merge>       document{};
    std::string     field{};          // of directory.party: "email"
    Side            take = Side::kept;
};

// Without a choice the survivor keeps its value, and takes the other's where it has none. See README, Merging.
struct Merge {                        // crm.merge
    Id<Merge>                id{};
    MergeState               state = MergeState::draft;
    Id<Party>                survivor{};
    Id<Party>                duplicate{};
    std::string              reason{};
    Date                     merged_on{};
    std::vector<MergeChoice> choices{};
};

// Published in the transaction when all is re-pointed.
struct PartiesMerged {                // crm.parties_merged
    Id<Merge> merge{};
    Id<Party> survivor{};
    Id<Party> duplicate{};
};

}  // namespace crm
