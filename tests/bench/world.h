#pragma once
// The company the benchmarks run in: a hundred suppliers, a thousand products, and one procure-to-pay cycle in it, the
// same work as bare/procure_to_pay.cpp does by hand: an order of three lines, two partial receipts, the invoice, the payment.
//
//     World world("/tmp");                                      // makes it in the file bench.tessera there
//     World world("postgresql://…/bench");                      // makes it in an empty database
//     World world("postgresql://…/bench", World::existing);     // the one that another process has made

#include <directory/records.h>
#include <financials/payment.h>
#include <purchasing/records.h>
#include <tessera/suite.h>

#include <memory>
#include <string>
#include <vector>

namespace bench {

using tessera::Date;
using tessera::Id;
using tessera::Quantity;
using tessera::Suite;
using tessera::Transaction;
using tessera::UnitPrice;

class World {
public:
    static constexpr struct Existing {} existing{};

    explicit World(const std::string& place, int suppliers = 100, int products = 1000);
    World(const std::string& location, Existing);
    ~World();

    Suite& suite() { return *suite_; }
    // One cycle of five commands, each waited for until it is durable. `n` is in the supplier's number of the invoice:
    // none may come twice, in no process.
    void cycle(std::int64_t n);
    Date day() const { return day_; }
    Id<catalog::Product> product(std::int64_t n) const { return products_[static_cast<std::size_t>(n) % products_.size()]; }

private:
    void remove_file() const;

    std::string                           file_;    // none when it is on a server
    std::unique_ptr<Suite>                suite_;
    std::vector<Id<directory::Party>>     suppliers_;
    std::vector<Id<catalog::Product>>     products_;
    Date                                  day_ = Date::today();
};

// Megabytes of this process: now, and the most it ever had.
struct Memory { double resident = 0, peak = 0; };
Memory memory();

}  // namespace bench
