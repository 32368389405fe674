#pragma once
// Which version of a guide holds on a day.

#include <knowledge/guide.h>

#include <optional>

namespace knowledge {

std::optional<GuideVersion> version_on(const Snapshot& tx, Id<Guide> guide, Date day);

}  // namespace knowledge
