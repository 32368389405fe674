// What is asked while somebody talks to a customer: where their orders are, what happened before; and the night's valuing of them all.

#include "measures.h"
#include "world.h"

#include <crm/customer_value.h>
#include <sales/records.h>
#include <tessera/job.h>
#include <tessera/kernel.h>

#include <atomic>

namespace bench {

namespace customers {

class Run final : public tessera::JobRun {
public:
    explicit Run(Suite& suite) : suite_(suite) {}
    void read(const std::function<void(const tessera::Snapshot&)>& work) override { suite_.read({}, work); }
    void write(const std::function<void(Transaction&)>& work) override { suite_.write({.name = "bench.job"}, work); }
    void tell(std::string) override {}
    const std::atomic<bool>& stopping() const override { return stopping_; }
    Suite&                   suite() override { return suite_; }

private:
    Suite&            suite_;
    std::atomic<bool> stopping_ = false;
};

void order(World& world, Transaction& tx, Id<directory::Party> shop, std::int64_t n) {
    sales::Order order{.customer = shop, .date = world.day()};
    for (int line = 0; line < 3; ++line)
        order.lines.push_back({.product      = world.product(n + line),
                               .quantity     = Quantity::of(2),
                               .price        = UnitPrice::parse("10"),
                               .price_reason = "agreed",
                               .promised_on  = world.day()});
    tx.transition(tx.insert(order), "confirm");
}

// Half of them bought once, the others up to five times within two years.
void purchases(World& world, Transaction& tx, std::int64_t number) {
    const auto id = tx.insert(directory::Party{.name = fmt::format("Customer {}", number), .customer = true});
    for (std::int64_t i = 0; i <= (number % 2 ? number % 5 : 0); ++i)
        tx.insert(crm::PastPurchase{.party  = id,
                                    .day    = world.day().plus_days(static_cast<int>(-700 + number % 300 + i * (37 + number % 41))),
                                    .amount = tessera::Money{1000 + number % 9000, tx.books().currency}});
}

}  // namespace customers

void measure_customers(const Settings& settings, Table& table) {
    World                world(settings.directory);
    Id<directory::Party> shop;
    world.suite().write({.name = "bench.customer"}, [&](Transaction& tx) {
        shop = tx.insert(directory::Party{.name = "Shop", .customer = true});
        for (int i = 0; i < 10'000; ++i)
            tx.service<crm::Timeline>().add(tx, {.party = shop, .day = world.day().plus_days(-i / 5), .kind = i % 50 ? "note" : "visit", .subject = "Entry"});
    });
    const auto report = [&](const char* name, const Suite::ParameterTexts& parameters) { return best_of(7, [&] { world.suite().report({}, name, parameters); }); };
    table.add({"timeline of 10,000 entries: newest page", report("crm.timeline", {{"party", "Shop"}}), "ms", 0, "<= 200 ms"});
    table.add({"timeline of 10,000 entries: visits", report("crm.timeline", {{"party", "Shop"}, {"kind", "visit"}}), "ms", 0, "<= 200 ms"});
    world.suite().bulk([&](const Suite::Bulk& command) {
        for (std::int64_t i = 0; i < 1000; ++i) command({.name = "bench.order"}, [&](Transaction& tx) { customers::order(world, tx, shop, i); });
        for (std::int64_t i = 0; i < 20'000; ++i) command({.name = "bench.purchases"}, [&](Transaction& tx) { customers::purchases(world, tx, i); });
    });
    table.add({"tracking of 1,000 open orders", report("sales.order_tracking", {}), "ms", 0, "<= 3,000 ms"});
    customers::Run run(world.suite());
    const auto*    job = world.suite().kernel().find_job("crm.customer_base");
    table.add({"20,000 customers fitted and valued", best_of(1, [&] { job->run(run); }), "ms", 0, "<= 10,000 ms"});
}

}  // namespace bench
