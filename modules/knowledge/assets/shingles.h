#pragma once
// How alike two texts are: the share of runs of four words ("shingles") that both have among those that either has (Jaccard). A run
// that many texts have, such as a heading of a template, says nothing and is left out.

#include <cstdint>
#include <string_view>
#include <vector>

namespace knowledge {

using Shingles = std::vector<std::uint64_t>;   // sorted, each once

Shingles     shingles_of(std::string_view text);
// In per cent.
std::int64_t likeness(const Shingles& a, const Shingles& b);

struct Alike {
    std::size_t  first = 0, second = 0;        // places among the texts
    std::int64_t percent = 0;
};
// Pairs that are at least so much alike, the most alike first. Texts that share no run which at most fifty have are not compared.
std::vector<Alike> alike(std::vector<Shingles> texts, std::int64_t percent_min);

}  // namespace knowledge
