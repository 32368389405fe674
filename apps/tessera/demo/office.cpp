#include "demo/office.h"

#include "demo/people.h"

#include <algorithm>

namespace tessera::demo {

namespace office {

int season(Date day) {
    constexpr int percent[] = {88, 86, 92, 96, 98, 94, 90, 95, 104, 114, 128, 122};
    return percent[day.month() - 1];
}

}  // namespace office

void Office::entry(std::string_view memo, Date day, const std::string& debit, const std::string& credit,
                   std::int64_t cents) {
    const auto amount = format_decimal(cents, 2);
    books_.create(accountant, "financials.manual_entry",
                  {{"date", day.str()},
                   {"memo", memo},
                   {"lines", json::array{json::object{{"account", ground_.accounts.at(debit)}, {"debit", amount}},
                                         json::object{{"account", ground_.accounts.at(credit)}, {"credit", amount}}}}},
                  day, "post");
}

void Office::takings(Date day) {
    entry(fmt::format("Takings of the week to {}", day), day, "1010", "4010",
          std::int64_t{random_.between(1'800'000, 2'150'000)} * scale_ * office::season(day) / 100);
}

void Office::monthly_entries(Date day) {
    const auto month = day.str().substr(0, 7);
    const auto about = [&](std::int64_t dollars, int spread) {
        return dollars * random_.between(100 - spread, 100 + spread);
    };
    const auto wages = about(std::int64_t{44'000} * scale_, 3);
    entry("Rent " + month, day, "6050", "1010", 6'500'00);
    entry("Wages " + month, day, "6200", "1010", wages);
    entry("Payroll taxes " + month, day, "6210", "1010", wages * 9 / 100);
    entry("Electricity and gas " + month, day, "6060", "1010",
          about(day.month() <= 3 || day.month() >= 11 ? 2'900 : 1'700, 12));
    entry("Telephone and internet " + month, day, "6090", "1010", about(385, 4));
    entry("Software subscriptions " + month, day, "6310", "1010", about(620, 2));
    entry("Bank charges " + month, day, "6500", "1010", about(58, 30));
    entry("Depreciation " + month, day, "6400", "1590", 3'100'00);
    entry("Loan instalment " + month, day, "2710", "1010", 4'000'00);
    entry("Loan interest " + month, day, "7010", "1010", about(1'050, 5));
    if (day.month() % 3 == 1) entry("Insurance, quarter from " + month, day, "6080", "1010", 5'400'00);
    if (random_.chance(50)) entry("Catalogue and fair " + month, day, "6120", "1010", about(2'200, 40));
    if (random_.chance(40)) entry("Repairs " + month, day, "6070", "1010", about(1'300, 60));
}

json::array Office::lines_for(const std::vector<Due>& due, Date day, int discount_percent) {
    json::array lines;
    for (const auto& one : due) {
        json::object line{{"item", one.item}};
        auto         amount = one.payable;
        if (discount_percent > 0 && day - one.date <= 10) {
            const auto discount = percent_of(amount, Percent::of(discount_percent));
            amount              = amount - discount;
            line["discount"]    = discount.str();
        } else if (amount.minor() > 500'00 && random_.chance(4)) {
            amount = Money{amount.minor() / 2, amount.currency()};  // half now, the rest next week
        }
        line["amount"] = amount.str();
        lines.push_back(std::move(line));
    }
    return lines;
}

void Office::pay_suppliers(Date day) {
    std::map<std::int64_t, std::vector<Due>> by_party;
    books_.read([&](const Snapshot& tx) {
        // Items with their currency before the amount: it is read in it.
        for (const auto& due : tx.rows<Due>(R"sql(
                SELECT i.id, i.party, i.date, i.currency, i.open_amount - i.held_amount FROM financials_open_item i
                 WHERE i.side = 'payable' AND i.kind = 'invoice' AND i.open_amount > i.held_amount AND (i.due_on <= :until OR i.party = :discounts) ORDER BY i.party, i.id)sql",
                                            day.plus_days(4), ground_.suppliers[3]))
            by_party[due.party].push_back(due);
    });
    books_.in_bulk([&] {
        for (const auto& [party, due] : by_party) {
            const auto at =
                static_cast<std::size_t>(std::ranges::find(ground_.suppliers, party) - ground_.suppliers.begin());
            books_.create(payables, "financials.payment",
                          {{"party", party},
                           {"date", day.str()},
                           {"reference", fmt::format("ACH {:06}", random_.below(1'000'000))},
                           {"currency", due.front().currency.code()},
                           {"lines", lines_for(due, day, suppliers()[at].discount_percent)}},
                          day, "post");
        }
    });
}

void Office::decide_holds(Date day) {
    std::vector<std::int64_t> waiting;
    books_.read([&](const Snapshot& tx) {
        waiting = tx.rows<std::int64_t>(
            "SELECT id FROM purchasing_match_hold WHERE state = 'held' AND blocking = 1 AND since <= :day"
            " AND reason IN ('price_exceeds_order', 'quantity_exceeds_order', 'price_below_order') ORDER BY id",
            day.plus_days(-12));
    });
    books_.in_bulk([&] {
        for (const auto id : waiting)
            if (random_.chance(25))
                books_.transition(director, "purchasing.match_hold", id, "release",
                                  {{"reason", "Agreed with the supplier by telephone"}}, day);
    });
}

// Years before the last are closed; the last is locked but still to be closed, this one is soft-locked up to last month.
void Office::lock_periods(Date today) {
    struct Span {
        std::int64_t id = 0;
        Date         ends_on{};
    };
    const auto        this_year = Date(today.year(), 1, 1), last_year = Date(today.year() - 1, 1, 1);
    std::vector<Span> years, periods;
    books_.read([&](const Snapshot& tx) {
        years = tx.rows<Span>("SELECT id, ends_on FROM financials_fiscal_year WHERE ends_on < :day ORDER BY starts_on",
                              last_year);
        periods = tx.rows<Span>(
            "SELECT id, ends_on FROM financials_period WHERE ends_on >= :last_year AND ends_on < :month ORDER BY "
            "starts_on",
            last_year, today.plus_months(-1).first_of_month());
    });
    books_.in_bulk([&] {
        for (const auto& year : years)
            books_.transition(accountant, "financials.fiscal_year", year.id, "close", {{"lock_periods", true}},
                              today);
        for (const auto& period : periods)
            books_.transition(accountant, "financials.period", period.id,
                              period.ends_on < this_year ? "lock" : "soft_lock", {}, today);
    });
}

}  // namespace tessera::demo
