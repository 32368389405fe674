#include "reports/items_at.h"

#include "services/item_book.h"

namespace financials {

Money ItemAt::open_in_books() const { return book_value(book_amount, amount, open); }

std::vector<ItemAt> items_at(const Snapshot& snapshot, ItemSide side, Date day, const KnownAt& known, Id<directory::Party> party) {
    std::vector<ItemAt> items;
    snapshot.each<ItemAt>(R"sql(
        WITH later AS (
            SELECT item, settled_by, amount FROM financials_settlement WHERE date > :day
            UNION ALL
            SELECT item, settled_by, amount FROM financials_settlement WHERE id >= :first_unknown_settlement AND date <= :day),
        moved AS (
            SELECT m.item AS item, sum(m.amount) AS amount
            FROM (SELECT item, amount FROM later UNION ALL SELECT settled_by, -amount FROM later) m GROUP BY m.item),
        candidate AS (SELECT id FROM financials_open_item WHERE open_amount <> 0 UNION SELECT item FROM moved)
        SELECT i.id, i.party, p.number, p.name, i.kind, i.document, i.reference, i.date, coalesce(i.due_on, i.date), i.book_amount, i.currency,
               i.amount, i.open_amount + coalesce(m.amount, 0), i.held_amount, i.source_entity, i.source_id
        FROM candidate c
        JOIN financials_open_item i ON i.id = c.id
        JOIN directory_party p ON p.id = i.party
        LEFT JOIN moved m ON m.item = i.id
        WHERE i.date <= :day AND i.id < :first_unknown_item AND i.side = :side AND (:party IS NULL OR i.party = :party)
          AND i.open_amount + coalesce(m.amount, 0) <> 0
        ORDER BY p.number, i.party, coalesce(i.due_on, i.date), i.id)sql",
                          [&](ItemAt& item) { items.push_back(std::move(item)); }, day, known.first_unknown_settlement,
                          known.first_unknown_item, side, party);
    return items;
}

}  // namespace financials
