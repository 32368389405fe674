#pragma once
// What covers the goods that customers wait for: what is on hand goes to who was promised first, what is expected follows by its
// day. Nothing of it is stored, so it always fits what is there.
//
//     on hand 5; 10 come on the 7th (PO-7)
//     first asks for 4:   4 on hand
//     second asks for 3:  1 on hand, 2 on the 7th (PO-7)

#include <sales/records.h>

#include <map>

namespace sales {

struct Supply {                        // expected to come, in the order of days
    Quantity     quantity{};
    Date         on{};
    std::string  document{};           // as people say it
    std::string  source_entity{};
    std::int64_t source_id = 0;
    std::string  permission{};         // of whoever makes it happen
};

struct Demand {                        // in the order of who comes first
    std::int64_t line = 0;             // of a sales order; 0: somebody else
    Quantity     quantity{};           // in the unit of stock
};

struct Cover {
    Quantity            wanted{};
    Quantity            on_hand{};
    std::vector<Supply> expected{};    // each with the part of it that covers this
    Quantity            missing{};     // nothing is known that will cover it

    bool is_on_hand() const { return on_hand == wanted; }
    // The day on which all of it is here; empty: it is, or nobody knows.
    Date complete_on() const { return missing.is_zero() && !expected.empty() ? expected.back().on : Date{}; }
};

// One answer per demand.
std::vector<Cover> cover(Quantity on_hand, std::vector<Supply> supplies, const std::vector<Demand>& demands);

// Of every order line that waits for goods, or of those whose goods `of_order` waits for too.
using Coverage = std::map<std::int64_t, Cover>;
Coverage coverage_of_open_lines(const tessera::Snapshot& tx, Id<Order> of_order = {});

}  // namespace sales
