#pragma once
// Effectivity is the span of days in which something holds (a price, a bill of material line, a tax rate) and the label
// of the version it belongs to. Both days are inclusive; an empty `to` means "until further notice".
//
//     const Effectivity spring{.from = "2026-03-01"_date, .to = "2026-05-31"_date, .version = "B"};
//     spring.covers("2026-05-31"_date);                       // true

#include <tessera/date.h>

namespace tessera {

struct TESSERA_API Effectivity {
    Date        from{};        // empty: since ever
    Date        to{};          // empty: until further notice
    std::string version{};

    bool covers(Date day) const;
    bool overlaps(const Effectivity& other) const;
    friend bool operator==(const Effectivity&, const Effectivity&) = default;
};

}  // namespace tessera
