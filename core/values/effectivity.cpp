#include <tessera/effectivity.h>

#include <algorithm>

namespace tessera {
namespace values::effectivity {

std::int32_t last_day(const Effectivity& span) { return span.to.empty() ? INT32_MAX : span.to.days(); }

}  // namespace values::effectivity

bool Effectivity::covers(Date day) const {
    return !day.empty() && from <= day && day.days() <= values::effectivity::last_day(*this);
}

bool Effectivity::overlaps(const Effectivity& other) const {
    const auto first = std::max(from, other.from).days();  // an empty day comes before every other
    const auto last  = std::min(values::effectivity::last_day(*this), values::effectivity::last_day(other));
    return first <= last;
}

}  // namespace tessera
