#pragma once
// Revenue that is invoiced before it is earned. It stands on sales.deferred_revenue and moves to revenue by days:
//
//     120.00 for 2026-01-11 to 2026-02-09 (30 days):  until 2026-01-31 (21 days) 84.00, until 2026-02-09 120.00
//
// What was earned until a day is computed from the beginning, so that it does not matter how often it is posted, and the last day
// takes what rounding left.

#include <sales/records.h>

namespace sales {

// Of all of the deferral, on the evening of `day`.
Money earned_until(const Deferral& deferral, Date day);

void defer_revenue(tessera::Transaction& tx, const Invoice& invoice);
// Takes back what was earned of an invoice that is reversed; its entry was mirrored already.
void cancel_deferrals(tessera::Transaction& tx, const Invoice& invoice);

void list_what_is_earned(const tessera::Snapshot& tx, RevenueRecognition& document);
// Refused sales.nothing_is_earned.
void post_recognition(tessera::Transaction& tx, RevenueRecognition& document);
void reverse_recognition(tessera::Transaction& tx, RevenueRecognition& document, Date on, const std::string& reason);
// What is not earned yet is spread from `from` on until `to`. Refused sales.earned_days_reversed.
void reforecast(tessera::Transaction& tx, Deferral& deferral, Date from, Date to, const std::string& reason);

}  // namespace sales
