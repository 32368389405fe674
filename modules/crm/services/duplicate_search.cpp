// Likenesses and chances are statistics.
#include "services/duplicate_search.h"

#include "services/similarity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace crm {

namespace duplicate_search {

// A key that two parties have in common. Bits, so that a pair collects them.
enum Key : unsigned { email_shared = 1, phone_shared = 2, tax_number_shared = 4, postal_code_shared = 8 };
constexpr unsigned decisive = email_shared | phone_shared | tax_number_shared;

struct Prepared {
    std::string              name{}, email{}, phone{}, tax_number{};
    std::u32string           letters{};   // of the name
    std::vector<std::string> postal_codes{};
};

using Group  = std::vector<std::uint32_t>;
using Groups = std::unordered_map<std::string, Group>;
using Pair   = std::pair<std::uint32_t, std::uint32_t>;

Prepared prepare(const PartyFacts& facts) {
    Prepared p{name_key(facts.name), email_key(facts.email), phone_key(facts.phone), tax_number_key(facts.tax_number), {}, {}};
    p.letters = characters(p.name);
    for (const auto& code : facts.postal_codes)
        if (auto key = postal_code_key(code); !key.empty()) p.postal_codes.push_back(std::move(key));
    std::ranges::sort(p.postal_codes);
    return p;
}

class Search {
public:
    Search(std::span<const PartyFacts> parties, Percent threshold) : parties_(parties), threshold_(threshold) {
        std::ranges::transform(parties, std::back_inserter(prepared_), prepare);
    }

    std::vector<DuplicatePair> run() {
        Groups emails, phones, tax_numbers, postal_codes, beginnings;
        for (std::uint32_t i = 0; i < prepared_.size(); ++i) {
            const auto& p = prepared_[i];
            if (!p.email.empty()) emails[p.email].push_back(i);
            if (!p.phone.empty()) phones[p.phone].push_back(i);
            if (!p.tax_number.empty()) tax_numbers[p.tax_number].push_back(i);
            for (const auto& code : p.postal_codes) postal_codes[code].push_back(i);
            if (!p.name.empty()) beginnings[p.name.substr(0, 3)].push_back(i);
        }
        for (auto* groups : {&emails, &phones, &tax_numbers, &postal_codes, &beginnings})
            for (auto& [key, group] : *groups) pair_up(group);
        compare_all();
        std::ranges::sort(found_, [](const auto& a, const auto& b) { return std::tie(b.score, a.first, a.second) < std::tie(a.score, b.first, b.second); });
        return std::move(found_);
    }

private:
    void pair_up(Group& group) {
        const bool whole = group.size() <= group_compared_whole;
        if (!whole) std::ranges::sort(group, [&](auto a, auto b) { return std::tie(prepared_[a].name, a) < std::tie(prepared_[b].name, b); });
        for (std::size_t i = 0; i < group.size(); ++i)
            for (std::size_t k = i + 1; k < std::min(group.size(), whole ? group.size() : i + 1 + neighbours_compared); ++k)
                if (group[i] != group[k]) pairs_.push_back(std::minmax(group[i], group[k]));
    }

    // Most pairs meet in several groups.
    void compare_all() {
        std::ranges::sort(pairs_);
        pairs_.erase(std::ranges::unique(pairs_).begin(), pairs_.end());
        for (const auto& pair : pairs_) compare(pair);
    }

    void compare(Pair pair) {
        const auto& a = prepared_[pair.first];
        const auto& b = prepared_[pair.second];
        const auto  keys       = shared(a, b);
        const auto  similarity = Percent::raw(std::llround(jaro_winkler(a.letters, b.letters) * 100 * static_cast<double>(tessera::power_of_ten(Percent::decimals))));
        if (!(keys & decisive) && similarity < threshold_) return;
        const auto score = std::min(Percent::of(100), similarity + Percent::of(10 * __builtin_popcount(keys)));
        const auto [first, second] = std::minmax(parties_[pair.first].party, parties_[pair.second].party);
        found_.push_back({first, second, similarity, score, reasons(keys, similarity)});
    }

    static unsigned shared(const Prepared& a, const Prepared& b) {
        const auto same = [](const std::string& x, const std::string& y) { return !x.empty() && x == y; };
        const bool near = std::ranges::any_of(a.postal_codes, [&](const auto& code) { return std::ranges::binary_search(b.postal_codes, code); });
        return (same(a.email, b.email) ? email_shared : 0U) | (same(a.phone, b.phone) ? phone_shared : 0U) | (same(a.tax_number, b.tax_number) ? tax_number_shared : 0U) |
               (near ? postal_code_shared : 0U);
    }

    std::string reasons(unsigned keys, Percent similarity) const {
        std::string text;
        const auto  say = [&](bool so, std::string_view what) { if (so) text.append(text.empty() ? "" : ", ").append(what); };
        say(keys & tax_number_shared, "tax number");
        say(keys & email_shared, "e-mail address");
        say(keys & phone_shared, "telephone");
        say(keys & postal_code_shared, "postal code");
        say(similarity >= threshold_, "name");
        return text;
    }

    std::span<const PartyFacts> parties_;
    Percent                     threshold_;
    std::vector<Prepared>       prepared_{};
    std::vector<Pair>           pairs_{};
    std::vector<DuplicatePair>  found_{};
};

struct FoundCode {
    Id<Party>   party{};
    std::string code{};
};

std::vector<PartyFacts> active_parties(const Snapshot& tx) {
    struct Found {
        Id<Party>   party{};
        std::string name{}, email{}, phone{}, tax_number{};
    };
    std::vector<PartyFacts>          all;
    std::map<Id<Party>, std::size_t> places;
    tx.each<Found>("SELECT id, name, email, phone, tax_number FROM directory_party WHERE active = 1 AND crm_merged_into IS NULL ORDER BY id", [&](Found& f) {
        places[f.party] = all.size();
        all.push_back({f.party, std::move(f.name), std::move(f.email), std::move(f.phone), std::move(f.tax_number), {}});
    });
    tx.each<FoundCode>("SELECT DISTINCT party, postal_code FROM directory_address WHERE party IS NOT NULL AND postal_code IS NOT NULL", [&](FoundCode& f) {
        if (const auto at = places.find(f.party); at != places.end()) all[at->second].postal_codes.push_back(std::move(f.code));
    });
    return all;
}

}  // namespace duplicate_search

std::vector<DuplicatePair> duplicates_among(std::span<const PartyFacts> parties, Percent threshold) { return duplicate_search::Search(parties, threshold).run(); }

std::vector<DuplicatePair> DuplicatesService::find(const Snapshot& tx, Percent threshold) const {
    auto                                     pairs = duplicates_among(duplicate_search::active_parties(tx), threshold);
    std::set<std::pair<Id<Party>, Id<Party>>> apart;
    struct Known { Id<Party> party{}, other{}; };
    tx.each<Known>("SELECT party, other FROM crm_told_apart", [&](const Known& k) { apart.insert(std::minmax(k.party, k.other)); });
    std::erase_if(pairs, [&](const DuplicatePair& pair) { return apart.contains({pair.first, pair.second}); });
    return pairs;
}

}  // namespace crm
