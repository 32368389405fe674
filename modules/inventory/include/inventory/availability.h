#pragma once
// What is expected to come and to leave, and from which day on goods can be promised. Modules contribute what they expect:
//
//     kernel.contribute(Forecast{"Purchase orders", [](const Snapshot& tx, Id<Product> product, const Forecast::Emit& emit) {
//         tx.each<Expected>("SELECT …", emit, product); }, "purchasing.receive"});
//
// Nothing is reserved by a counter: what is free on a day is the stock on hand with all that is expected until then, and at no
// later day less, so that no promise given already is broken.
//
//     on hand 5; 4 leave on the 3rd; 10 come on the 7th:  free today 1; from the 7th 11

#include <inventory/stock.h>

#include <functional>

namespace inventory {

struct Expected {
    Date         on{};
    Quantity     quantity{};          // positive: comes; negative: leaves
    std::string  document{};          // as people say it
    std::string  source_entity{};
    std::int64_t source_id = 0;
};

struct Forecast {                     // contributed
    using Emit = std::function<void(const Expected&)>;
    std::string title{};
    std::function<void(const Snapshot&, Id<Product>, const Emit&)> each{};
    std::string permission{};         // of whoever makes it happen
};

class Availability {
public:
    virtual ~Availability() = default;
    // All that is expected of a product, in the order of days; what should have been before `today` is expected today.
    virtual std::vector<Expected> expected(const Snapshot&, Id<Product> product, Date today) const = 0;
    // What can be promised on `day` without breaking what is expected; never negative.
    virtual Quantity              free(const Snapshot&, Id<Product> product, Date day, Date today) const = 0;
    // The first day, from `from` on, on which `quantity` can be promised; none: as far as is known it never can.
    virtual std::optional<Date>   first_day(const Snapshot&, Id<Product> product, Quantity quantity, Date from, Date today) const = 0;
};

}  // namespace inventory
