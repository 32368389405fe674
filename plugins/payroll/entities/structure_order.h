#pragma once
// The order of the components in a structure: what a formula names must stand before it.
//
//     basic, house (basic * 0.1)      is accepted
//     house (basic * 0.1), basic      Refused payroll.formula_later_component
//
// What stands before and is not in force on the last day of the period counts as zero.

#include <payroll/master_data.h>

namespace payroll {

// Refused "payroll.formula_later_component" (422).
void require_order(const tessera::Snapshot& tx, const Structure& structure);
// The same of every structure that has the component, as it is about to be saved.
void require_order_around(const tessera::Snapshot& tx, const Component& component);

}  // namespace payroll
