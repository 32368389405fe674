#include "demo/buying.h"

#include "demo/people.h"

#include <algorithm>

namespace tessera::demo {

namespace buying {

std::string_view buyer_of(int supplier) { return employees()[static_cast<std::size_t>(supplier % 2)].number; }

constexpr int supplies_counter = 12;  // the supplier of what is used up at once

}  // namespace buying

Buying::Buying(DemoBooks& books, Ground& ground, Calendar& calendar, Random& random, Date today, int scale)
    : books_(books),
      ground_(ground),
      calendar_(calendar),
      random_(random),
      today_(today),
      scale_(scale),
      on_order_(products().size()) {
    for (std::size_t i = 0; i < suppliers().size(); ++i) invoice_numbers_.push_back(random_.between(1200, 48000));
}

// ---- ordering

// Each supplier has its weekday. When one of its goods runs low, what will run low soon is ordered along.
void Buying::order_what_runs_low(Date day) {
    for (int supplier = 0; supplier < buying::supplies_counter; ++supplier)
        for (int order = 0; order < scale_ && supplier % 5 + 1 == day.weekday(); ++order)
            if (const auto wanted = running_low(supplier); !wanted.empty()) place(supplier, wanted, day);
}

std::vector<Buying::Wanted> Buying::running_low(int supplier) {
    std::vector<Wanted> wanted;
    bool                urgent = false;
    for (std::size_t i = 0; i < products().size(); ++i) {
        const auto& one = products()[i];
        if (one.supplier != supplier) continue;
        const auto weekly   = static_cast<std::int64_t>(one.weekly_use) * scale_;
        const auto position = ground_.on_hand[i] + on_order_[i];
        urgent |= position < weekly * (one.lead_days + 14) / 7;
        if (position < weekly * (one.lead_days + 28) / 7)
            wanted.push_back({static_cast<int>(i), one.lot * (random_.chance(20) ? 2 : 1)});
    }
    if (!urgent) wanted.clear();
    return wanted;
}

void Buying::order_supplies(Date day) {
    std::vector<Wanted> wanted;
    for (int i = 0; i < static_cast<int>(supplies().size()); ++i)
        if (random_.chance(60)) wanted.push_back({i, supplies()[static_cast<std::size_t>(i)].lot});
    if (!wanted.empty()) place(buying::supplies_counter, wanted, day);
}

json::object Buying::order_body(int supplier, const std::vector<Wanted>& wanted, Date day, Date expected,
                                const std::string& freight) const {
    const bool  used_up = supplier == buying::supplies_counter;
    json::array lines;
    for (const auto& one : wanted) {
        const auto   at = static_cast<std::size_t>(one.product);
        json::object line{{"product", used_up ? ground_.supplies[at] : ground_.products[at]},
                          {"quantity", std::to_string(one.quantity)}};
        if (used_up) line["tax_code"] = ground_.tax_code;
        lines.push_back(std::move(line));
    }
    json::object body{{"supplier", ground_.suppliers[static_cast<std::size_t>(supplier)]},
                      {"date", day.str()},
                      {"expected_on", expected.str()},
                      {"buyer", ground_.employees[static_cast<std::size_t>(supplier % 2)]},
                      {"lines", std::move(lines)}};
    if (!freight.empty()) body["freight"] = freight;
    return body;
}

void Buying::place(int supplier, const std::vector<Wanted>& wanted, Date day) {
    const auto& from    = suppliers()[static_cast<std::size_t>(supplier)];
    const bool  used_up = supplier == buying::supplies_counter;
    int         lead    = 3;
    if (!used_up)
        for (const auto& one : wanted)
            lead = std::max(lead, products()[static_cast<std::size_t>(one.product)].lead_days);
    const auto expected = Calendar::working_day(day.plus_days(lead));
    auto       order    = std::make_shared<Order>();
    order->supplier     = supplier;
    order->overpriced   = random_.chance(from.habits.overpriced);
    if (random_.chance(from.habits.freight))
        order->freight = fmt::format("{}.{:02}", random_.between(35, 240), random_.below(100));

    const auto made = books_.create(buying::buyer_of(supplier), "purchasing.order",
                                    order_body(supplier, wanted, day, expected, order->freight), day, "approve");
    order->id       = made.id;
    order->number   = made.number;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        order->lines.push_back({.product = used_up ? -1 : wanted[i].product,
                                .id      = made.lines[i].id,
                                .ordered = wanted[i].quantity,
                                .price   = made.lines[i].price});
        if (!used_up) on_order_[static_cast<std::size_t>(wanted[i].product)] += wanted[i].quantity;
    }
    schedule(order, expected);
}

// Decides at once how this order will go.
void Buying::schedule(const OrderRef& order, Date expected) {
    const auto& habits = supplier_of(*order).habits;
    const auto  arrives =
        expected.plus_days(random_.chance(habits.late) ? random_.between(2, 16) : random_.between(-2, 0));
    const bool is_short = random_.chance(habits.short_delivery);
    const bool too_soon = random_.chance(4);
    expect(order, arrives, is_short ? random_.between(45, 85) : 100, Delivery::outstanding);
    calendar_.on(too_soon ? arrives.plus_days(-3) : arrives.plus_days(random_.between(0, 6)),
                 [this, order, too_soon, is_short](Date day) {
                     bill(order, too_soon || (is_short && random_.chance(50)), day);
                 });
    if (!is_short) return;
    if (random_.chance(75)) {
        const auto rest = arrives.plus_days(random_.between(6, 18));
        expect(order, rest, 100, Delivery::outstanding);
        calendar_.on(rest.plus_days(random_.between(1, 5)), [this, order](Date day) { bill(order, false, day); });
    } else {
        calendar_.on(arrives.plus_days(random_.between(20, 30)),
                     [this, order](Date day) { close(order, "The supplier cannot deliver the rest", day); });
    }
}

void Buying::expect(const OrderRef& order, Date day, int percent, Delivery delivery) {
    ++order->to_come;
    calendar_.on(day, [=, this](Date on) {
        --order->to_come;
        receive(order, percent, delivery, on);
    });
}

void Buying::close(const OrderRef& order, std::string_view reason, Date day) {
    if (order->closed || order->to_come > 0) return;
    order->closed = true;
    for (const auto& line : order->lines)
        if (line.product >= 0)
            on_order_[static_cast<std::size_t>(line.product)] -=
                std::max<std::int64_t>(0, line.ordered - line.received);
    books_.attempt(buying::buyer_of(order->supplier), "purchasing.order", order->id, "close", {{"reason", reason}},
                   day);
}

// ---- receiving

void Buying::reject_some(const Order& order, const Line& line, std::int64_t quantity, json::object& body,
                         std::int64_t& rejected) {
    rejected = 0;
    if (quantity < 5 || line.product < 0 || !random_.chance(supplier_of(order).habits.rejected)) return;
    rejected = random_.chance(12) ? quantity : std::max<std::int64_t>(1, quantity * random_.between(2, 15) / 100);
    body["rejected"] = std::to_string(rejected);
    body["reason"]   = random_.pick(reject_reasons());
}

void Buying::receive(const OrderRef& order, int percent, Delivery delivery, Date day) {
    if (order->closed) return;
    json::array lines;
    struct Came {
        std::size_t  line     = 0;
        std::int64_t accepted = 0, rejected = 0;
    };
    std::vector<Came> came;
    for (std::size_t i = 0; i < order->lines.size(); ++i) {
        auto&      line     = order->lines[i];
        const bool replaces = delivery == Delivery::replacement;
        const auto quantity = (line.ordered - (replaces ? line.accepted : line.received)) * percent / 100;
        if (quantity <= 0) continue;
        json::object body{{"order_line", line.id}, {"quantity", std::to_string(quantity)}};
        std::int64_t rejected = 0;
        if (!replaces) reject_some(*order, line, quantity, body, rejected);
        line.received += quantity;
        line.accepted += quantity - rejected;
        if (line.product >= 0) {
            ground_.on_hand[static_cast<std::size_t>(line.product)] += quantity - rejected;
            if (!replaces) on_order_[static_cast<std::size_t>(line.product)] -= quantity;
        }
        came.push_back({i, quantity - rejected, rejected});
        lines.push_back(std::move(body));
    }
    if (lines.empty()) return;
    const auto            made = books_.create(warehouse, "purchasing.goods_receipt",
                                               {{"date", day.str()},
                                                {"delivery_note", fmt::format("D{}", random_.between(10000, 99999))},
                                                {"lines", std::move(lines)}},
                                               day, "post");
    std::vector<Rejected> rejected;
    for (std::size_t i = 0; i < came.size(); ++i)
        if (came[i].rejected > 0) rejected.push_back({came[i].line, made.lines[i].id, came[i].rejected});
    if (!rejected.empty())
        calendar_.on(day.plus_days(random_.between(1, 6)),
                     [this, order, rejected](Date on) { give_back(order, rejected, on); });
    else if (random_.chance(3))
        calendar_.on(day.plus_days(random_.between(9, 25)),
                     [this, order, first = came.front(), id = made.lines.front().id](Date on) {
                         give_back_defects(order, first.line, id, first.accepted * 5 / 100, on);
                     });
}

void Buying::give_back(const OrderRef& order, const std::vector<Rejected>& rejected, Date day) {
    json::array lines;
    for (const auto& one : rejected)
        lines.push_back(json::object{{"receipt_line", one.receipt_line}, {"quantity", std::to_string(one.quantity)}});
    const auto made =
        books_.create(warehouse, "purchasing.supplier_return",
                      {{"date", day.str()}, {"note", "Rejected on receipt"}, {"lines", std::move(lines)}}, day, "post");
    const int fate = random_.below(100);
    if (fate < 35)
        expect(order, day.plus_days(random_.between(5, 16)), 100, Delivery::replacement);
    else if (fate < 92)
        calendar_.on(day.plus_days(random_.between(5, 14)),
                     [this, order, id = made.id](Date on) { debit(order, id, 3, on); });
}

// Defects that show only in production.
void Buying::give_back_defects(const OrderRef& order, std::size_t at, std::int64_t receipt_line, std::int64_t quantity,
                               Date day) {
    auto& line = order->lines[at];
    if (line.product < 0) return;
    auto& on_hand = ground_.on_hand[static_cast<std::size_t>(line.product)];
    if (quantity <= 0 || on_hand < quantity) return;
    on_hand -= quantity;
    line.accepted -= quantity;
    const auto made = books_.create(warehouse, "purchasing.supplier_return",
                                    {{"date", day.str()},
                                     {"note", "Defects found in production"},
                                     {"lines", json::array{json::object{{"receipt_line", receipt_line},
                                                                        {"quantity", std::to_string(quantity)},
                                                                        {"reason", "Failed in production"}}}}},
                                    day, "post");
    calendar_.on(day.plus_days(random_.between(3, 8)),
                 [this, order, id = made.id](Date on) { debit(order, id, 1, on); });
}

// Waits for the invoice when it has not come yet; then the order is done with.
void Buying::debit(const OrderRef& order, std::int64_t supplier_return, int tries, Date day) {
    const bool due = std::ranges::any_of(order->lines, [](const Line& line) { return line.invoiced > line.accepted; });
    if (!due) {
        if (tries > 1)
            calendar_.on(day.plus_days(7), [=, this](Date on) { debit(order, supplier_return, tries - 1, on); });
        return;
    }
    if (order->to_come > 0) return;  // what is short comes first
    for (auto& line : order->lines) line.invoiced = std::min(line.invoiced, line.accepted);
    books_.transition(payables, "purchasing.supplier_return", supplier_return, "create_debit_note",
                      {{"date", day.str()}}, day);
    if (tries > 1) close(order, "Rejected goods were credited", day);
}

// ---- invoices

std::string Buying::next_number(int supplier) {
    auto& number = invoice_numbers_[static_cast<std::size_t>(supplier)];
    number += random_.between(1, 9);
    return fmt::format("{}-{}", suppliers()[static_cast<std::size_t>(supplier)].number.substr(0, 2), number);
}

void Buying::bill(const OrderRef& order, bool everything, Date day) {
    json::array lines;
    for (auto& line : order->lines) {
        const auto quantity = (everything ? line.ordered : std::min(line.ordered, line.received)) - line.invoiced;
        if (quantity <= 0) continue;
        json::object body{{"order_line", line.id}, {"quantity", std::to_string(quantity)}};
        if (order->overpriced && random_.chance(60)) body["price"] = price_text(line.price, random_.between(102, 111));
        if (line.product < 0) body["tax_code"] = ground_.tax_code;
        line.invoiced += quantity;
        lines.push_back(std::move(body));
    }
    if (lines.empty()) return;
    json::object body{
        {"date", day.str()}, {"supplier_number", next_number(order->supplier)}, {"lines", std::move(lines)}};
    if (!order->freight.empty()) body["freight"] = std::exchange(order->freight, {});
    books_.create(payables, "purchasing.vendor_invoice", body, day, "post");
    if (random_.chance(2))
        calendar_.on(day.plus_days(random_.between(6, 15)),
                     [this, order, body](Date on) { bill_again(order, body, on); });
}

// The same bill a second time, under another number: found and taken out, mostly.
void Buying::bill_again(const OrderRef& order, const json::object& original, Date day) {
    auto body               = original;
    body["supplier_number"] = next_number(order->supplier);
    const auto made         = books_.create(payables, "purchasing.vendor_invoice", body, day, "post");
    if (random_.chance(70))
        calendar_.on(day.plus_days(random_.between(2, 6)), [this, id = made.id](Date on) {
            books_.attempt(accountant, "purchasing.vendor_invoice", id, "reverse",
                           {{"date", on.str()}, {"reason", "Billed twice"}}, on);
        });
}

// ---- the warehouse

void Buying::consume(Date day) {
    json::array lines;
    for (std::size_t i = 0; i < products().size(); ++i) {
        if (!random_.chance(45)) continue;
        const auto planned =
            static_cast<std::int64_t>(products()[i].weekly_use) * scale_ * random_.between(80, 145) / 100;
        const auto quantity = std::min(ground_.on_hand[i], planned);
        if (quantity <= 0) continue;
        ground_.on_hand[i] -= quantity;
        lines.push_back(json::object{
            {"product", ground_.products[i]}, {"location", ground_.location}, {"quantity", std::to_string(quantity)}});
    }
    if (lines.empty()) return;
    books_.create(warehouse, "inventory.stock_movement",
                  {{"kind", "issue"},
                   {"date", day.str()},
                   {"reason", fmt::format("Production order {}", random_.between(4000, 9999))},
                   {"lines", std::move(lines)}},
                  day, "post");
}

void Buying::count_stock(Date day) {
    json::array lines;
    for (std::size_t i = 0; i < products().size(); ++i) {
        if (!random_.chance(30)) continue;
        auto& on_hand = ground_.on_hand[i];
        if (random_.chance(40))
            on_hand = std::max<std::int64_t>(0, on_hand + on_hand * random_.between(-30, 12) / 1000);
        lines.push_back(json::object{
            {"product", ground_.products[i]}, {"location", ground_.location}, {"counted", std::to_string(on_hand)}});
    }
    if (!lines.empty())
        books_.create(warehouse, "inventory.stock_count",
                      {{"date", day.str()}, {"reason", "Half-yearly count"}, {"lines", std::move(lines)}}, day, "post");
}

void Buying::leave_drafts(Date day) {
    for (int i = 0; i < 3; ++i) {
        const int  product  = random_.below(static_cast<int>(products().size()));
        const auto supplier = products()[static_cast<std::size_t>(product)].supplier;
        const auto made =
            books_.create(buying::buyer_of(supplier), "purchasing.order",
                          order_body(supplier, {{product, products()[static_cast<std::size_t>(product)].lot}}, day,
                                     Calendar::working_day(day.plus_days(21)), {}),
                          day);
        if (i == 0)
            books_.transition(buying::buyer_of(supplier), "purchasing.order", made.id, "cancel",
                              {{"reason", "No longer needed"}}, day);
    }
}

}  // namespace tessera::demo
