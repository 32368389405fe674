#pragma once
// How good a share is that few have been asked about, as percent to a tenth: the share, and between which shares it lies with 95 percent
// confidence, by Wilson's score interval (crm/uplift.h). These are statistics.
//
//     share_of(8, 10)      // 80 %, from 49 % to 94.3 %
//     share_of(0, 0)       // nothing: nobody was asked

#include <tessera/decimal.h>

#include <cstdint>
#include <optional>

namespace knowledge {

struct Share {
    std::optional<tessera::Percent> share{}, low{}, high{};
};
Share share_of(std::int64_t part, std::int64_t of);

}  // namespace knowledge
