#pragma once
// Two years of the demonstration company, day by day, ending today.

#include "demo/demo_books.h"

#include <functional>

namespace tessera::demo {

struct StoryOptions {
    std::uint64_t seed  = 1;
    int           scale = 1;  // so many times the business
    Date          today{};
};

using Progress = std::function<void(Date day, int done, int days)>;

void tell(DemoBooks& books, const StoryOptions& options, const Progress& progress);

}  // namespace tessera::demo
