#include "assets/shingles.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

namespace knowledge {

namespace shingles {

constexpr std::size_t run_of_words = 4, common_from = 51;

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string              word;
    const auto               end = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') word += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) word += c;
        else end();
    }
    end();
    return words;
}

// FNV-1a, which is the same on every machine.
std::uint64_t hash(std::uint64_t value, std::string_view text) {
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return (value ^ 0x20u) * 1099511628211ull;
}

using Places = std::unordered_map<std::uint64_t, std::vector<std::size_t>>;

Places places_of(const std::vector<Shingles>& texts) {
    Places places;
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (const auto one : texts[i]) places[one].push_back(i);
    return places;
}

}  // namespace shingles

Shingles shingles_of(std::string_view text) {
    using namespace shingles;
    const auto words = words_of(text);
    Shingles   all;
    for (std::size_t i = 0; i + run_of_words <= words.size(); ++i) {
        std::uint64_t value = 14695981039346656037ull;
        for (std::size_t j = 0; j < run_of_words; ++j) value = hash(value, words[i + j]);
        all.push_back(value);
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::int64_t likeness(const Shingles& a, const Shingles& b) {
    Shingles both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    const auto either = a.size() + b.size() - both.size();
    return either == 0 ? 0 : static_cast<std::int64_t>(both.size() * 100 / either);
}

std::vector<Alike> alike(std::vector<Shingles> texts, std::int64_t percent_min) {
    using namespace shingles;
    const auto places = places_of(texts);
    for (auto& text : texts) std::erase_if(text, [&](std::uint64_t one) { return places.at(one).size() >= common_from; });
    std::set<std::pair<std::size_t, std::size_t>> candidates;
    for (const auto& [one, where] : places) {
        if (where.size() >= common_from) continue;
        for (std::size_t i = 0; i < where.size(); ++i)
            for (std::size_t j = i + 1; j < where.size(); ++j) candidates.emplace(where[i], where[j]);
    }
    std::vector<Alike> pairs;
    for (const auto& [first, second] : candidates)
        if (const auto percent = likeness(texts[first], texts[second]); percent >= percent_min) pairs.push_back({first, second, percent});
    std::ranges::stable_sort(pairs, [](const Alike& a, const Alike& b) { return a.percent > b.percent; });
    return pairs;
}

}  // namespace knowledge
