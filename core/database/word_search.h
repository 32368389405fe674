#pragma once
// Finding documents by words, as the engines share it. A document has an id and three parts: its title, its keywords and its body,
// each a run of words divided by spaces. Words are letters and digits only, brought into one form by who puts them in (search/words.h).
//
//     connection.put_words(17, {.title = "rear derailleur", .keywords = "ka 2026 00007", .body = "the nois come from"});
//     const WordQuery  query{.units = {{.words = {"derailleur"}, .weight = 3.2, .term = 0}, {.words = {"rear", "derailleur"}, .weight = 1.6}},
//                            .all_of = {{0}}, .also = {1}, .terms = 1};
//     const WordSearch search = connection.word_search(query);
//     // "SELECT " + search.id + ", " + search.score + " FROM " + search.source + " WHERE " + search.condition, its values in that order
//
// A unit is some words side by side. Found is what has of each of all_of at least one unit, and nothing of none_of; the units of `also`
// count for the rank alone. The score adds up what each unit is worth: its weight times how often it stands there, an occurrence in the
// title worth four, in the keywords two, and the more of them the less each adds. The sum is taken times the share of the terms that
// are there, a term being whatever units say the same thing.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tessera::database {

struct DocumentWords {
    std::string title{}, keywords{}, body{};
};

struct WordUnit {
    std::vector<std::string> words{};
    bool                     begins = false;  // the last word is only the beginning of one
    double                   weight = 1;      // how rare it is; statistics, no amount of anything
    int                      term   = -1;     // which of the terms it says; -1: none
};

struct WordQuery {
    std::vector<WordUnit>                 units{};
    std::vector<std::vector<std::size_t>> all_of{};
    std::vector<std::size_t>              also{}, none_of{};
    int                                   terms = 0;
};

struct WordSearch {
    std::string                                    id{}, score{}, source{}, condition{};
    std::vector<std::variant<std::string, double>> values{};
};

}  // namespace tessera::database
