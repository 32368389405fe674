#pragma once
// Id<T> is the identifier of one record of T: a positive integer that never changes and is never given again. Ids of
// different records do not mix by accident; Id<T>{} is "none" and is false.
//
//     const Id<Claim> id = tx.insert(claim);
//     if (!claim.customer) throw Refused(…);

#include <fmt/format.h>

#include <compare>
#include <cstdint>
#include <functional>

namespace tessera {

template <class Record>
struct Id {
    std::int64_t value = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::int64_t v) : value(v) {}
    constexpr explicit    operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace tessera

template <class Record>
struct std::hash<tessera::Id<Record>> {
    std::size_t operator()(tessera::Id<Record> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
template <class Record>
struct fmt::formatter<tessera::Id<Record>> : fmt::formatter<std::int64_t> {
    template <class Context>
    auto format(const tessera::Id<Record>& id, Context& context) const {
        return fmt::formatter<std::int64_t>::format(id.value, context);
    }
};
