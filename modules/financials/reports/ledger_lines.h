#pragma once
// Lines of the journal as people read them, with a running balance: the common ground of general ledger, account
// statement and journal.

#include "reports/window.h"

namespace financials {

struct LedgerLine {  // what the queries of these reports select, in this order
    Date         date{};
    std::string  entry{};
    std::string  memo{};
    std::string  party{};
    Money        amount{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
    std::int64_t entry_id  = 0;
};

struct LedgerRow {
    std::string          account{};
    std::string          name{};
    Date                 date{};
    std::string          entry{};
    std::string          memo{};
    std::string          party{};
    std::optional<Money> debit{};
    std::optional<Money> credit{};
    Money                balance{};
    std::string          source_entity{};
    std::int64_t         source_id = 0;
    std::int64_t         entry_id  = 0;
};

// Visits the lines of an account within the window, in the order of days.
void each_line(const Snapshot& snapshot, Id<Account> account, const Window& window,
               const std::function<void(LedgerLine&)>& visit);

LedgerRow opening_row(std::string account, std::string name, Date from, Money balance);
LedgerRow ledger_row(const std::string& account, const std::string& name, LedgerLine& line, Money balance);

// Declares the columns of LedgerRow.
tessera::ReportBuilder<LedgerRow>& with_ledger_columns(tessera::ReportBuilder<LedgerRow>& report);

}  // namespace financials
