#pragma once
// How far above others search ranks an asset, per mille of the usual, from 100 to 2000. It is the sum of
//
//     state        draft 900, in review 1000, verified 1300, needs review 800, retired 200
//     confidence   of a verified one: low -50, high +50
//     practice     best practice +100
//     uses         25 for each doubling of their number, at most +200
//     helpful      10 for each yes more than no, 10 less for each no more than yes, within 150
//     freshness    by the days since its text was changed or verified: up to 30 +50, 180 +25, 365 0, 730 -50, more -100
//
// A retired one has no uses, votes and freshness any more: it is found by who looks for it, below all others.

#include <knowledge/use.h>

namespace knowledge {

struct StandingFacts {
    AssetState   state         = AssetState::draft;
    Confidence   confidence    = Confidence::medium;
    bool         best_practice = false;
    std::int64_t uses = 0, helpful = 0, unhelpful = 0;
    std::int64_t days_old = 0;
};

std::int64_t standing_of(const StandingFacts& facts);

// The same for an asset as it stands, on the day of the command.
std::int64_t standing_of(const Transaction& tx, const Asset& asset);

}  // namespace knowledge
