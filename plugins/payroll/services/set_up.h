#pragma once
// Everything that calculating pay looks up, read once for a whole run: components with their parsed formulas, structures in order, tax
// tables by their days.
//
//     const auto set_up = read_set_up(tx);
//     set_up.structure(assignment.structure, period.to);      // the lines in force on that day, in their order
//     set_up.table("wage_tax", pay_date);                     // nothing when none is valid yet

#include "formula/formula.h"
#include "formula/tax_slabs.h"

#include <payroll/master_data.h>

#include <map>

namespace payroll {

struct ReckonedComponent {
    Component              component{};
    Formula                formula{};
    std::optional<Formula> condition{};
};

class SetUp {
public:
    const ReckonedComponent&              component(Id<Component> id) const { return components_.at(id); }
    std::vector<const ReckonedComponent*> structure(Id<Structure> id, Date on) const;
    const std::vector<Slab>*              table(std::string_view code, Date on) const;

private:
    friend SetUp read_set_up(const tessera::Snapshot& tx);

    std::map<Id<Component>, ReckonedComponent>                            components_{};
    std::map<Id<Structure>, std::vector<StructureLine>>                   lines_{};
    std::map<std::string, std::map<Date, std::vector<Slab>>, std::less<>> tables_{};
};

SetUp read_set_up(const tessera::Snapshot& tx);

}  // namespace payroll
