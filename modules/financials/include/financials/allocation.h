#pragma once
// An allocation uses what a customer has in his favour (a credit note, money on account) for invoices, on a day. No money
// moves; between amounts booked at different rates the difference is posted as a realised exchange difference.
//
//     Allocation allocation{.date = "2026-02-10"_date, .credit = on_account};
//     allocation.lines = {{.item = invoice, .amount = usd("50.00")}};
//     tx.insert(allocation);
//     tx.transition(allocation.id, "post");
//
// It is undone by the transition "reverse" (date, reason): each settlement by its opposite, on that day.

#include <financials/open_items.h>

namespace financials {

enum class AllocationState { draft, posted, reversed };
constexpr auto names_of(AllocationState) { return tessera::names("draft", "posted", "reversed"); }

struct Allocation;

struct AllocationLine {  // financials.allocation_line
    Id<AllocationLine> id{};
    Id<Allocation>     document{};
    Id<OpenItem>       item{};
    Money              amount{};
};

struct Allocation {  // financials.allocation
    Id<Allocation>              id{};
    std::string                 number{};  // "AL-2026-00001", given when it is posted
    Id<directory::Party>        party{};   // of the credit
    Date                        date{};
    AllocationState             state = AllocationState::draft;
    Id<OpenItem>                credit{};
    std::string                 memo{};
    Currency                    currency{};
    Money                       total{};
    std::vector<AllocationLine> lines{};
};

}  // namespace financials
