#include "search/sought.h"

#include "search/index.h"
#include "search/words.h"

#include <algorithm>
#include <cmath>

namespace tessera::search {

namespace sought {

constexpr std::int64_t many_documents = 20'000, few_documents = 1000, beginning_max = 3 * looked_through_max;
constexpr double       synonym_worth = 0.8, neighbour_worth = 0.4, stem_of_beginning_worth = 1.2;

std::vector<std::vector<std::string>> phrases_of(std::string_view text, std::string_view language) {
    std::vector<std::vector<std::string>> all;
    while (!text.empty()) {
        const auto               comma = text.find(',');
        std::vector<std::string> stems;
        for (const auto& word : words_of(text.substr(0, comma)))
            if (!word.joined) stems.push_back(stem_of(word.folded, language));
        if (!stems.empty()) all.push_back(std::move(stems));
        text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
    }
    return all;
}

std::int64_t documents_beginning(const Snapshot& tx, const std::string& word) {
    const auto end = word + "\xF4\x8F\xBF\xBF";
    return tx.value<std::int64_t>("SELECT sum(documents) FROM kernel_search_word WHERE stem >= :word AND stem < :end_of_range", word, end).value_or(0);
}

struct Known {
    std::string  stem{};
    std::int64_t documents = 0;
};

std::vector<Known> words_beginning(const Snapshot& tx, const std::string& word) {
    const auto end = word + "\xF4\x8F\xBF\xBF";
    return tx.rows<Known>("SELECT stem, sum(documents) FROM kernel_search_word WHERE stem >= :word AND stem < :end_of_range GROUP BY stem ORDER BY sum(documents) DESC, stem LIMIT 8", word, end);
}

}  // namespace sought

std::int64_t documents_with(const Snapshot& tx, const std::string& stem) {
    return tx.value<std::int64_t>("SELECT sum(documents) FROM kernel_search_word WHERE stem = :stem", stem).value_or(0);
}

double rarity(std::int64_t documents, std::int64_t all) {
    const auto some = static_cast<double>(std::min(documents, all));
    return std::log(1 + (static_cast<double>(all) - some + 0.5) / (some + 0.5));
}

Sought::Sought(const Snapshot& tx, const Asked& asked) : tx_(tx), asked_(asked), languages_(languages(tx)), documents_(document_count(tx)) {
    if (std::ranges::find(languages_, "en") == languages_.end()) languages_.push_back("en");
    for (std::size_t i = 0; i < asked.words.size(); ++i) add_term(i);
    add_synonyms();
    add_neighbours();
    for (const auto& word : as_read_) (read_as_ += read_as_.empty() ? "" : " ") += word;
    if (is_known()) choose();
}

double Sought::weight_of(std::int64_t documents) const { return rarity(documents, documents_); }

std::size_t Sought::add_unit(database::WordUnit unit, std::int64_t documents, int term) {
    unit.term = term;
    query_.units.push_back(std::move(unit));
    const auto index = query_.units.size() - 1;
    if (term >= 0) {
        terms_[static_cast<std::size_t>(term)].units.push_back(index);
        terms_[static_cast<std::size_t>(term)].documents += documents;
    }
    return index;
}

// Of a beginning that very many have, the words that are written most stand for all.
void Sought::add_beginning(const std::string& word, int term) {
    const auto documents = sought::documents_beginning(tx_, word);
    if (documents <= 0) return;
    stems_.push_back(word + "*");
    if (documents <= sought::beginning_max) {
        add_unit({.words = {word}, .begins = true, .weight = weight_of(documents)}, documents, term);
        return;
    }
    for (const auto& known : sought::words_beginning(tx_, word)) add_unit({.words = {known.stem}, .weight = weight_of(known.documents)}, known.documents, term);
}

void Sought::add_term(std::size_t index) {
    const auto& word = asked_.words[index];
    const int   term = static_cast<int>(terms_.size());
    terms_.emplace_back();
    const auto add_stems = [&](const std::string& folded, double worth) {
        std::vector<std::string> known;
        for (const auto& language : languages_) {
            const auto stem = stem_of(folded, language);
            if (std::ranges::find(known, stem) != known.end()) continue;
            known.push_back(stem);
            const auto documents = documents_with(tx_, stem);
            if (documents <= 0) continue;
            add_unit({.words = {stem}, .weight = worth * weight_of(documents)}, documents, term);
            stems_.push_back(stem);
        }
    };
    add_stems(word.word, word.unfinished ? sought::stem_of_beginning_worth : 1);
    if (word.unfinished && word.word.size() > (documents_ > sought::many_documents ? 2U : 1U)) add_beginning(word.word, term);
    as_read_.push_back(word.word);
    if (terms_.back().units.empty())
        if (const auto near = nearest_word(tx_, word.word); !near.empty()) {
            add_stems(near, 1);
            as_read_.back() = near;
            mended_         = true;
        }
    term_of_.push_back(term);
    if (!terms_.back().units.empty()) return;
    terms_.pop_back();
    term_of_.back() = -1;
}

// What is meant by a word that nobody wrote may be written in other words.
void Sought::add_synonyms() {
    std::vector<std::string> asked;
    for (const auto& word : asked_.words) asked.push_back(stem_of(word.word, "en"));
    tx_.each<std::string>("SELECT words FROM search_synonym ORDER BY id", [&](const std::string& words) {
        const auto phrases = sought::phrases_of(words, "en");
        for (const auto& phrase : phrases) {
            const auto at = std::search(asked.begin(), asked.end(), phrase.begin(), phrase.end());
            if (phrase.empty() || at == asked.end()) continue;
            auto& term = term_of_[static_cast<std::size_t>(at - asked.begin())];
            if (term < 0) {
                term = static_cast<int>(terms_.size());
                terms_.emplace_back();
            }
            for (const auto& other : phrases) {
                if (&other == &phrase) continue;
                std::int64_t documents = documents_;
                for (const auto& stem : other) documents = std::min(documents, documents_with(tx_, stem));
                if (documents <= 0) continue;
                add_unit({.words = other, .weight = sought::synonym_worth * weight_of(documents)}, documents, term);
                stems_.insert(stems_.end(), other.begin(), other.end());
            }
        }
    });
    // A term of which nothing is known after all is none.
    for (int term = static_cast<int>(terms_.size()) - 1; term >= 0; --term) {
        if (!terms_[static_cast<std::size_t>(term)].units.empty()) continue;
        terms_.erase(terms_.begin() + term);
        for (auto& of : term_of_) of = of == term ? -1 : of > term ? of - 1 : of;
        for (auto& unit : query_.units)
            if (unit.term > term) --unit.term;
    }
}

void Sought::add_neighbours() {
    const auto stem = [&](std::size_t word) { return stem_of(as_read_[word], "en"); };
    for (const auto& [first, second] : asked_.neighbours) {
        if (term_of_[first] < 0 || term_of_[second] < 0) continue;
        const auto commoner = std::max(terms_[static_cast<std::size_t>(term_of_[first])].documents, terms_[static_cast<std::size_t>(term_of_[second])].documents);
        if (says_nothing(commoner)) continue;
        const auto rarer = std::min(terms_[static_cast<std::size_t>(term_of_[first])].documents, terms_[static_cast<std::size_t>(term_of_[second])].documents);
        const auto index = add_unit({.words = {stem(first), stem(second)}, .begins = asked_.words[second].unfinished && commoner <= sought::beginning_max, .weight = sought::neighbour_worth * weight_of(rarer / 4)}, 0, -1);
        query_.also.push_back(index);
    }
}

void Sought::choose() {
    for (const auto& phrase : asked_.phrases) {
        database::WordUnit unit;
        for (const auto word : phrase) unit.words.push_back(stem_of(as_read_[word], "en"));
        query_.all_of.push_back({add_unit(std::move(unit), 0, -1)});
    }
    for (const auto& word : asked_.without)
        query_.none_of.push_back(add_unit({.words = {stem_of(word, "en")}}, 0, -1));
    std::vector<std::size_t> order(terms_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return terms_[i].documents; });
    std::size_t next = 0;
    if (query_.all_of.empty() && terms_[order[0]].documents > looked_through_max) {
        double together = static_cast<double>(terms_[order[0]].documents);      // statistics: as if words stood independently
        query_.all_of.push_back(terms_[order[next++]].units);
        for (; next < order.size() && together > looked_through_max; ++next) {
            together *= static_cast<double>(terms_[order[next]].documents) / static_cast<double>(std::max<std::int64_t>(1, documents_));
            query_.all_of.push_back(terms_[order[next]].units);
        }
    } else if (query_.all_of.empty()) {
        std::vector<std::size_t> any;
        std::int64_t             through = 0;
        for (; next < order.size() && (through += terms_[order[next]].documents) <= looked_through_max; ++next) any.insert(any.end(), terms_[order[next]].units.begin(), terms_[order[next]].units.end());
        query_.all_of.push_back(std::move(any));
    }
    query_.terms = static_cast<int>(next);
    for (; next < order.size(); ++next) {
        const auto& term = terms_[order[next]];
        if (says_nothing(term.documents)) continue;
        query_.also.insert(query_.also.end(), term.units.begin(), term.units.end());
        ++query_.terms;
    }
}

bool Sought::says_nothing(std::int64_t documents) const { return documents_ >= sought::few_documents && documents * 4 > documents_; }

std::optional<database::WordQuery> Sought::wider_query() const {
    if (!asked_.phrases.empty() || query_.all_of.size() < 2) return {};
    auto wider = query_;
    for (std::size_t i = 1; i < query_.all_of.size(); ++i) wider.also.insert(wider.also.end(), query_.all_of[i].begin(), query_.all_of[i].end());
    wider.all_of.resize(1);
    return wider;
}

}  // namespace tessera::search
