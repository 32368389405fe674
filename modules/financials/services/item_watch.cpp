#include "services/item_watch.h"

#include "services/item_side.h"

#include <map>

namespace financials {
namespace item_watch {

struct Difference {
    Money posted{};
    Money items{};
};
struct OfCommand {
    std::map<std::pair<ItemSide, Id<directory::Party>>, Difference> parties{};
};

void compare(Transaction& tx) {
    for (const auto& [key, difference] : tx.scratch<OfCommand>().parties) {
        const auto [side, party] = key;
        const auto expected      = item_side::debited(side, difference.items);
        if (difference.posted == expected) continue;
        throw tessera::Refused("financials.subledger_differs",
                               "To post to {} of {}, let its open items change by as much: posted {}, open items changed by {}.",
                               tessera::name_of(item_side::control_of(side)), tx.label_of(party),
                               item_side::debited(side, difference.posted), difference.items);
    }
}

Difference& of(Transaction& tx, ItemSide side, Id<directory::Party> party) {
    tx.before_commit("financials.subledger", compare);
    return tx.scratch<OfCommand>().parties[{side, party}];
}

}  // namespace item_watch

void control_posted(Transaction& tx, ItemSide side, Id<directory::Party> party, Money amount) {
    item_watch::of(tx, side, party).posted += amount;
}
void items_changed(Transaction& tx, ItemSide side, Id<directory::Party> party, Money change) {
    item_watch::of(tx, side, party).items += change;
}

}  // namespace financials
