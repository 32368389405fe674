// Random postings, back-dated and reversed (O33): at every pair of as-of and known-at the trial balance is zero, and what
// the kept balances say is what the raw lines say.

#include "tests/office.h"

#include <map>
#include <random>

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

struct Raw {
    std::string  code{};
    Date         date{};
    std::int64_t amount = 0;
    Instant      recorded_at{};
};

// code → opening, debit, credit
using Figures = std::map<std::string, std::array<std::int64_t, 3>>;

Figures from_lines(const std::vector<Raw>& lines, Date from, Date to, Instant known_at) {
    Figures figures;
    for (const auto& line : lines) {
        if (line.date > to || line.recorded_at > known_at) continue;
        auto& figure = figures[line.code];
        if (line.date < from)
            figure[0] += line.amount;
        else
            figure[line.amount > 0 ? 1 : 2] += std::abs(line.amount);
    }
    std::erase_if(figures, [](const auto& one) { return one.second == std::array<std::int64_t, 3>{}; });
    return figures;
}

Figures from_report(Office& office, Date from, Date to, Instant known_at) {
    Figures    figures;
    const auto result = office.company.report_result(
        "financials.trial_balance", {{"from", from.str()}, {"to", to.str()}, {"known_at", known_at.str()}});
    for (const auto& row : result.rows)
        figures[std::get<std::string>(row[0])] = {std::get<Decimal>(row[2]).units, std::get<Decimal>(row[3]).units,
                                                  std::get<Decimal>(row[4]).units};
    CHECK(std::get<Decimal>(result.totals[2]).units == 0);
    CHECK(std::get<Decimal>(result.totals[5]).units == 0);
    CHECK(result.totals[3] == result.totals[4]);
    return figures;
}

}  // namespace

TEST_CASE("ledger: reports from kept balances equal reports from raw entries, at any day as known at any moment") {
    Office       office;
    std::mt19937 random(20260705);
    const auto   pick    = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const char*  codes[] = {"1010", "1030", "1150", "3010", "4010", "6050", "6020"};
    std::map<std::string, Id<Account>> accounts;
    for (const auto* code : codes) accounts[code] = office.account(code);
    std::vector<Id<PostedEntry>> entries;
    for (int i = 0; i < 150; ++i) {
        if (!entries.empty() && pick(8) == 0) {
            const auto at = static_cast<std::size_t>(pick(static_cast<int>(entries.size())));
            office.company.refusal([&](Transaction& tx) {
                tx.service<Ledger>().reverse(tx, entries[at], "2026-01-01"_date.plus_days(pick(500)), "random");
            });
            continue;
        }
        JournalEntry entry{.date = "2025-01-01"_date.plus_days(pick(1000)), .memo = "random"};
        auto         left = office.company.money("0.00");
        for (int line = pick(3) + 1; line > 0; --line) {
            const auto amount = Money{pick(100000) - 50000, left.currency()};
            entry.lines.push_back(signed_line("", amount));
            entry.lines.back().account = accounts[codes[pick(7)]];
            left += amount;
        }
        entry.lines.push_back(signed_line("", -left));
        entry.lines.back().account = accounts[codes[pick(7)]];
        office.company.run([&](Transaction& tx) {
            if (const auto id = tx.service<Ledger>().post(tx, entry)) entries.push_back(id);
        });
    }
    std::vector<Raw> lines;
    office.company.read([&](const Snapshot& tx) {
        lines = tx.rows<Raw>(
            "SELECT a.code, l.date, l.amount, e.recorded_at FROM financials_journal_line l JOIN "
            "financials_journal_entry e ON e.id = l.entry JOIN financials_account a ON a.id = l.account ORDER BY l.id");
    });
    for (int i = 0; i < 60; ++i) {
        const auto from = "2025-01-01"_date.plus_days(pick(900)), to = from.plus_days(pick(400));
        const auto known = pick(4) ? lines[static_cast<std::size_t>(pick(static_cast<int>(lines.size())))].recorded_at
                                   : lines.back().recorded_at;
        CAPTURE(from.str());
        CAPTURE(to.str());
        CHECK(from_report(office, from, to, known) == from_lines(lines, from, to, known));
    }
    CHECK(office.company.verify() == "");
}

TEST_CASE("payables: random invoices, payments and reversals keep items and ledger together") {
    Office       office;
    std::mt19937 random(7);
    const auto   pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const std::vector<Id<directory::Party>>                    suppliers = {office.supplier("A"), office.supplier("B")};
    std::vector<std::pair<Id<OpenItem>, Id<directory::Party>>> items;
    std::vector<Id<Payment>>                                   payments;
    for (int i = 0; i < 80; ++i) {
        const auto date = "2026-01-01"_date.plus_days(pick(120));
        if (items.size() < 5 || pick(3) == 0) {
            const auto party = suppliers[static_cast<std::size_t>(pick(2))];
            items.emplace_back(
                office.invoice(party, fmt::format("I-{}", i), date, date.plus_days(30),
                               fmt::format("{}.{:02}", pick(200) + 1, pick(100)), fmt::format("{}.00", pick(9))),
                party);
        } else if (!payments.empty() && pick(4) == 0) {
            office.move_refusal(payments[static_cast<std::size_t>(pick(static_cast<int>(payments.size())))], "reverse",
                                R"({"reason":"random"})");
        } else {
            const auto [item, party] = items[static_cast<std::size_t>(pick(static_cast<int>(items.size())))];
            Payment payment{.party = party,
                            .date  = date.plus_days(10),
                            .lines = {{.item     = item,
                                       .amount   = office.usd(fmt::format("{}.{:02}", pick(90), pick(100))),
                                       .discount = office.usd(fmt::format("0.{:02}", pick(100)))}}};
            office.company.refusal([&](Transaction& tx) {
                tx.insert(payment);
                tx.transition(payment.id, "post");
            });
            if (payment.id) payments.push_back(payment.id);
        }
    }
    std::erase_if(payments, [&](Id<Payment> id) {
        return !office.company.value<std::int64_t>("SELECT id FROM financials_payment WHERE id = :id", id);
    });
    CHECK(payments.size() > 5);
    CHECK(office.company.verify() == "");
}
