#include "bank/match_score.h"

#include <algorithm>

namespace financials::bank {
namespace match_score {

int of_day(int apart) {
    if (apart < 0 || apart > 10) return 0;
    return apart <= 3 ? 20 : 10;
}

int of_money(const Signals& signals) {
    if (signals.amount || signals.discount) return 40;
    return signals.tolerance ? 30 : 0;
}

std::string letters_of(std::string_view name) {
    std::string letters;
    for (const char c : name) {
        if (c >= 'a' && c <= 'z')
            letters += static_cast<char>(c - 'a' + 'A');
        else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
            letters += c;
    }
    return letters;
}

}  // namespace match_score

int score_of(const Signals& signals) {
    const int score = match_score::of_money(signals) + (signals.number ? 40 : 0) + (signals.account ? 30 : 0) + (signals.name ? 15 : 0) +
                      match_score::of_day(signals.days_apart);
    return std::min(score, 100);
}

std::string reasons_of(const Signals& signals) {
    std::string reasons;
    const auto  add = [&](bool is, std::string_view reason) {
        if (!is) return;
        if (!reasons.empty()) reasons += ", ";
        reasons += reason;
    };
    add(signals.amount, "amount");
    add(signals.discount, "amount less discount in time");
    add(signals.tolerance, "amount within the tolerance");
    add(signals.number, "document number");
    add(signals.account, "bank account");
    add(signals.name, "name");
    add(signals.days_apart >= 0 && signals.days_apart <= 10, "day of what is booked");
    return reasons;
}

bool names_agree(std::string_view a, std::string_view b) {
    const auto  one = match_score::letters_of(a), two = match_score::letters_of(b);
    const auto& shorter = one.size() < two.size() ? one : two;
    const auto& longer  = one.size() < two.size() ? two : one;
    if (shorter.size() < 4) return !shorter.empty() && one == two;
    return longer.find(shorter) != std::string::npos;
}

}  // namespace financials::bank
