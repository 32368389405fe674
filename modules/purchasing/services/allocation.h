#pragma once
// Which goods an invoice pays for: the oldest first. And, when goods go back or are credited, which invoice lines lose
// them: the newest first. Pure.

#include <purchasing/records.h>

#include <span>

namespace purchasing {

struct OpenPart {
    std::int64_t id = 0;  // of a receipt line or an invoice line
    Quantity     open{};
};
struct TakenPart {
    std::int64_t id = 0;
    Quantity     quantity{};
    friend bool  operator==(const TakenPart&, const TakenPart&) = default;
};

// Takes up to `quantity` from the parts in their order; what they do not have stays untaken.
std::vector<TakenPart> take_in_order(std::span<const OpenPart> parts, Quantity quantity);
// The same from the last part backwards.
std::vector<TakenPart> take_from_the_end(std::span<const OpenPart> parts, Quantity quantity);

}  // namespace purchasing
