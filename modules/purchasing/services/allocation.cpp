#include "services/allocation.h"

#include <algorithm>
#include <ranges>

namespace purchasing {

namespace allocation {

template <class Parts>
std::vector<TakenPart> take(Parts&& parts, Quantity quantity) {
    std::vector<TakenPart> taken;
    for (const OpenPart& part : parts) {
        if (quantity <= Quantity{}) break;
        const auto some = std::min(part.open, quantity);
        if (some <= Quantity{}) continue;
        taken.push_back({part.id, some});
        quantity -= some;
    }
    return taken;
}

}  // namespace allocation

std::vector<TakenPart> take_in_order(std::span<const OpenPart> parts, Quantity quantity) {
    return allocation::take(parts, quantity);
}
std::vector<TakenPart> take_from_the_end(std::span<const OpenPart> parts, Quantity quantity) {
    return allocation::take(std::views::reverse(parts), quantity);
}

}  // namespace purchasing
