#pragma once
// What an accountant types: an entry that names accounts. It is prepared as a draft, posted, and undone only by its
// reversal. Control accounts are refused, because their subledger would not know.
//
//     ManualEntry rent{.date = "2026-01-31"_date, .memo = "Rent January"};
//     rent.lines = {{.account = rent_expense, .debit = usd("900.00")}, {.account = bank, .credit = usd("900.00")}};

#include <financials/ledger.h>

namespace financials {

enum class ManualJournal { general, adjustment, opening };
constexpr auto names_of(ManualJournal) { return tessera::names("general", "adjustment", "opening"); }

enum class ManualEntryState { draft, posted, reversed };
constexpr auto names_of(ManualEntryState) { return tessera::names("draft", "posted", "reversed"); }

struct ManualEntry;

struct ManualEntryLine {  // financials.manual_entry_line
    Id<ManualEntryLine>  id{};
    Id<ManualEntry>      document{};
    Id<Account>          account{};
    Money                debit{};
    Money                credit{};
    Id<directory::Party> party{};
    std::string          memo{};
};

struct ManualEntry {  // financials.manual_entry
    Id<ManualEntry>              id{};
    std::string                  number{};  // "ME-2026-00001", given when it is posted
    Date                         date{};
    ManualJournal                journal = ManualJournal::general;
    std::string                  memo{};
    ManualEntryState             state = ManualEntryState::draft;
    Id<PostedEntry>              entry{};
    std::vector<ManualEntryLine> lines{};
};

}  // namespace financials
