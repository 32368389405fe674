#pragma once
// What narrows a list of records, as it is written in an address:
//
//     ListFilter{"state", "in", "open,overdue"}         // state.in=open,overdue
//     ListFilter{"total", "gte", "100.00"}              // amounts, quantities and days as the field's own type reads them
//
// Operations: eq not gt gte lt lte in contains is. Which of them a field takes, and that it is a field of the record at all, is checked where
// the list is read (400 kernel.unknown_filter); the value is bound, never put into SQL.

#include <string>

namespace tessera {

struct ListFilter {
    std::string field{}, operation{}, value{};
};

}  // namespace tessera
