#pragma once
// Open items and what settles them. Every change of an item is told to the item watch in the currency of the books.

#include <financials/open_items.h>

namespace financials {

class OpenItemsService : public OpenItems {
public:
    Id<OpenItem> open(Transaction& tx, OpenItem item) override;
    void         settle(Transaction& tx, Id<OpenItem> item, Id<OpenItem> by, Money amount, Date date) override;
    void         hold(Transaction& tx, Id<OpenItem> item, Money held) override;
    OpenItem     item(const Snapshot& snapshot, Id<OpenItem> id) const override;
    std::optional<OpenItem> of_source(const Snapshot& snapshot, const Source& source) const override;
};

// Refused financials.sides_differ, financials.currency_differs, financials.settles_too_much.
void check_settlement(const OpenItem& item, const OpenItem& by, Money amount);

// The change of open amounts alone: a settlement row, both items, the watch; the difference in the books, if any, is
// left to the caller to post. Gives it: how much less the books have of the side than before. Nothing is guarded.
Money settle_items(Transaction& tx, const OpenItem& item, const OpenItem& by, Money amount, Date date);

// Posts to the control account of a side, for a party, what open items changed and no entry has posted yet, against the
// exchange difference.
void post_exchange_difference(Transaction& tx, ItemSide side, Id<directory::Party> party, Money released, Date date,
                              const std::string& memo, const Source& source);

}  // namespace financials
