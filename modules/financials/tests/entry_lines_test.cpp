#include "services/entry_lines.h"

#include <doctest/doctest.h>

using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

const Currency usd = Currency::of("USD");

Line line(std::int64_t amount, std::int64_t party = 0, std::string memo = {}) {
    Line result = signed_line("role", Money{amount, usd}, Id<directory::Party>{party});
    result.memo = std::move(memo);
    return result;
}
std::string text_of(const std::vector<PostedLine>& lines) {
    std::string text;
    for (const auto& one : lines) text += fmt::format("{}/{} {}; ", one.account, one.party, one.amount);
    return text;
}

}  // namespace

TEST_CASE("entry lines: lines alike in account, party and memo become one") {
    const std::vector<Id<Account>> accounts = {Id<Account>{1}, Id<Account>{2}, Id<Account>{1}, Id<Account>{2}};
    CHECK(text_of(merged({line(100), line(-70), line(-30), line(0)}, accounts, "2026-01-01"_date, usd)) ==
          "1/0 0.70; 2/0 -0.70; ");
    CHECK(text_of(merged({line(100), line(-70, 5), line(-30), line(0)}, accounts, "2026-01-01"_date, usd)) ==
          "1/0 0.70; 2/5 -0.70; ");
    CHECK(text_of(merged({line(100, 0, "a"), line(-70), line(-30, 0, "b"), line(0)}, accounts, "2026-01-01"_date,
                         usd)) == "1/0 1.00; 2/0 -0.70; 1/0 -0.30; ");
}

TEST_CASE("entry lines: what nets to zero is dropped") {
    CHECK(merged({line(100), line(-100)}, {Id<Account>{1}, Id<Account>{1}}, "2026-01-01"_date, usd).empty());
}

TEST_CASE("entry lines: an amount of another currency is our mistake") {
    CHECK_THROWS_AS(merged({signed_line("r", Money{1, Currency::of("EUR")})}, {Id<Account>{1}}, "2026-01-01"_date, usd),
                    std::logic_error);
}
