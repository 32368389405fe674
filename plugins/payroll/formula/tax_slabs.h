#pragma once
// The tax of a progressive table. A slab begins above its `from`; up to the next slab its rate holds for what lies above `from`, and is
// added to what the slabs below amount to, or to `fixed`, where the table prints that sum itself.
//
//     from 0 rate 10 %, from 1000 rate 20 %, from 3000 rate 30 %
//     tax_of(slabs, 1000)  100        the limit itself still belongs to the slab below
//     tax_of(slabs, 3500)  650        100 + 400 + 150
//
// Slabs stand in the order of their `from`. Nothing is rounded. Below the first slab the tax is zero.

#include "formula/number.h"

#include <optional>

namespace payroll {

struct Slab {
    Number                from{};
    Number                rate{};  // 0.1 for 10 %
    std::optional<Number> fixed{};
};

Number tax_of(const std::vector<Slab>& slabs, const Number& amount);

}  // namespace payroll
