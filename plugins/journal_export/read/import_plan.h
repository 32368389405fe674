#pragma once
// What an import is going to make: a manual entry for each transaction of its file, and everything that stands in the way of
// it. Making the plan writes nothing; it is made for "check" and anew for "post", because accounts and periods change.
//
//     Problems   problems;
//     const auto plan = import_plan(tx, import, text, problems);
//     if (problems.none()) for (const auto& planned : plan) …

#include "read/problems.h"

#include <journal_export/records.h>

namespace journal_export {

struct Planned {
    ManualEntry  entry{};
    std::int64_t line = 0;
};

std::vector<Planned> import_plan(const Snapshot& tx, const Import& import, std::string_view text, Problems& problems);

}  // namespace journal_export
