#pragma once
// The rule of promising (inventory/availability.h) on values alone, and the service that asks for them.
//
//     free_on(five, {leaves(4, "2026-03-03"), comes(10, "2026-03-07")}, "2026-03-01"_date)      // 1

#include <inventory/availability.h>

namespace inventory {

// On values alone: `movements` in the order of days.
Quantity            free_on(Quantity on_hand, const std::vector<Expected>& movements, Date day);
std::optional<Date> first_day_of(Quantity on_hand, const std::vector<Expected>& movements, Quantity quantity, Date from);

class AvailabilityService : public Availability {
public:
    std::vector<Expected> expected(const Snapshot& tx, Id<Product> product, Date today) const override;
    Quantity              free(const Snapshot& tx, Id<Product> product, Date day, Date today) const override;
    std::optional<Date>   first_day(const Snapshot& tx, Id<Product> product, Quantity quantity, Date from, Date today) const override;
};

}  // namespace inventory
