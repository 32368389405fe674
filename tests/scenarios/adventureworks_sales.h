#pragma once
// The sales of AdventureWorks in the books, compared with section 3 of the reference and with what the files say.

#include "adventureworks.h"

namespace adventureworks {

// What leaving goods must have cost, computed from the files alone: production at the standard cost in force on the day of
// the order, purchases at their prices, the moving average of both where a product is bought and made.
class CostOfSales {
public:
    explicit CostOfSales(const SourceFolder& files);

    using Of = std::map<std::pair<std::string, std::string>, Figure>;  // by year of the order and number of the product
    const Of& booked() const { return booked_; }
    const Of& standard() const { return standard_; }
    bool      is_bought(const std::string& number) const { return bought_.contains(number); }
    Figure    all() const;
    Figure    produced() const { return produced_; }

private:
    void live_through(const SourceFolder& files);

    std::map<std::string, std::string> numbers_{};   // of products
    std::set<std::string>              bought_{};    // numbers of products
    Of                                 booked_{}, standard_{};
    Figure                             produced_{};
};

void check_sales(const Books& books, const SourceFolder& files);

}  // namespace adventureworks
