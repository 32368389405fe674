#include "services/entry_lines.h"

#include <algorithm>
#include <cassert>

namespace financials {
namespace entry_lines {

PostedLine posted(const Line& line, Id<Account> account, Date date, Currency books) {
    PostedLine result{
        .account = account, .date = date, .amount = line.debit - line.credit, .party = line.party, .memo = line.memo};
    result.amount = Money{result.amount.minor(), books};
    if (line.currency != books && !line.foreign_amount.is_zero()) {
        result.currency       = line.currency;
        result.foreign_amount = line.foreign_amount;
    }
    return result;
}

bool alike(const PostedLine& a, const PostedLine& b) {
    return a.account == b.account && a.party == b.party && a.currency == b.currency && a.memo == b.memo;
}

void check_currency(Money amount, Currency books) {
    if (!amount.is_zero() && amount.currency() != books)
        throw std::logic_error(
            "a journal line's amount is in the currency of the books; the document's goes to foreign_amount");
}

}  // namespace entry_lines

std::vector<PostedLine> merged(const std::vector<Line>& lines, const std::vector<Id<Account>>& accounts, Date date,
                               Currency books) {
    assert(lines.size() == accounts.size());
    std::vector<PostedLine> result;
    result.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        entry_lines::check_currency(lines[i].debit, books);
        entry_lines::check_currency(lines[i].credit, books);
        auto       line = entry_lines::posted(lines[i], accounts[i], date, books);
        const auto same =
            std::ranges::find_if(result, [&](const PostedLine& other) { return entry_lines::alike(other, line); });
        if (same == result.end()) {
            result.push_back(std::move(line));
            continue;
        }
        same->amount += line.amount;
        same->foreign_amount += line.foreign_amount;
    }
    std::erase_if(result, [](const PostedLine& line) { return line.amount.is_zero(); });
    return result;
}

Money sum_of(const std::vector<PostedLine>& lines) {
    Money sum;
    for (const auto& line : lines) sum += line.amount;
    return sum;
}

}  // namespace financials
