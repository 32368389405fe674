#include "services/set_up.h"

#include <tessera/effectivity.h>

#include <algorithm>

namespace payroll {

namespace set_up {

ReckonedComponent reckoned(const Component& component) {
    ReckonedComponent r{component, Formula::parse(component.formula), {}};
    if (!component.condition.empty()) r.condition = Formula::parse_condition(component.condition);
    return r;
}

Slab slab_of(const TaxSlab& slab) {
    Slab s{Number::of(slab.from_amount), Number::of(slab.rate), {}};
    if (slab.fixed_amount) s.fixed = Number::of(*slab.fixed_amount);
    return s;
}

std::vector<Slab> slabs_of(TaxTable table) {
    std::ranges::sort(table.slabs, {}, [](const TaxSlab& slab) { return slab.from_amount.minor(); });
    std::vector<Slab> slabs;
    for (const auto& slab : table.slabs) slabs.push_back(slab_of(slab));
    return slabs;
}

}  // namespace set_up

std::vector<const ReckonedComponent*> SetUp::structure(Id<Structure> id, Date on) const {
    std::vector<const ReckonedComponent*> found;
    for (const auto& line : lines_.at(id))
        if (tessera::Effectivity{line.starts_on, line.ends_on, {}}.covers(on)) found.push_back(&component(line.component));
    return found;
}

const std::vector<Slab>* SetUp::table(std::string_view code, Date on) const {
    const auto tables = tables_.find(code);
    if (tables == tables_.end()) return nullptr;
    const auto next = tables->second.upper_bound(on);
    return next == tables->second.begin() ? nullptr : &std::prev(next)->second;
}

SetUp read_set_up(const tessera::Snapshot& tx) {
    SetUp s;
    for (const auto& component : tx.select<Component>("id > 0 ORDER BY id"))
        s.components_.emplace(component.id, set_up::reckoned(component));
    for (auto& structure : tx.select<Structure>("id > 0 ORDER BY id")) {
        std::ranges::stable_sort(structure.lines, {}, &StructureLine::sequence);
        s.lines_.emplace(structure.id, std::move(structure.lines));
    }
    for (const auto& table : tx.select<TaxTable>("id > 0 ORDER BY id"))
        s.tables_[table.code].emplace(table.valid_from, set_up::slabs_of(table));
    return s;
}

}  // namespace payroll
