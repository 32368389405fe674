// Components and what their formulas may say. The order of components is that of a structure: structure.cpp.

#include "declare.h"
#include "entities/codes.h"
#include "entities/structure_order.h"
#include "formula/formula.h"

#include <tessera/text.h>

namespace payroll {

namespace component {

using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

void require_names(const Snapshot& tx, const Component& component, const Formula& formula) {
    for (const auto& [name, position] : formula.names()) {
        if (name == component.code)
            throw Refused("payroll.formula_refers_to_itself",
                          "To use the formula, take out \"{}\" at position {}: it is what the formula says.", name, position);
        if (is_fact(name) || tx.value<std::int64_t>("SELECT id FROM payroll_component WHERE code = :name", name)) continue;
        throw Refused("payroll.formula_unknown_name", "To use the formula, name a fact or a component at position {}: \"{}\" is neither.",
                      position, tessera::excerpt(name));
    }
    for (const auto& [name, position] : formula.tables())
        if (!tx.value<std::int64_t>("SELECT id FROM payroll_tax_table WHERE code = :name LIMIT 1", name))
            throw Refused("payroll.unknown_tax_table", "To use the formula, name a tax table at position {}: \"{}\" is none.", position,
                          tessera::excerpt(name));
}

// What a formula is refused for is refused of its field.
template <class Check>
void of_field(const char* field, Check check) {
    try {
        check();
    } catch (Refused& refused) {
        throw Refused(refused).with_status(422).with_field(field);
    }
}

bool is_calculated_otherwise(const Component& a, const Component& b) {
    return a.code != b.code || a.kind != b.kind || a.formula != b.formula || a.condition != b.condition || a.taxable != b.taxable ||
           a.prorated != b.prorated || a.owed_to != b.owed_to;
}

// What was paid stays explained by what it was calculated with.
void require_unused(const Transaction& tx, const Component& component) {
    const auto before = component.id ? tx.find(component.id) : std::nullopt;
    if (!before || !is_calculated_otherwise(*before, component)) return;
    const auto payslips =
        tx.value<std::int64_t>("SELECT count(DISTINCT document) FROM payroll_payslip_line WHERE component = :component", component.id);
    if (payslips.value_or(0) > 0)
        throw Refused(
            "payroll.component_in_use",
            "To calculate {} otherwise, make another component and put it into the structures from a day on: {} payslips have this one.",
            component.code, *payslips);
}

void check(Transaction& tx, Component& component) {
    require_code(component.code, "component");
    tx.without(component, [&] {
        of_field("formula", [&] { require_names(tx, component, Formula::parse(component.formula)); });
        if (!component.condition.empty())
            of_field("condition", [&] { require_names(tx, component, Formula::parse_condition(component.condition)); });
        require_unused(tx, component);
        require_order_around(tx, component);
    });
}

}  // namespace component

void declare_component(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Component>("payroll.component", "Pay component")
        .help(
            "A part of the pay and how it is calculated. Formulas know base, payment_days, period_days, gross, taxable, and the components "
            "before theirs.")
        .menu(Menu::master_data)
        .field("code", &Component::code, required, unique, searchable, longest(40),
               help("What formulas call it: small letters, digits, underscores"))
        .field("name", &Component::name, required, searchable, longest(120))
        .field("kind", &Component::kind)
        .field("formula", &Component::formula, required, longest(Formula::characters_max),
               help("base * 0.1, if(basic > 2000, 100, 0), round(tax(wage_tax, taxable), 2) …"))
        .field("condition", &Component::condition, longest(Formula::characters_max), help("Zero while it does not hold: payment_days > 10"))
        .field("taxable", &Component::taxable, help("An earning or contribution is taxed, a deduction lowers what is taxed"))
        .field("prorated", &Component::prorated, help("Multiplied by payment days / period days"))
        .field("owed_to", &Component::owed_to, help("Of deductions and contributions: whose liability account"))
        .display("code")
        .validate(component::check);
}

}  // namespace payroll
