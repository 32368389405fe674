#pragma once
// What is looked for, word by word, with all that says the same: stems in the languages there are, synonyms, the nearest word where nobody
// wrote this one. Of it comes the question to the engine's index of words.
//
//     const Sought sought(tx, read_query("reer derailleur", true));
//     sought.read_as();                          // "rear derailleur"
//     sought.query();                            // units, weighted by how rare they are; nothing when none of the words is known
//
// The rarest words decide what is found, as long as what has one of them can be looked through at once; what has the others, too, comes
// before it. Where even the rarest is common, what has several of them is looked through, the newest first; words that one in four has say
// nothing then. So a word that stands everywhere costs no more than one that does not.

#include "search/query.h"

namespace tessera::search {

inline constexpr std::int64_t looked_through_max = 2000;

class Sought {
public:
    Sought(const Snapshot& tx, const Asked& asked);

    bool                            is_known() const { return !terms_.empty(); }
    std::string                     read_as() const { return mended_ ? read_as_ : std::string(); }
    const database::WordQuery&      query() const { return query_; }
    // The same, where several words had to be there together and nothing has them: what has the rarest of them.
    std::optional<database::WordQuery> wider_query() const;
    const std::vector<std::string>& stems() const { return stems_; }    // for excerpts; "derail*" is the beginning of a word

private:
    struct Term {
        std::vector<std::size_t> units{};
        std::int64_t             documents = 0;
    };
    void         add_term(std::size_t asked);
    void         add_beginning(const std::string& word, int term);
    void         add_synonyms();
    void         add_neighbours();
    std::size_t  add_unit(database::WordUnit unit, std::int64_t documents, int term);
    void         choose();
    bool         says_nothing(std::int64_t documents) const;
    double       weight_of(std::int64_t documents) const;

    const Snapshot&          tx_;
    const Asked&             asked_;
    std::vector<std::string> languages_{};
    std::int64_t             documents_ = 0;
    std::vector<Term>        terms_{};
    std::vector<int>         term_of_{};        // of each word that was asked for; -1: unknown
    std::vector<std::string> as_read_{};
    std::vector<std::string> stems_{};
    database::WordQuery      query_{};
    std::string              read_as_{};
    bool                     mended_ = false;
};

std::int64_t documents_with(const Snapshot& tx, const std::string& stem);
// Statistics: how much it says that a record has a word which so many of all have.
double       rarity(std::int64_t documents, std::int64_t all);

}  // namespace tessera::search
