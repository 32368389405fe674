#include <inventory/documents.h>

namespace inventory {

namespace stock_movement {

using tessera::Refused;

std::string counter_role(const StockMovement& movement) {
    switch (movement.purpose) {
        case MovementPurpose::opening:
            return "inventory.opening";
        case MovementPurpose::production:
            return "inventory.production";
        case MovementPurpose::consumption:
            break;
    }
    return "inventory.consumption";
}

void check_lines(const StockMovement& movement) {
    for (std::size_t i = 0; i < movement.lines.size(); ++i) {
        const auto& line  = movement.lines[i];
        const auto  field = [&](const char* name) { return fmt::format("lines[{}].{}", i, name); };
        if (movement.kind == MovementKind::transfer && !line.to_location)
            throw Refused("inventory.no_destination", "To transfer goods, say for line {} where they go.", i + 1)
                .with_status(422)
                .with_field(field("to_location"));
        if (movement.kind != MovementKind::receipt && !line.unit_cost.is_zero())
            throw Refused("inventory.cost_of_issue",
                          "To take goods out, leave out the unit cost of line {}: they cost what the books say.", i + 1)
                .with_status(422)
                .with_field(field("unit_cost"));
    }
}

void check(Transaction& tx, StockMovement& movement) {
    if (movement.date.empty()) movement.date = tx.today();
    check_lines(movement);
}

void post_receipt(Transaction& tx, const StockMovement& movement, StockMovementLine& line, JournalEntry& entry) {
    line.cost           = tessera::extend(line.quantity, line.unit_cost, tx.books().currency);
    const auto received = tx.service<Stock>().receive(tx,
                                                      {.product      = line.product,
                                                       .location     = line.location,
                                                       .quantity     = line.quantity,
                                                       .date         = movement.date,
                                                       .cost         = line.cost,
                                                       .counter_role = counter_role(movement),
                                                       .source       = tx.source_of(movement, line.id.value)},
                                                      entry);
    line.entry          = received.entry;
}

void post_issue(Transaction& tx, const StockMovement& movement, StockMovementLine& line, JournalEntry& entry) {
    const auto issued = tx.service<Stock>().issue(tx,
                                                  {.product      = line.product,
                                                   .location     = line.location,
                                                   .quantity     = line.quantity,
                                                   .date         = movement.date,
                                                   .counter_role = counter_role(movement),
                                                   .source       = tx.source_of(movement, line.id.value)},
                                                  entry);
    line.entry        = issued.entry;
    line.cost         = issued.cost;
}

void post_line(Transaction& tx, const StockMovement& movement, StockMovementLine& line, JournalEntry& entry) {
    if (movement.kind == MovementKind::receipt) return post_receipt(tx, movement, line, entry);
    if (movement.kind == MovementKind::issue) return post_issue(tx, movement, line, entry);
    tx.service<Stock>().transfer(tx, line.product, line.location, line.to_location, line.quantity, movement.date,
                                 tx.source_of(movement, line.id.value));
}

JournalEntry entry_of(const Transaction& tx, const StockMovement& movement, Date date, std::string_view what) {
    return {.date    = date,
            .journal = "inventory",
            .memo    = fmt::format("{}{} {}{}{}", what, tessera::name_of(movement.kind), movement.number,
                                movement.reason.empty() ? "" : ": ", movement.reason),
            .source  = tx.source_of(movement)};
}

void post(Transaction& tx, StockMovement& movement) {
    if (movement.lines.empty())
        throw Refused("inventory.no_lines", "To post a stock movement, add a line: it has none.");
    movement.number = tx.number("SM", movement.date);
    auto entry      = entry_of(tx, movement, movement.date, "Stock ");
    for (auto& line : movement.lines) post_line(tx, movement, line, entry);
    tx.service<financials::Ledger>().post(tx, entry);
}

struct Undo {
    Date        date{};
    std::string reason{};
    static void describe(tessera::Fields<Undo>& fields) {
        fields.field("date", &Undo::date, tessera::help("The business day when left empty"))
            .field("reason", &Undo::reason, tessera::multiline);
    }
};

void undo_line(Transaction& tx, const StockMovement& movement, const StockMovementLine& line, JournalEntry& entry) {
    auto&      stock  = tx.service<Stock>();
    const auto source = tx.source_of(movement, line.id.value);
    if (movement.kind == MovementKind::transfer)
        return stock.transfer(tx, line.product, line.to_location, line.location, line.quantity, entry.date, source);
    stock.reverse(tx, {.entry = line.entry, .date = entry.date, .value = line.cost, .source = source}, entry);
}

void reverse(Transaction& tx, StockMovement& movement, const Undo& undo) {
    movement.reversed_on = tx.service<financials::Ledger>().reversal_date(tx, movement.date, undo.date);
    if (!undo.reason.empty()) tx.because(undo.reason);
    auto entry = entry_of(tx, movement, movement.reversed_on, "Reversal of stock ");
    for (auto line = movement.lines.rbegin(); line != movement.lines.rend(); ++line)
        undo_line(tx, movement, *line, entry);
    tx.service<financials::Ledger>().post(tx, entry);
}

}  // namespace stock_movement

void declare_stock_movement(tessera::Kernel& kernel) {
    kernel.entity<StockMovementLine>("inventory.stock_movement_line", "Stock movement line")
        .part_of(&StockMovementLine::document)
        .field("product", &StockMovementLine::product, tessera::required)
        .field("location", &StockMovementLine::location, tessera::required,
               tessera::help("Where goods come in, or leave"))
        .field("to_location", &StockMovementLine::to_location, tessera::help("Where transferred goods go"))
        .field("quantity", &StockMovementLine::quantity, tessera::positive)
        .field("unit_cost", &StockMovementLine::unit_cost, tessera::not_negative,
               tessera::help("Of a receipt, in the currency of the books"))
        .field("cost", &StockMovementLine::cost, tessera::read_only)
        .field("entry", &StockMovementLine::entry, tessera::read_only);

    kernel.entity<StockMovement>("inventory.stock_movement", "Stock movement")
        .help("Goods that come in, go out or change place without a purchase or a sale.")
        .field("number", &StockMovement::number, tessera::read_only, tessera::unique, tessera::searchable)
        .field("kind", &StockMovement::kind)
        .field("date", &StockMovement::date, tessera::indexed)
        .field("purpose", &StockMovement::purpose, tessera::help("Opening: goods on hand before these books began. Production: goods made here, or taken by their making"))
        .field("reason", &StockMovement::reason, tessera::searchable)
        .field("state", &StockMovement::state, tessera::read_only)
        .field("reversed_on", &StockMovement::reversed_on, tessera::read_only)
        .lines("lines", &StockMovement::lines)
        .display("number")
        .editable_while(MovementState::draft)
        .validate(stock_movement::check);

    using enum MovementState;
    kernel.workflow(&StockMovement::state)
        .transition("post", draft, posted, tessera::needs("inventory.post"), stock_movement::post)
        .transition("reverse", posted, reversed, tessera::needs("inventory.post"), tessera::destructive,
                    tessera::explained("Brings the goods back to where they were, at the cost they had"),
                    stock_movement::reverse);
}

}  // namespace inventory
