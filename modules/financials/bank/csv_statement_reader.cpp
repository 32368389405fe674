// CSV with named columns. Needed: date, and amount or debit and credit. A balance column proves the lines one by one and
// gives the opening and the closing balance, whichever way they are sorted.

#include "bank/statement_text.h"

#include <tessera/csv.h>
#include <tessera/text.h>

#include <algorithm>

namespace financials::bank {
namespace csv_statement {

using Names = std::initializer_list<std::string_view>;

class Reader {
public:
    explicit Reader(std::string_view bytes) : rows_(bytes) {
        for (const auto& name : rows_.header()) names_.push_back(tessera::lower_ascii(name));
    }

    std::vector<Statement> read() {
        const auto date = column({"date", "booking_date", "booking date", "booked"}), amount = column({"amount"});
        const auto debit = column({"debit", "paid out"}), credit = column({"credit", "paid in"});
        if (!date || !(amount || (debit && credit)))
            refuse(1, "a table of bank lines has the columns date and amount (or debit and credit)");
        while (rows_.next()) {
            Entry entry{.line = rows_.line(), .date = day_of(rows_.text(*date), rows_.line())};
            entry.amount = amount ? amount_of(rows_.text(*amount), rows_.line()) : either(*debit, *credit);
            tell(entry);
            take_balance();
            statement_.entries.push_back(std::move(entry));
        }
        if (statement_.entries.empty()) return {};
        if (!balances_.empty()) prove();
        return {statement_};
    }

private:
    std::optional<std::size_t> column(Names names) const {
        for (const auto name : names)
            if (const auto found = std::ranges::find(names_, name); found != names_.end())
                return static_cast<std::size_t>(found - names_.begin());
        return std::nullopt;
    }
    std::string cell(Names names) const {
        const auto at = column(names);
        return at ? clean(rows_.text(*at)) : std::string{};
    }
    Amount either(std::size_t debit, std::size_t credit) const {
        const auto out = tessera::trim(rows_.text(debit)), in = tessera::trim(rows_.text(credit));
        if (out.empty() == in.empty()) refuse(rows_.line(), "give either a debit or a credit");
        return in.empty() ? -amount_of(out, rows_.line()).magnitude() : amount_of(in, rows_.line());
    }
    void tell(Entry& entry) {
        const auto value = cell({"value_date", "value date"});
        if (!value.empty()) entry.value_date = day_of(value, entry.line);
        entry.counterparty  = cell({"counterparty", "name", "payee"});
        entry.account       = cell({"iban", "account", "counterparty_account"});
        entry.reference     = cell({"reference", "end_to_end_id"});
        entry.text          = cell({"text", "description", "purpose", "memo"});
        entry.bank_id       = cell({"id", "bank_id", "transaction_id"});
        const auto currency = cell({"currency"});
        if (!currency.empty() && !statement_.currency.empty() && currency != statement_.currency)
            refuse(entry.line, "the currency {} is another than {} above", currency, statement_.currency);
        if (!currency.empty()) statement_.currency = currency;
    }
    void take_balance() {
        const auto balance = cell({"balance"});
        if (!balance.empty()) balances_.push_back(amount_of(balance, rows_.line()));
    }

    bool follows() const {
        for (std::size_t i = 1; i < balances_.size(); ++i)
            if (balances_[i] != balances_[i - 1] + statement_.entries[i].amount) return false;
        return true;
    }
    // Balances are after their lines. Lines may begin with the newest.
    void prove() {
        auto& entries = statement_.entries;
        if (balances_.size() != entries.size()) refuse(entries.front().line, "give the balance on every line, or on none");
        if (!follows()) {
            std::ranges::reverse(entries);
            std::ranges::reverse(balances_);
        }
        if (!follows()) refuse(entries.front().line, "the balances do not follow from the amounts");
        statement_.opening = balances_.front() - entries.front().amount;
        statement_.closing = balances_.back();
    }

    tessera::CsvReader       rows_;
    std::vector<std::string> names_{};
    Statement                statement_{};
    std::vector<Amount>      balances_{};
};

}  // namespace csv_statement

std::vector<Statement> read_csv_statement(std::string_view bytes) { return csv_statement::Reader(bytes).read(); }

}  // namespace financials::bank
