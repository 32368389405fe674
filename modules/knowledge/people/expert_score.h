#pragma once
// Scores and the order in which people are asked, decided on values alone. These are statistics.
//
//     faded(5, 365)        // 2.5: half of it is left after a year
//
// Asked first is who has most score by open questions; of equals who has fewer questions, then the lower id:
//
//     score   open questions   asked
//     12      5                third, 2
//      9      1                first, 4.5
//      4      0                second, 4

#include <knowledge/people.h>

namespace knowledge {

double            faded(double points, std::int64_t days);
tessera::Quantity score_of(double points);
// The best to ask first; those who cannot be asked last, by their score.
void              sort_by_whom_to_ask(std::vector<Expert>& experts);
// "en, de" speaks "de". Nothing said: nobody knows, so they may be asked.
bool              speaks(std::string_view languages, std::string_view language);

}  // namespace knowledge
