#include "formula/tax_slabs.h"

namespace payroll {

Number tax_of(const std::vector<Slab>& slabs, const Number& amount) {
    Number tax;
    for (std::size_t i = 0; i < slabs.size() && slabs[i].from < amount; ++i) {
        const auto& slab = slabs[i];
        const bool  last = i + 1 == slabs.size() || amount <= slabs[i + 1].from;
        const auto  top  = last ? amount : slabs[i + 1].from;
        tax              = slab.fixed.value_or(tax) + (top - slab.from) * slab.rate;
    }
    return tax;
}

}  // namespace payroll
