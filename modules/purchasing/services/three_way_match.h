#pragma once
// The three-way match of one invoice line: what was ordered, what was accepted, what is asked for. A pure decision on
// values; it reads no record and posts nothing.
//
// Findings come in this order, and the first is the line's reason: the price, then what exceeds the order, then what
// exceeds the accepted goods, then what falls short of them, then an invoice dated before its goods. Tolerances are
// inclusive. Money is never at stake twice: what the quantity holds is not held for its price again.
//
//     ordered   accepted   invoiced       result
//     10 @ 12   10         10 @ 12.00     ok
//     10 @ 12   10         10 @ 12.25     price_exceeds_order       2.50 at stake
//     10 @ 12    8         10 @ 12.00     quantity_exceeds_receipt  24.00 at stake
//     10 @ 12    0         10 @ 12.00     not_received              120.00 at stake

#include "services/tolerance.h"

namespace purchasing {

struct LineToMatch {
    Quantity    ordered{};
    Quantity    received{};
    Quantity    accepted{};             // received, less rejected and returned
    Quantity    previously_invoiced{};  // by earlier lines, net of credits
    Quantity    quantity{};             // of this line, net of credits
    UnitPrice   order_price{};
    Money       amount{};  // of this line, for `quantity`
    Date        invoiced_on{};
    Date        first_received_on{};  // empty: not yet, or not asked
    MatchPolicy policy{};
};

struct Finding {
    HoldReason  reason{};
    Outcome     outcome = Outcome::ok;
    Quantity    quantity{};  // that is too much or too little
    Money       at_stake{};
    std::string clears_when{};  // "Receive 2 more, or have the supplier credit 25.00."
    friend bool operator==(const Finding&, const Finding&) = default;
};

struct MatchDecision {
    Outcome              outcome = Outcome::ok;  // the worst of the findings
    std::vector<Finding> findings{};
    Money                held() const;  // at stake in what blocks
};

MatchDecision three_way_match(const LineToMatch& line);
// A price-only correction: it raises or lowers what was invoiced and is held when it raises it beyond the tolerance.
MatchDecision match_price_correction(const MatchPolicy& policy, Money correction, Money ordered_value);

}  // namespace purchasing
