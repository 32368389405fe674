#include <inventory/documents.h>

#include "services/stock_book.h"

#include <algorithm>
#include <set>

namespace inventory {

namespace stock_count {

using tessera::Refused;

void check(Transaction& tx, StockCount& count) {
    if (count.date.empty()) count.date = tx.today();
    std::set<std::pair<std::int64_t, std::int64_t>> seen;
    for (std::size_t i = 0; i < count.lines.size(); ++i) {
        const auto& line = count.lines[i];
        if (!seen.emplace(line.product.value, line.location.value).second)
            throw Refused("inventory.counted_twice", "To count {}, put it on one line for {}.",
                          tx.label_of(line.product), tx.label_of(line.location))
                .with_status(422)
                .with_field(fmt::format("lines[{}].product", i));
    }
}

Quantity on_hand_that_day(const Transaction& tx, const StockCountLine& line, Date day) {
    const auto since = tx.value<Quantity>(
        "SELECT sum(quantity) FROM inventory_quantity_entry"
        " WHERE product = :product AND date > :day AND location = :location",
        line.product, day, line.location);
    return tx.service<Stock>().on_hand(tx, line.product, line.location) - since.value_or(Quantity{});
}

void refuse_counted_later(Transaction& tx, const StockCountLine& line, Date day) {
    const auto last = counted_on(tx, line.product, line.location);
    if (!last.empty() && last > day)
        throw Refused("inventory.counted_since",
                      "To count {} at {} on {}, choose {} or later: it was counted there that day.",
                      tx.label_of(line.product), tx.label_of(line.location), day, last);
}

// Entries that come later and are dated before this day would change what was counted.
void assert_counted(Transaction& tx, const StockCountLine& line, Date day) {
    tx.execute("INSERT INTO inventory_counted_on (product, location, day) VALUES (:product, :location, :day)"
               " ON CONFLICT (product, location) DO UPDATE SET day = excluded.day",
               line.product, line.location, day);
}

Money found_cost(Transaction& tx, const StockCountLine& line) {
    StockBook   book(tx);
    const auto& holding = book.kept(line.product).holding;
    if (holding.quantity > Quantity{}) return average_cost(holding, line.difference);
    const auto& product = book.product(line.product);
    const auto  unit    = line.unit_cost.is_zero() ? product.standard_cost : line.unit_cost;
    return tessera::extend(line.difference, unit, tx.books().currency);
}

void book_gain(Transaction& tx, const StockCount& count, StockCountLine& line, JournalEntry& entry) {
    const auto received = tx.service<Stock>().receive(tx,
                                                      {.product       = line.product,
                                                       .location      = line.location,
                                                       .quantity      = line.difference,
                                                       .date          = count.date,
                                                       .cost          = found_cost(tx, line),
                                                       .counter_role  = "inventory.count_difference",
                                                       .variance_role = "inventory.count_difference",
                                                       .source        = tx.source_of(count, line.id.value),
                                                       .kind          = EntryKind::count_gain},
                                                      entry);
    line.cost           = received.value;
}

void book_loss(Transaction& tx, const StockCount& count, StockCountLine& line, JournalEntry& entry) {
    const auto issued = tx.service<Stock>().issue(tx,
                                                  {.product      = line.product,
                                                   .location     = line.location,
                                                   .quantity     = -line.difference,
                                                   .date         = count.date,
                                                   .counter_role = "inventory.count_difference",
                                                   .source       = tx.source_of(count, line.id.value),
                                                   .kind         = EntryKind::count_loss},
                                                  entry);
    line.cost         = -issued.cost;
}

void post_line(Transaction& tx, const StockCount& count, StockCountLine& line, JournalEntry& entry) {
    refuse_counted_later(tx, line, count.date);
    line.expected   = on_hand_that_day(tx, line, count.date);
    line.difference = line.counted - line.expected;
    if (line.difference > Quantity{}) book_gain(tx, count, line, entry);
    if (line.difference < Quantity{}) book_loss(tx, count, line, entry);
    assert_counted(tx, line, count.date);
}

void post(Transaction& tx, StockCount& count) {
    if (count.lines.empty()) throw Refused("inventory.no_lines", "To post a stock count, add a line: it has none.");
    count.number = tx.number("SC", count.date);
    JournalEntry entry{.date    = count.date,
                       .journal = "inventory",
                       .memo    = fmt::format("Stock count {}", count.number),
                       .source  = tx.source_of(count)};
    for (auto& line : count.lines) post_line(tx, count, line, entry);
    tx.service<financials::Ledger>().post(tx, entry);
}

}  // namespace stock_count

void declare_stock_count(tessera::Kernel& kernel) {
    kernel.entity<StockCountLine>("inventory.stock_count_line", "Stock count line")
        .part_of(&StockCountLine::document)
        .field("product", &StockCountLine::product, tessera::required)
        .field("location", &StockCountLine::location, tessera::required)
        .field("counted", &StockCountLine::counted, tessera::not_negative)
        .field("unit_cost", &StockCountLine::unit_cost, tessera::not_negative,
               tessera::help("What goods found are worth when none are on hand to average"))
        .field("expected", &StockCountLine::expected, tessera::read_only)
        .field("difference", &StockCountLine::difference, tessera::read_only)
        .field("cost", &StockCountLine::cost, tessera::read_only);

    kernel.entity<StockCount>("inventory.stock_count", "Stock count")
        .help("How much lay where on a day. Later entries dated before it are refused.")
        .field("number", &StockCount::number, tessera::read_only, tessera::unique, tessera::searchable)
        .field("date", &StockCount::date, tessera::indexed)
        .field("reason", &StockCount::reason, tessera::searchable)
        .field("state", &StockCount::state, tessera::read_only)
        .lines("lines", &StockCount::lines)
        .display("number")
        .editable_while(PostedState::draft)
        .validate(stock_count::check);

    kernel.workflow(&StockCount::state)
        .transition("post", PostedState::draft, PostedState::posted, tessera::needs("inventory.count"),
                    stock_count::post);
}

}  // namespace inventory
