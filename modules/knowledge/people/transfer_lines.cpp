#include "people/transfer_lines.h"

#include <algorithm>

#include "people/holders.h"

namespace knowledge {

namespace transfer_lines {

// Somebody of a community of the topic who stays: the lead, else who joined first.
Id<Employee> of_community(const Snapshot& tx, Id<Topic> topic, Id<Employee> leaver) {
    return tx.value<Id<Employee>>(R"sql(
        SELECT e.id
          FROM knowledge_community c
          LEFT JOIN knowledge_community_member m ON m.document = c.id
          JOIN directory_employee e ON e.id = c.lead OR e.id = m.employee
         WHERE c.topic = :topic AND c.active = 1 AND e.id <> :leaver AND e.active = 1 AND e.leaves_on IS NULL
         ORDER BY CASE WHEN e.id = c.lead THEN 0 ELSE 1 END, CASE WHEN m.joined_on IS NULL THEN 1 ELSE 0 END, m.joined_on, e.id LIMIT 1)sql", topic, leaver).value_or(Id<Employee>{});
}

Id<Employee> receiver_of(const Snapshot& tx, const HeldTopic& held, Id<Employee> leaver) {
    for (const auto& holder : held.holders)
        if (holder.employee != leaver && holder.stays()) return holder.employee;
    return of_community(tx, held.topic, leaver);
}

}  // namespace transfer_lines

Date due_of(Date today, Date leaves_on, std::size_t place, std::size_t count) {
    const auto days = std::max(0, leaves_on - today);
    return today.plus_days(static_cast<int>(static_cast<std::size_t>(days) * (place + 1) / (count + 1)));
}

std::vector<TransferLine> lines_for(const Snapshot& tx, Id<Employee> employee, Date leaves_on) {
    std::vector<TransferLine> lines;
    for (const auto& held : held_topics(tx, tx.today(), held_from)) {
        const auto own = std::ranges::find(held.holders, employee, &Holder::employee);
        if (own == held.holders.end()) continue;
        lines.push_back({.topic         = held.topic,
                         .score         = own->score,
                         .other_holders = std::ranges::count_if(held.holders, [&](const Holder& h) { return h.employee != employee && h.stays(); }),
                         .revenue       = held.revenue,
                         .receiver      = transfer_lines::receiver_of(tx, held, employee)});
    }
    for (std::size_t place = 0; place < lines.size(); ++place) lines[place].due_on = due_of(tx.today(), leaves_on, place, lines.size());
    return lines;
}

}  // namespace knowledge
