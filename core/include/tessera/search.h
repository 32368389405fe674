#pragma once
// Search finds records of all modules by the words of their searchable fields, and of those only what the reader sees:
//
//     const auto found = search::find(tx, {.text = "rear derailleur noise", .entities = {"knowledge.asset"}, .limit = 5});
//     for (const auto& hit : found.hits) …                      // the best first
//     for (const auto& hit : search::similar(tx, {"crm.complaint", 17}, {"knowledge.asset"}, 5)) …
//
// Words are found in whatever form they stand (Snowball stems, English unless a record says its language), without regard to case and
// accents. "two words" in quotes stand side by side, -word must not be there, the last word may be unfinished. A word nobody wrote is
// read as the nearest that somebody did (one letter in words from four letters, two from eight), and other words for the same thing
// (search.synonym) are found too. A record that has more of the words, rarer ones, and has them in its name, comes first
// (BM25 with weighted fields; Robertson and Zaragoza, 2009), moved by its standing.
//
// The index follows the audit trail: it is some moments behind what was committed, and `caught_up` says whether it is.

#include <tessera/list_filter.h>
#include <tessera/transaction.h>

namespace tessera::search {

struct Request {
    std::string              text{};
    std::vector<std::string> entities{};     // "knowledge.asset"; empty: all
    std::vector<ListFilter>  filters{};      // of the one entity that is named, as in its list
    int                      limit  = 20;    // at most 100
    int                      offset = 0;
    bool                     unfinished = false;   // the last word is still being typed
};

struct Hit {
    std::string  entity{};                   // "knowledge.asset"
    std::int64_t id = 0;
    std::string  title{};
    std::string  excerpt{};                  // a passage with the words in it, those between U+0002 and U+0003
    double       score = 0;                  // comparable within one answer
};

struct Found {
    std::vector<Hit> hits{};
    std::string      read_as{};              // the words as they were mended; empty: as they were typed
    bool             more = false;           // there are further ones
    bool             caught_up = true;
};

TESSERA_API Found            find(const Snapshot& tx, const Request& request);
// Records that are about the same as this one, itself left out, by the words that tell it from others.
TESSERA_API std::vector<Hit> similar(const Snapshot& tx, const Source& record, const std::vector<std::string>& entities, int limit);

// Other words for the same thing: whoever looks for one finds the others.
struct Synonym {
    Id<Synonym> id{};
    std::string words{};                     // "freewheel, cassette, cog set"
    std::string note{};
};

enum class MissState { open, answered, dismissed };
constexpr auto names_of(MissState) { return names("open", "answered", "dismissed"); }

// What was looked for and not found: where something ought to be written.
struct Miss {
    Id<Miss>     id{};
    std::string  text{};                     // as it was typed last; those that differ in case and forms of words are one
    std::string  words{};                    // their stems, sorted
    std::int64_t times = 1;
    Instant      first_at{}, last_at{};
    std::string  last_by{};                  // the user's name
    MissState    state = MissState::open;
    std::string  answer{};                   // what was done about it
};

enum class ChoiceState { counts, ignored };
constexpr auto names_of(ChoiceState) { return names("counts", "ignored"); }

// What was opened after it had been found by other words than its own.
struct Choice {
    Id<Choice>   id{};
    std::string  text{};                     // as it was typed first
    std::string  words{};                    // their stems, sorted
    std::string  source_entity{};
    std::int64_t source_id = 0;
    std::int64_t people    = 0;              // who opened it after these words; from two on the words lead to it
    Instant      last_at{};
    ChoiceState  state = ChoiceState::counts;
};

// That somebody opened a record they had found.
struct Opened {
    std::string text{};                      // what they had typed
    bool        unfinished = false;          // while the last word was still being typed
    Source      record{};
};

}  // namespace tessera::search
