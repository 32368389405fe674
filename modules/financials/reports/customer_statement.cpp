// What a customer is sent: the balance at the beginning, every document and payment, the balance at the end, currency by
// currency. A payment shows what arrived; discount, write-off and what the bank kept are lines of their own.

#include "reports/items_at.h"
#include "reports/window.h"

#include <tessera/kernel.h>

#include <map>

namespace financials {
namespace customer_statement {

struct StatementRow {
    Date         date{};
    std::string  what{};
    std::string  document{};
    std::string  reference{};
    Date         due_on{};
    Currency     currency{};
    Money        amount{};
    Money        balance{};
    Money        open{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
};
using Emit = tessera::ReportBuilder<StatementRow>::Emit;

// An item, with what of it a payment of the customer was not money.
struct Movement {
    Id<OpenItem> id{};
    Date         date{};
    ItemKind     kind = ItemKind::invoice;
    std::string  document{};
    std::string  reference{};
    Date         due_on{};
    Currency     currency{};
    Money        amount{};
    Money        discount{};
    Money        write_off{};
    Money        bank_fee{};
    Money        total{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
};

struct Opening {
    Currency currency{};
    Money    balance{};
};

std::vector<Opening> openings(const Snapshot& snapshot, const Window& window, Id<directory::Party> party) {
    return snapshot.rows<Opening>(R"sql(
        SELECT currency, sum(CASE WHEN date < :from THEN amount ELSE 0 END) FROM financials_open_item
        WHERE side = 'receivable' AND party = :party AND date <= :to AND id < :first_unknown
        GROUP BY currency ORDER BY currency)sql",
                                  window.from, party, window.to, window.known.first_unknown_item);
}

std::vector<Movement> movements(const Snapshot& snapshot, const Window& window, Id<directory::Party> party) {
    return snapshot.rows<Movement>(R"sql(
        SELECT i.id, i.date, i.kind, i.document, i.reference, i.due_on, i.currency, i.amount,
               coalesce(l.discount, 0), coalesce(l.write_off, 0), coalesce(l.bank_fee, 0), coalesce(p.total, 0),
               coalesce(i.source_entity, 'financials.open_item'), CASE WHEN i.source_entity IS NULL THEN i.id ELSE i.source_id END
        FROM financials_open_item i
        LEFT JOIN financials_customer_payment p ON i.source_entity = 'financials.customer_payment' AND p.id = i.source_id
        LEFT JOIN (SELECT m.document AS document, sum(m.discount) AS discount, sum(m.write_off) AS write_off, sum(m.bank_fee) AS bank_fee
                   FROM financials_customer_payment_line m JOIN financials_customer_payment d ON d.id = m.document
                   WHERE d.party = :party GROUP BY m.document) l ON l.document = p.id
        WHERE i.side = 'receivable' AND i.party = :party AND i.date >= :from AND i.date <= :to AND i.id < :first_unknown
        ORDER BY i.date, i.id)sql",
                                   party, window.from, window.to, window.known.first_unknown_item);
}

std::map<Id<OpenItem>, Money> open_at(const Snapshot& snapshot, const Window& window, Id<directory::Party> party) {
    std::map<Id<OpenItem>, Money> open;
    for (const auto& item : items_at(snapshot, ItemSide::receivable, window.to, window.known, party)) open[item.id] = item.open;
    return open;
}

const char* title_of(ItemKind kind) {
    if (kind == ItemKind::invoice) return "Invoice";
    return kind == ItemKind::credit_note ? "Credit note" : "Payment";
}

StatementRow row_of(const Movement& movement, const char* what, Money amount) {
    return {movement.date,     what,   movement.document,           movement.reference,          movement.due_on,
            movement.currency, amount, Money{0, movement.currency}, Money{0, movement.currency}, movement.source_entity,
            movement.source_id};
}

// The lines of one item; together they are its amount. A reversed payment shows the same with opposite signs.
std::vector<StatementRow> rows_of(const Movement& movement) {
    const auto apart = movement.discount + movement.write_off + movement.bank_fee;
    const bool back  = movement.amount != -(movement.total + apart);
    const auto gone  = [&](Money money) { return back ? money : -money; };
    if (movement.kind != ItemKind::payment || movement.total + apart != (back ? movement.amount : -movement.amount))
        return {row_of(movement, title_of(movement.kind), movement.amount)};
    std::vector<StatementRow> rows;
    for (const auto& [what, amount] :
         {std::pair(back                           ? "Payment reversed"
                    : movement.total.is_negative() ? "Refund"
                                                   : "Payment",
                    movement.total),
          std::pair("Discount", movement.discount), std::pair("Write-off", movement.write_off), std::pair("Bank fee", movement.bank_fee)})
        if (!amount.is_zero()) rows.push_back(row_of(movement, what, gone(amount)));
    return rows;
}

void run_currency(const Opening& opening, const Window& window, const std::vector<Movement>& all, const std::map<Id<OpenItem>, Money>& open,
                  const Emit& emit) {
    const Money zero{0, opening.currency};
    auto        balance = opening.balance;
    emit({.date = window.from, .what = "Opening balance", .currency = opening.currency, .amount = zero, .balance = balance, .open = zero});
    for (const auto& movement : all) {
        if (movement.currency != opening.currency) continue;
        auto rows = rows_of(movement);
        if (const auto left = open.find(movement.id); left != open.end() && !rows.empty()) rows.front().open = left->second;
        for (auto& row : rows) {
            balance += row.amount;
            row.balance = balance;
            emit(row);
        }
    }
    emit({.date = window.to, .what = "Closing balance", .currency = opening.currency, .amount = zero, .balance = balance, .open = zero});
}

void run(const Snapshot& snapshot, const tessera::Parameters& parameters, const Emit& emit) {
    const auto party  = parameters.reference<directory::Party>("customer");
    const auto window = window_of(snapshot, parameters);
    const auto all    = movements(snapshot, window, party);
    const auto open   = open_at(snapshot, window, party);
    for (const auto& opening : openings(snapshot, window, party)) run_currency(opening, window, all, open, emit);
}

}  // namespace customer_statement

void declare_customer_statement(tessera::Kernel& kernel) {
    using namespace tessera;
    using customer_statement::StatementRow;
    const auto source = opens_record("@source_entity", "source_id");
    auto&&     report = kernel.report<StatementRow>("financials.customer_statement", "Customer statement");
    report.help("What a customer owed, was invoiced, paid and owes, with a running balance in each currency.")
        .parameter<Id<directory::Party>>("customer", required);
    with_window(std::move(report))
        .column("date", &StatementRow::date)
        .column("what", &StatementRow::what)
        .column("document", &StatementRow::document, source)
        .column("reference", &StatementRow::reference)
        .column("due_on", &StatementRow::due_on)
        .column("currency", &StatementRow::currency)
        .column("amount", &StatementRow::amount, source)
        .column("balance", &StatementRow::balance, source)
        .column("open", &StatementRow::open, source, meaning("Still open of the document at the end of the last day"))
        .column("source_entity", &StatementRow::source_entity, hidden)
        .column("source_id", &StatementRow::source_id, hidden)
        .run(customer_statement::run);
}

}  // namespace financials
