#pragma once
// How well a proposal fits a line of a bank statement, from what speaks for it, on values alone.
//
//     amount       the money pays what is due to the cent                40
//     discount     it does so less the discount that is still allowed    40
//     tolerance    it misses that within the tolerance                   30
//     number       the text names a document                             40
//     account      it came from or went to an account of the party       30
//     name         the names agree                                       15
//     day          of what is booked already: at most three days apart   20, at most ten 10
//
// Together at most 100. Less than 40 is no proposal.

#include <string>
#include <string_view>

namespace financials::bank {

struct Signals {
    bool amount = false, discount = false, tolerance = false;
    bool number = false, account = false, name = false;
    int  days_apart = -1;  // of what is booked already; -1: it is not about that
};

inline constexpr int score_min = 40;

int         score_of(const Signals& signals);
std::string reasons_of(const Signals& signals);  // "amount less discount, document number, name"

// Whether one name holds the other, whatever the case and what is between the letters; names of less than four letters agree
// only when they are equal.
bool names_agree(std::string_view a, std::string_view b);

}  // namespace financials::bank
