// Proofs about open items: each against its settlements, and all of a side against its control account.

#include "services/item_side.h"

#include <tessera/kernel.h>

#include <map>

namespace financials {
namespace open_item_checks {

using tessera::Finding;
using Report = std::function<void(Finding)>;

struct Item {
    std::int64_t id = 0, party = 0;
    ItemSide     side = ItemSide::payable;
    std::string  document{};
    std::int64_t book_amount = 0, amount = 0, open_amount = 0, settled = 0;
    Currency     currency{};
};

template <class Visit>
void each_item(const Snapshot& snapshot, Visit&& visit) {
    snapshot.each<Item>(R"sql(
        SELECT i.id, i.party, i.side, i.document, i.book_amount, i.amount, i.open_amount, coalesce(s.settled, 0), i.currency
        FROM financials_open_item i
        LEFT JOIN (SELECT m.item AS item, sum(m.amount) AS settled
                   FROM (SELECT item, amount FROM financials_settlement UNION ALL SELECT settled_by, -amount FROM financials_settlement) m
                   GROUP BY m.item) s ON s.item = i.id
        ORDER BY i.id)sql",
                        visit);
}

void open_items(const Snapshot& snapshot, const Report& report) {
    each_item(snapshot, [&](const Item& item) {
        const auto money    = [&](std::int64_t minor) { return Money{minor, item.currency}.str(); };
        const auto expected = item.amount - item.settled;
        if (item.open_amount != expected)
            report({item.document, "open " + money(expected), "open " + money(item.open_amount)});
        const auto low = std::min<std::int64_t>(item.amount, 0), high = std::max<std::int64_t>(item.amount, 0);
        if (expected < low || expected > high)
            report({item.document, "settled at most " + money(item.amount), "settled " + money(item.settled)});
    });
}

struct OtherCurrency {
    std::string document{};
    std::string item{};
    std::string settlement{};
};

void settlement_currencies(const Snapshot& snapshot, const Report& report) {
    snapshot.each<OtherCurrency>(R"sql(
        SELECT i.document, i.currency, s.currency FROM financials_settlement s JOIN financials_open_item i ON i.id = s.item OR i.id = s.settled_by
        WHERE coalesce(s.currency, '') <> coalesce(i.currency, ''))sql",
                                 [&](const OtherCurrency& row) {
                                     report({row.document, "settled in " + row.item, "settled in " + row.settlement});
                                 });
}

struct PartySum {
    std::int64_t party  = 0;
    std::int64_t amount = 0;
};

void control_account(const Snapshot& snapshot, ItemSide side, const Report& report) {
    std::map<std::int64_t, std::int64_t> items, ledger;
    each_item(snapshot, [&](const Item& item) {
        if (item.side != side || item.amount == 0) return;
        const auto released = tessera::divide(tessera::Wide{item.book_amount} * item.settled, item.amount);
        items[item.party] += item.book_amount - released;
    });
    snapshot.each<PartySum>(R"sql(
        SELECT l.party, sum(l.amount) FROM financials_journal_line l JOIN financials_account a ON a.id = l.account
        WHERE a.control = :control GROUP BY l.party)sql",
                            [&](const PartySum& row) { ledger[row.party] = side == ItemSide::payable ? -row.amount : row.amount; },
                            item_side::control_of(side));
    for (const auto& [party, amount] : items) ledger.try_emplace(party, 0);
    const auto books = snapshot.books().currency;
    const auto title = tessera::name_of(item_side::control_of(side));
    for (const auto& [party, amount] : ledger) {
        const auto owed = items.contains(party) ? items.at(party) : 0;
        if (owed != amount)
            report({snapshot.label_of("directory.party", party),
                    fmt::format("{} of {} as its open items say", title, Money{owed, books}),
                    fmt::format("{} of {}", title, Money{amount, books})});
    }
}

}  // namespace open_item_checks

void declare_open_item_checks(tessera::Kernel& kernel) {
    kernel.check("financials.open_items", "Open amounts equal amounts less settlements",
                 [](const Snapshot& snapshot, const open_item_checks::Report& report) {
                     open_item_checks::open_items(snapshot, report);
                     open_item_checks::settlement_currencies(snapshot, report);
                 });
    kernel.check("financials.payables_control", "Open items equal the payables accounts, supplier by supplier",
                 [](const Snapshot& snapshot, const open_item_checks::Report& report) {
                     open_item_checks::control_account(snapshot, ItemSide::payable, report);
                 });
    kernel.check("financials.receivables_control", "Open items equal the receivables accounts, customer by customer",
                 [](const Snapshot& snapshot, const open_item_checks::Report& report) {
                     open_item_checks::control_account(snapshot, ItemSide::receivable, report);
                 });
}

}  // namespace financials
