#pragma once
// What the demonstration company has before its first order: people, suppliers with their price lists, goods, rates,
// tolerances, capital, a bank balance and stock. What it has to sell is in selling_setup.h.

#include "demo/company_data.h"
#include "demo/demo_books.h"
#include "demo/random.h"

namespace tessera::demo {

// What the story must know to name records.
struct Ground {
    std::vector<std::int64_t>           suppliers{}, products{}, supplies{}, employees{};  // in the order of the data
    std::map<std::string, std::int64_t> accounts{};                                        // by code
    std::int64_t                        location = 0, tax_code = 0;
    std::vector<std::int64_t>           on_hand{};  // of each product

    std::vector<std::int64_t> customers{}, finished{};  // in the order of the data
    std::vector<std::int64_t> finished_on_hand{};
};

Ground set_up(DemoBooks& books, Random& random, Date from, Date today, int scale);

std::string price_text(std::string_view price, int percent);  // the price times percent / 100, in at most four decimals

}  // namespace tessera::demo
