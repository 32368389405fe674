#pragma once
// What a plan is made of: the topics that who leaves holds, in the order of what depends on them, each with who could take it over and by
// when. The days until they leave are divided evenly, so that what matters most is handed over first:
//
//     held: shocks, brakes, paint;  today 1 June, leaves on 1 July           due 8 June, 15 June, 22 June

#include <knowledge/people.h>
#include <knowledge/transfer.h>

namespace knowledge {

std::vector<TransferLine> lines_for(const Snapshot& tx, Id<Employee> employee, Date leaves_on);
// Of `count` things, the day of the one at `place`, from 0 on.
Date due_of(Date today, Date leaves_on, std::size_t place, std::size_t count);

}  // namespace knowledge
