#include "services/timeline_service.h"

#include <tessera/text.h>

#include <algorithm>

namespace crm {

Instant beginning_of(Date day) { return Instant::from_microseconds(std::int64_t{day.days()} * 86'400'000'000); }

void require_kind(const Snapshot& tx, std::string_view kind) {
    const auto& kinds = tx.contributions<TouchpointKind>();
    if (std::ranges::any_of(kinds, [&](const auto& k) { return k.name == kind; })) return;
    std::string names;
    for (const auto& k : kinds) names += (names.empty() ? "" : ", ") + k.name;
    throw tessera::Refused("crm.unknown_kind", "To say what kind of contact it was, use one of {}; \"{}\" is none of them.", names, tessera::excerpt(kind))
        .with_status(422)
        .with_field("kind");
}

}  // namespace crm
