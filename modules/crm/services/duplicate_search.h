#pragma once
// Which parties of a list may be one and the same: on values alone. (Statistics of text.)

#include <crm/people.h>

#include <span>
#include <string>
#include <vector>

namespace crm {

struct PartyFacts {
    Id<Party>                party{};
    std::string              name{}, email{}, phone{}, tax_number{};
    std::vector<std::string> postal_codes{};
};

// Groups larger than this are compared with their next neighbours in the alphabet only: Hernández, M. A., Stolfo, S. J. (1995), The
// merge/purge problem for large databases, SIGMOD 24: the sorted-neighbourhood method.
inline constexpr std::size_t group_compared_whole = 60, neighbours_compared = 20;

std::vector<DuplicatePair> duplicates_among(std::span<const PartyFacts> parties, Percent threshold);

class DuplicatesService : public Duplicates {
public:
    std::vector<DuplicatePair> find(const Snapshot& tx, Percent threshold) const override;
};

}  // namespace crm
