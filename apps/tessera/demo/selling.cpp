#include "demo/selling.h"

#include "demo/people.h"

#include <algorithm>

namespace tessera::demo {

namespace selling {

constexpr std::string_view return_reasons[] = {"Chipped globe", "Wrong colour sent", "Dented base"};

}  // namespace selling

Selling::Selling(DemoBooks& books, Ground& ground, std::uint64_t seed, Date today, int scale)
    : books_(books), ground_(ground), random_(seed + 7919), today_(today), scale_(scale) {
    for (const auto& customer : customers())
        next_order_.push_back(today.plus_months(-24).first_of_month().plus_days(random_.below(customer.trade.every)));
}

// ---- quotations and orders

std::vector<Selling::Wanted> Selling::wants(const CustomerData& customer) {
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < ground_.finished.size(); ++i)
        if (random_.chance(35))
            wanted.push_back({i, std::max<std::int64_t>(2, std::int64_t{customer.trade.quantity} * random_.between(30, 130) / 100)});
    if (wanted.empty()) wanted.push_back({static_cast<std::size_t>(random_.below(static_cast<int>(ground_.finished.size()))), customer.trade.quantity});
    return wanted;
}

json::object Selling::order_body(std::size_t customer, Date day) {
    json::array lines;
    for (const auto& one : wants(customers()[customer])) {
        json::object line{{"product", ground_.finished[one.product]}, {"quantity", std::to_string(one.quantity)}};
        if (random_.chance(4)) {
            line["price"]        = price_text(finished_goods()[one.product].list_price, 60);
            line["price_reason"] = "Agreed at the fair";
        }
        lines.push_back(std::move(line));
    }
    return {{"customer", ground_.customers[customer]},
            {"date", day.str()},
            {"customer_reference", fmt::format("{}-{}", customers()[customer].number.substr(0, 3), ++references_)},
            {"lines", std::move(lines)}};
}

void Selling::quote(std::size_t customer, Date day) {
    auto body           = order_body(customer, day);
    body["valid_until"] = day.plus_days(30).str();
    books_.create(sales, "sales.quotation", body, day, "send");
}

void Selling::order(std::size_t customer, Date day) {
    auto body = order_body(customer, day);
    if (random_.chance(40)) body["freight"] = fmt::format("{}.00", random_.between(25, 95));
    books_.create(sales, "sales.order", body, day, "confirm");
}

void Selling::take_orders(Date day) {
    for (std::size_t i = 0; i < customers().size(); ++i) {
        const auto& trade = customers()[i].trade;
        if (day < next_order_[i]) continue;
        next_order_[i] = day.plus_days(trade.every * random_.between(60, 140) / 100);
        for (int n = 0; n < scale_; ++n) random_.chance(trade.quoted) ? quote(i, day) : order(i, day);
    }
}

std::vector<std::int64_t> Selling::ids(const std::string& sql, Date day) {
    std::vector<std::int64_t> found;
    books_.read([&](const Snapshot& tx) { found = tx.rows<std::int64_t>(sql, day); });
    return found;
}

void Selling::decide_quotations(Date day) {
    const auto waiting = ids("SELECT id FROM sales_quotation WHERE state = 'sent' AND date <= :day ORDER BY id", day.plus_days(-6));
    books_.in_bulk([&] {
        for (const auto id : waiting) {
            const int fate = random_.below(100);
            if (fate < 45)
                books_.attempt(sales, "sales.quotation", id, "accept", {}, day);
            else if (fate < 60)
                books_.transition(sales, "sales.quotation", id, "decline", {{"reason", "Bought elsewhere"}}, day);
        }
    });
}

void Selling::confirm_accepted(Date day) {
    const auto accepted = ids("SELECT id FROM sales_order WHERE state = 'draft' AND quotation IS NOT NULL AND date <= :day ORDER BY id", day);
    books_.in_bulk([&] {
        for (const auto id : accepted) books_.transition(sales, "sales.order", id, "confirm", {}, day);
    });
}

void Selling::release_held(Date day) {
    const auto held = ids("SELECT id FROM sales_order WHERE state = 'held' AND date <= :day ORDER BY id", day.plus_days(-9));
    books_.in_bulk([&] {
        for (const auto id : held)
            if (random_.chance(40)) books_.transition(credit, "sales.order", id, "release", {{"reason", "Has promised to pay by Monday"}}, day);
    });
}

// ---- goods

std::size_t Selling::position(std::int64_t product) const {
    return static_cast<std::size_t>(std::ranges::find(ground_.finished, product) - ground_.finished.begin());
}

std::vector<Selling::Open> Selling::open_lines(Date day) {
    std::vector<Open> open;
    books_.read([&](const Snapshot& tx) {
        open = tx.rows<Open>(R"sql(
            SELECT o.id, l.id, l.product, l.quantity - l.shipped
              FROM sales_order_line l JOIN sales_order o ON o.id = l.document
             WHERE l.open = 1 AND o.state IN ('confirmed', 'part_shipped') AND o.date <= :day
             ORDER BY o.date, o.id, l.id)sql",
                             day);
    });
    return open;
}

// What is ordered and not there, and a little for the shelf; what goes into the lanterns is no expense until they are sold.
void Selling::assemble(const std::vector<Open>& open, Date day) {
    std::vector<std::int64_t> lacking;
    for (const auto on_hand : ground_.finished_on_hand) lacking.push_back(std::int64_t{25} * scale_ - on_hand);
    for (const auto& line : open) lacking[position(line.product)] += line.outstanding.raw() / Quantity::of(1).raw();
    json::array lines;
    for (std::size_t i = 0; i < lacking.size(); ++i) {
        const auto made = lacking[i] * random_.between(55, 115) / 100;
        if (made <= 0) continue;
        ground_.finished_on_hand[i] += made;
        lines.push_back(json::object{{"product", ground_.finished[i]},
                                     {"location", ground_.location},
                                     {"quantity", std::to_string(made)},
                                     {"unit_cost", finished_goods()[i].standard_cost}});
    }
    if (lines.empty()) return;
    books_.create(warehouse, "inventory.stock_movement",
                  {{"kind", "receipt"}, {"date", day.str()}, {"reason", fmt::format("Assembled in the week to {}", day)}, {"lines", std::move(lines)}}, day,
                  "post");
}

void Selling::ship_order(std::span<const Open> open, Date day) {
    json::array       lines;
    std::vector<Open> left;
    for (const auto& line : open) {
        auto&      on_hand  = ground_.finished_on_hand[position(line.product)];
        const auto quantity = std::min(on_hand, line.outstanding.raw() / Quantity::of(1).raw());
        if (quantity <= 0) continue;
        on_hand -= quantity;
        left.push_back(line);
        lines.push_back(json::object{{"order_line", line.line}, {"quantity", std::to_string(quantity)}});
    }
    if (lines.empty()) return;
    const auto made = books_.create(warehouse, "sales.shipment",
                                    {{"date", day.str()}, {"packages", random_.between(1, 6)}, {"lines", std::move(lines)}}, day, "ship");
    if (random_.chance(4)) returns_.push_back({day.plus_days(random_.between(7, 25)), left[0].order, made.lines[0].id, left[0].product, random_.between(1, 2)});
}

void Selling::ship(const std::vector<Open>& open, Date day) {
    for (std::size_t at = 0; at < open.size();) {
        auto end = at;
        while (end < open.size() && open[end].order == open[at].order) ++end;
        ship_order(std::span(open).subspan(at, end - at), day);
        at = end;
    }
}

void Selling::take_back(Date day) {
    for (auto& one : returns_) {
        if (one.day > day || one.quantity == 0) continue;
        books_.create(warehouse, "sales.customer_return",
                      {{"date", day.str()},
                       {"lines", json::array{json::object{{"shipment_line", one.shipment_line},
                                                          {"quantity", std::to_string(one.quantity)},
                                                          {"reason", random_.pick(selling::return_reasons)}}}}},
                      day, "post");
        ground_.finished_on_hand[position(one.product)] += one.quantity;
        books_.attempt(accountant, "sales.order", one.order, "credit_all", {{"date", day.str()}}, day);
        one.quantity = 0;
    }
}

// ---- invoices and what comes in for them

void Selling::invoice(Date day) {
    const auto shipped = ids(R"sql(
        SELECT o.id FROM sales_order o
         WHERE o.state IN ('part_shipped', 'shipped') AND o.date <= :day
               AND EXISTS (SELECT 1 FROM sales_order_line l WHERE l.document = o.id AND l.shipped - l.returned > l.invoiced)
         ORDER BY o.id)sql",
                             day);
    books_.in_bulk([&] {
        for (const auto id : shipped)
            if (day.plus_days(14) < today_ || random_.chance(60)) books_.transition(accountant, "sales.order", id, "invoice_all", {{"date", day.str()}}, day);
    });
    const auto drafts = ids("SELECT id FROM sales_invoice WHERE state = 'draft' AND date <= :day ORDER BY id", day);
    books_.in_bulk([&] {
        for (const auto id : drafts)
            if (day.plus_days(7) < today_ || random_.chance(75)) books_.transition(accountant, "sales.invoice", id, "post", {}, day);
    });
}

// Each in its own time; what came back is taken off what is paid with it.
void Selling::collect(Date day) {
    struct Paid {
        json::array lines{};
        Money       total{};
    };
    std::map<std::int64_t, Paid> by_party;
    books_.read([&](const Snapshot& tx) {
        for (const auto& due : tx.rows<Due>("SELECT id, party, due_on, open_amount FROM financials_open_item"
                                            " WHERE side = 'receivable' AND open_amount <> 0 AND due_on <= :day ORDER BY party, open_amount DESC, id",
                                            day.plus_days(5))) {
            const auto at    = static_cast<std::size_t>(std::ranges::find(ground_.customers, due.party) - ground_.customers.begin());
            auto&      paid  = by_party.try_emplace(due.party, Paid{.total = tx.books().zero()}).first->second;
            const bool later = due.due_on.plus_days(customers()[at].trade.late) > day || random_.chance(30);
            if ((later && !due.open.is_negative()) || (paid.total + due.open).is_negative()) continue;
            paid.total += due.open;
            paid.lines.push_back(json::object{{"item", due.item}, {"amount", due.open.str()}});
        }
    });
    books_.in_bulk([&] {
        for (auto& [party, paid] : by_party)
            if (!paid.lines.empty())
                books_.create(accountant, "financials.customer_payment",
                              {{"party", party},
                               {"date", day.str()},
                               {"reference", fmt::format("Wire {:06}", random_.below(1'000'000))},
                               {"lines", std::move(paid.lines)}},
                              day, "post");
    });
}

void Selling::end_week(Date friday) {
    decide_quotations(friday);
    confirm_accepted(friday);
    release_held(friday);
    const auto open = open_lines(friday.plus_days(-1));
    books_.in_bulk([&] {
        assemble(open, friday);
        ship(open, friday);
        take_back(friday);
    });
    invoice(friday);
    collect(friday);
}

// What is being written as the story ends: an order, and a quotation that the customer has and one that it has not.
void Selling::leave_drafts(Date day) {
    books_.create(sales, "sales.order", order_body(1, day), day);
    books_.create(sales, "sales.quotation", order_body(2, day), day);
    quote(8, day);
}

}  // namespace tessera::demo
