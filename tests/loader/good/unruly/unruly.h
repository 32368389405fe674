#pragma once
// The contract of the test module `unruly`: it adds fields to the customers of the workshop, and does whatever a plugin should
// not do, when the note of an order or the name of a thing tells it to.

#include <tessera/sdk.h>

#include "../workshop/workshop.h"

namespace unruly {

struct Terms {
    std::int64_t                grade = 3;
    std::string                 remark{};
    std::optional<tessera::Date> reviewed_on{};
};

struct Thing {
    tessera::Id<Thing> id{};
    std::string        name{};
};

}  // namespace unruly
