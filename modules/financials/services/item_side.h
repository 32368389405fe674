#pragma once
// What follows from the side of an open item: its control account, its role, and which way amounts of it are debited.

#include <financials/open_items.h>

namespace financials::item_side {

inline Control          control_of(ItemSide side) { return side == ItemSide::payable ? Control::payables : Control::receivables; }
inline std::string_view role_of(ItemSide side) { return side == ItemSide::payable ? "financials.payable" : "financials.receivable"; }
inline std::string_view title_of(ItemSide side) { return side == ItemSide::payable ? "a payable" : "a receivable"; }
// What the control account is debited when the open items of the side grow by `growth`.
inline Money debited(ItemSide side, Money growth) { return side == ItemSide::payable ? -growth : growth; }
// By how much the side grew when its control account was debited `debited`.
inline Money grown(ItemSide side, Money debited) { return side == ItemSide::payable ? -debited : debited; }
inline std::optional<ItemSide> side_of(Control control) {
    if (control == Control::payables) return ItemSide::payable;
    if (control == Control::receivables) return ItemSide::receivable;
    return std::nullopt;
}

}  // namespace financials::item_side
