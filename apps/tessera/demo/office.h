#pragma once
// The story of the money: weekly takings, monthly rent and wages, payments to suppliers, holds that somebody decides, and
// months that are locked when they are done.

#include "demo/demo_setup.h"

namespace tessera::demo {

class Office {
public:
    Office(DemoBooks& books, const Ground& ground, Random& random, int scale)
        : books_(books), ground_(ground), random_(random), scale_(scale) {}

    void takings(Date day);
    void monthly_entries(Date day);
    void pay_suppliers(Date day);  // these two read the books: outside of a bulk
    void decide_holds(Date day);
    void lock_periods(Date today);

private:
    struct Due {
        std::int64_t item = 0, party = 0;
        Date         date{};
        Currency     currency{};
        Money        payable{};
    };
    void        entry(std::string_view memo, Date day, const std::string& debit, const std::string& credit,
                      std::int64_t cents);
    json::array lines_for(const std::vector<Due>& due, Date day, int discount_percent);

    DemoBooks&    books_;
    const Ground& ground_;
    Random&       random_;
    int           scale_;
};

}  // namespace tessera::demo
