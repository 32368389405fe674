#pragma once
// A fixed generator (PCG32, O'Neill 2014), so that a seed makes the same company everywhere: the standard library leaves
// its distributions open.

#include <cstdint>

namespace tessera::demo {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(0) {
        next();
        state_ += seed;
        next();
    }
    std::uint32_t next() {
        const auto old    = state_;
        state_            = old * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto mixed  = static_cast<std::uint32_t>(((old >> 18U) ^ old) >> 27U);
        const auto rotate = static_cast<std::uint32_t>(old >> 59U);
        return (mixed >> rotate) | (mixed << ((32U - rotate) & 31U));
    }
    // 0 to count - 1; what would favour the smaller numbers is thrown away.
    int below(int count) {
        const auto bound     = static_cast<std::uint32_t>(count);
        const auto threshold = (0U - bound) % bound;
        for (;;)
            if (const auto number = next(); number >= threshold) return static_cast<int>(number % bound);
    }
    int  between(int least, int most) { return least + below(most - least + 1); }
    bool chance(int percent) { return below(100) < percent; }
    template <class List>
    const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
    }

private:
    std::uint64_t state_;
};

}  // namespace tessera::demo
