#include "people/holders.h"

#include <algorithm>

#include "people/expert_finder.h"
#include "people/expert_score.h"
#include "people/topic_map.h"

namespace knowledge {

namespace holders {

struct Revenue {
    std::int64_t product = 0;
    Money        amount{};
};
constexpr auto revenue_sql = R"sql(
    SELECT l.product, sum(l.book_amount)
      FROM sales_invoice i JOIN sales_invoice_line l ON l.document = i.id
     WHERE i.state = 'posted' AND l.product IS NOT NULL AND i.date > :after AND i.date <= :on
     GROUP BY l.product ORDER BY l.product)sql";

std::map<std::int64_t, Money> revenue_of_products(const Snapshot& tx, Date on) {
    std::map<std::int64_t, Money> all;
    tx.each<Revenue>(revenue_sql, [&](const Revenue& row) { all[row.product] = row.amount; }, on.plus_months(-12), on);
    return all;
}

void add_holders(HeldTopic& held, const std::map<Id<Employee>, Done>& done, const std::map<Id<Employee>, Expert>& people, Date on, tessera::Quantity from) {
    for (const auto& [employee, work] : done) {
        const auto person = people.find(employee);
        if (person == people.end() || (!person->second.leaves_on.empty() && person->second.leaves_on <= on)) continue;
        const auto score = score_of(work.score);
        held.whole += score;
        if (score >= from) held.holders.push_back({employee, score, person->second.leaves_on});
    }
    std::ranges::sort(held.holders, [](const Holder& a, const Holder& b) { return a.score != b.score ? a.score > b.score : a.employee < b.employee; });
}

struct Named {
    Id<Topic>   id{};
    std::string name{};
};

}  // namespace holders

std::vector<HeldTopic> held_topics(const Snapshot& tx, Date on, tessera::Quantity from) {
    const auto experience = experience_until(tx, on);
    const auto people     = people_on(tx, on, {});
    const auto products   = TopicMap(tx).records("catalog.product");
    const auto revenue    = holders::revenue_of_products(tx, on);
    std::vector<HeldTopic> all;
    for (const auto& [id, name] : tx.rows<holders::Named>("SELECT id, name FROM knowledge_topic WHERE active = 1 ORDER BY name, id")) {
        auto& held = all.emplace_back(HeldTopic{.topic = id, .name = name, .revenue = Money{0, tx.books().currency}});
        if (const auto done = experience.find(id); done != experience.end()) holders::add_holders(held, done->second, people, on, from);
        if (const auto own = products.find(id); own != products.end())
            for (const auto product : own->second)
                if (const auto sold = revenue.find(product); sold != revenue.end()) held.revenue += sold->second;
    }
    std::ranges::stable_sort(all, [](const HeldTopic& a, const HeldTopic& b) { return a.revenue > b.revenue; });
    return all;
}

}  // namespace knowledge
