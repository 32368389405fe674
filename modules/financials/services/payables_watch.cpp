#include "services/payables_watch.h"

#include <map>

namespace financials {
namespace payables_watch {

struct Difference {
    Money posted{};
    Money items{};
};
struct OfCommand {
    std::map<Id<directory::Party>, Difference> parties{};
};

void compare(Transaction& tx) {
    for (const auto& [party, difference] : tx.scratch<OfCommand>().parties) {
        if ((difference.posted + difference.items).is_zero()) continue;
        throw tessera::Refused(
            "financials.subledger_differs",
            "To post to payables of {}, let its open items change by as much: posted {}, open items changed by {}.",
            tx.label_of(party), -difference.posted, difference.items);
    }
}

Difference& of(Transaction& tx, Id<directory::Party> party) {
    tx.before_commit("financials.subledger", compare);
    return tx.scratch<OfCommand>().parties[party];
}

}  // namespace payables_watch

void payables_posted(Transaction& tx, Id<directory::Party> party, Money amount) {
    payables_watch::of(tx, party).posted += amount;
}
void payables_items_changed(Transaction& tx, Id<directory::Party> party, Money change) {
    payables_watch::of(tx, party).items += change;
}

}  // namespace financials
